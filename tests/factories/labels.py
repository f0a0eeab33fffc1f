"""Labels of dangerous goods, and sites that require them."""

import hashlib
from base64 import b64encode
from datetime import date

from apps.catalog.models import ContainerLabel, SafetySheet
from apps.catalog.operations import sheet_name
from apps.core.paper import shelf
from apps.locations.models import LabelGate

PDF = b"%PDF-1.7\nwhat to do when it spills\n%%EOF\n"
A_SHEET = b64encode(PDF).decode()
SOURCE = "Rule of the site"


def a_gate(warehouse, label="container", since=date(2020, 1, 1), **more):
    """Goods without this label are not released from a day."""
    return LabelGate.objects.create(warehouse=warehouse, label=label, effective_on=since, source=SOURCE, **more)


def a_container_label(item):
    """What the containers of an item bear."""
    return ContainerLabel.objects.create(
        item=item,
        identifier=item.name,
        signal_word="danger",
        pictograms=["GHS02"],
        hazards=["H225"],
        precautions=["P210"],
        supplier_name="Example Chemicals Ltd",
        supplier_address="1 Dock Road, Leith",
        supplier_phone="+44 131 496 0000",
        source="SDS, revision 4",
        revised_on=date(2026, 3, 1),
    )


def a_sheet(item, number, *, by, at):
    """A sheet that is in force, and its file."""
    digest = hashlib.sha256(PDF).hexdigest()
    shelf.keep(sheet_name(digest), PDF)
    return SafetySheet.objects.create(
        number=number,
        item=item,
        language="en",
        revision="1",
        revised_on=at.date(),
        review_by=at.date(),
        supplier="Maker",
        digest=digest,
        size=len(PDF),
        filed_by=by,
        created_at=at,
    )
