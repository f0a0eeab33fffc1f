"""The inspection sheet and the return note: what stands on them, and that they are scanned."""

from decimal import Decimal as D

from apps.compliance.jobs import print_inspection_sheets, print_return_note
from apps.compliance.models import SupplierReturn
from apps.journal.models import OutboxMessage
from tests.compliance.test_operations import returned
from tests.core import paper_reading
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory
from tests.factories.compliance import a_plan, arrived, decided, inspections, recorded
from tests.factories.ledger import LotFactory
from tests.factories.locations import WarehouseFactory


def milk_inspected(floor, quantity, **more):
    """Milk that a plan looks at twice."""
    milk = ItemFactory(number="MILK", lots=True)
    a_plan(milk, "Seal!", ("Fill height", D("99.5"), D("100.5")), **more)
    goods = arrived(milk, floor.dock, quantity, lot=LotFactory(item=milk, number="L-1"), supplier=floor.maker)
    return inspections(floor.warehouse, goods)[0]


def test_a_sheet_says_how_many_to_look_at_and_what_for(floor):
    inspection = milk_inspected(floor, 600, sampling="table", aql=D("1.0"))
    quality = a_person(floor.warehouse)

    answer = quality.get(f"/inspections/{inspection.number}/sheet")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = " ".join(" ".join(paper_reading.texts(answer.content)).split())
    for expected in (
        "Inspection sheet",
        "MILK",
        "L-1",
        "GR-1",
        "DOCK",
        "80 units",
        "of 600 EA",
        "2 defective",
        "3 defective",
        "MIL-STD-105E, level II, AQL 1, normal",
        "Critical.",
        "from 99.5 to 100.5 mm",
    ):
        assert expected in text, text
    codes = paper_reading.barcodes(answer.content)
    assert {read for page in codes for read in page} == {paper_reading.Read("]C0", inspection.number)}


def test_a_small_sample_has_a_line_for_each_unit(floor):
    inspection = milk_inspected(floor, 3)

    (text,) = paper_reading.texts(a_person(floor.warehouse).get(f"/inspections/{inspection.number}/sheet").content)

    assert "Every unit" in text
    assert "1 2 3" in " ".join(part for part in text.split() if part.isdigit())


def test_a_return_note_names_the_goods_and_what_was_wrong(floor):
    inspection = milk_inspected(floor, 10)
    recorded(inspection, (1, 1, True, 10), (2, 1, "100", 9), (2, 10, "98.2"))
    decided(inspection, accept=9, reject=1, reason="underfilled")
    sent = returned(inspection, reference="RMA-7", carrier="Road")

    answer = a_person(floor.warehouse).get(f"/supplier-returns/{sent.number}/note")

    (text,) = paper_reading.texts(answer.content)
    for expected in (
        "Return note",
        floor.maker.name,
        "RMA-7",
        "Road",
        inspection.number,
        "Rejected: underfilled",
        "Fill height: 1 of 10 looked at failed, measured 98.2 mm (asked from 99.5 to 100.5 mm)",
        "L-1",
        "1 EA",
    ):
        assert expected in text, text
    assert paper_reading.barcodes(answer.content) == [[paper_reading.Read("]C0", sent.number)]]
    stranger = a_person(WarehouseFactory())
    assert stranger.get(f"/supplier-returns/{sent.number}/note").status_code == 404


def test_papers_are_printed_when_goods_come_and_when_they_leave(floor, paper_dir):
    inspection = milk_inspected(floor, 3)
    decided(inspection, reject=3)
    returned(inspection)

    (sheet,) = print_inspection_sheets(**OutboxMessage.objects.get(job="compliance.print_inspection_sheets").arguments)
    note = print_return_note(**OutboxMessage.objects.get(job="compliance.print_return_note").arguments)

    assert sheet.endswith(f"{inspection.number}.pdf")
    assert note.endswith(f"{SupplierReturn.objects.get().number}.pdf")
