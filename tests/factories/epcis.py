"""EPCIS documents of our own, and what was captured of them."""

import json
from copy import deepcopy

from django.db import transaction

from apps.core import clock
from apps.epcis.operations import capture_document

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
BAR = "https://id.gs1.org/01/09506000134352/21/7"
MILK = "https://id.gs1.org/01/09506000134352/10/BAD"
PALLET = "https://id.gs1.org/00/195060001234567890"


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


@transaction.atomic
def captured(document, by):
    """What became of a document that a partner sent."""
    text = document if isinstance(document, str) else json.dumps(document)
    return capture_document(text=text, by=by, at=clock.now())
