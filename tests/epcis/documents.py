"""EPCIS documents that nobody here wrote."""

import json

from tests.core.shared_data import shared


def theirs():
    """The 37 documents of the public examples, by name."""
    folder = shared("epcis/_EPCIS-JSON-Schema.json").parent
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("[!_]*.json"))}


def schema():
    """GS1's schema of the same."""
    return json.loads(shared("epcis/_EPCIS-JSON-Schema.json").read_text("utf-8"))
