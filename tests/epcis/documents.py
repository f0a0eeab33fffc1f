"""EPCIS documents: those that nobody here wrote, and small ones of our own."""

import json
from copy import deepcopy

from tests.core.shared_data import shared

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
BAR = "https://id.gs1.org/01/09506000134352/21/7"
MILK = "https://id.gs1.org/01/09506000134352/10/BAD"
PALLET = "https://id.gs1.org/00/195060001234567890"


def theirs():
    """The 37 documents of the public examples, by name."""
    folder = shared("epcis/_EPCIS-JSON-Schema.json").parent
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("[!_]*.json"))}


def schema():
    """GS1's schema of the same."""
    return json.loads(shared("epcis/_EPCIS-JSON-Schema.json").read_text("utf-8"))


def an_event(kind="ObjectEvent", **more):
    """A bar of chocolate was seen."""
    said = {
        "type": kind,
        "eventTime": "2026-03-01T10:00:00.000+01:00",
        "eventTimeZoneOffset": "+01:00",
    }
    if kind == "ObjectEvent":
        said |= {"action": "OBSERVE", "epcList": [BAR], "bizStep": "shipping"}
    return said | more


def a_document(*events, **more):
    """Told in March."""
    return deepcopy(
        {
            "@context": [CONTEXT],
            "type": "EPCISDocument",
            "schemaVersion": "2.0",
            "creationDate": "2026-03-01T12:00:00.000+01:00",
            "epcisBody": {"eventList": list(events or [an_event()])},
        }
        | more
    )
