"""The stock position over HTTP, on paper and as a workbook."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from apps.core.xlsx import XLSX_TYPE, harmless
from apps.insights import pages
from apps.insights.api import serializers, views
from apps.ledger.states import StockStatus
from tests.core import paper_reading
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.insights.position_world import FIGURES, a_world


def workbook(response):
    assert (response.status_code, response.headers["Content-Type"]) == (200, XLSX_TYPE)
    book = load_workbook(BytesIO(response.content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_worked_example_reads_as_it_is(db):
    world = a_world()

    body = a_person(world.site).get("/stock-position", item=world.item.number, by="status").json()

    assert (body["count"], body["page"], body["pages"]) == (1, 1, 1)
    (row,) = body["results"]
    assert (row["item"], row["warehouse"], row["figures"]) == (world.item.number, world.site.code, FIGURES)
    assert [(part["key"], part["label"], part["figures"]["on_hand"]) for part in row["parts"]] == [
        ("available", "Available", "130"),
        ("damaged", "Damaged", "5"),
    ]
    assert body["totals"] == [{"unit": world.item.unit.code, "figures": FIGURES}]
    assert row["links"]["on_hand"] == (
        f"/api/v1/balances?stock=standing&item={world.item.number}&warehouse={world.site.code}"
    )


def test_more_rows_than_a_page_takes_are_on_the_next(db, monkeypatch):
    monkeypatch.setattr(serializers, "PAGE", 2)
    site = WarehouseFactory()
    for number in ("A", "B", "C"):
        stock(ItemFactory(number=number), LocationFactory(warehouse=site), 1)
    caller = a_person(site)

    answers = [caller.get("/stock-position", warehouse=site.code, page=page).json() for page in (1, 2, 3)]

    assert [[row["item"] for row in answer["results"]] for answer in answers] == [["A", "B"], ["C"], []]
    assert {(answer["count"], answer["pages"]) for answer in answers} == {(3, 2)}


@pytest.mark.parametrize("path", ["/stock-position", "/stock-position/pdf", "/stock-position/xlsx"])
@pytest.mark.parametrize(("name", "value"), [("by", "colour"), ("item", "x" * 41), ("warehouse", "x" * 21)])
def test_a_parameter_that_makes_no_sense_is_refused(db, path, name, value):
    assert name in refused(a_person().get(path, **{name: value}), 400, "malformed")


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e9", "99999999999"])
def test_a_page_that_makes_no_sense_is_refused(db, page):
    assert "page" in refused(a_person().get("/stock-position", page=page), 400, "malformed")


@pytest.mark.parametrize("path", ["/stock-position", "/stock-position/pdf", "/stock-position/xlsx"])
def test_what_is_not_there_and_another_site_are_not_told_apart(db, path):
    caller, other = a_person(WarehouseFactory()), WarehouseFactory(code="OTHER")

    assert refused(caller.get(path, warehouse=other.code), 404, "not_found") == {"kind": "warehouse", "number": "OTHER"}
    assert refused(caller.get(path, item="NONE"), 404, "not_found") == {"kind": "item", "number": "NONE"}


def test_the_report_says_the_figures_and_their_total(db):
    world = a_world(number="OIL", name="Olive oil")
    other = ItemFactory(unit=world.item.unit)
    stock(other, LocationFactory(warehouse=world.site), 1000)
    caller = a_person(world.site)

    answer = caller.get("/stock-position/pdf", warehouse=world.site.code, by="hold")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    (text,) = paper_reading.texts(answer.content)
    assert f"All items · {world.site.name}" in text
    assert paper_reading.barcodes(answer.content) == [[]]
    assert "Waiting for quality" in text
    assert "Page 1 of 1" in text
    # 135 and 1000 on hand, 55 and 1000 available.
    assert f"Total {world.item.unit.code} 1,135 15 1,055 110 120 20 155 65" in " ".join(text.split())
    paper_reading.assert_within_margins(answer.content)


def test_a_long_report_counts_its_pages_and_a_longer_one_is_refused(db, monkeypatch):
    site = WarehouseFactory()
    for _ in range(40):
        stock(ItemFactory(), LocationFactory(warehouse=site), 1)
    caller = a_person(site)

    pages_ = paper_reading.texts(caller.get("/stock-position/pdf").content)
    monkeypatch.setattr(views, "MOST_LINES", 39)

    assert len(pages_) > 1
    assert all(f"Page {number} of {len(pages_)}" in text for number, text in enumerate(pages_, start=1))
    facts = refused(caller.get("/stock-position/pdf"), 409, "too_long_for_paper")
    assert facts == {"lines": 40, "most": 39}


def test_the_report_of_nothing_says_so(db):
    (text,) = paper_reading.texts(a_person(WarehouseFactory()).get("/stock-position/pdf").content)

    assert "Nothing is in stock, expected or promised." in text


def test_the_workbook_holds_numbers_and_totals(db):
    world = a_world()

    sheets = workbook(a_person(world.site).get("/stock-position/xlsx"))

    assert list(sheets) == ["Stock position"]
    heads, row, total = sheets["Stock position"]
    assert heads == [
        *("Item", "Name", "Site", "Unit", "On hand", "Reserved", "Available"),
        *("Inbound", "To allocate", "Picked", "Outbound", "Back-ordered"),
    ]
    figures = [135, 15, 55, 110, 120, 20, 155, 65]
    unit = world.item.unit.code
    assert row == [world.item.number, world.item.name, world.site.code, unit, *figures]
    assert total == [f"Total {unit}", None, None, unit, *figures]


def test_the_workbook_has_the_parts_on_a_sheet_of_their_own(db):
    world = a_world()

    sheets = workbook(a_person(world.site).get("/stock-position/xlsx", by="status"))

    site, item, unit = world.site.code, world.item.number, world.item.unit.code
    assert sheets["By status"] == [
        ["Item", "Site", "Status", "Unit", "On hand", "Reserved", "Available"],
        [item, site, "Available", unit, 130, 15, 55],
        [item, site, StockStatus.DAMAGED.label, unit, 5, 0, 0],
    ]


def test_a_name_that_a_spreadsheet_takes_for_a_formula_is_text(db):
    site = WarehouseFactory()
    stock(ItemFactory(number="-1+1", name='=HYPERLINK("http://x")'), LocationFactory(warehouse=site), 1)
    answer = a_person(site).get("/stock-position/xlsx")

    row = workbook(answer)["Stock position"][1]

    assert row[:2] == ["'-1+1", '\'=HYPERLINK("http://x")']
    kinds = {cell.data_type for line in load_workbook(BytesIO(answer.content))["Stock position"] for cell in line}
    assert "f" not in kinds


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\uff1d1"])
def test_the_start_of_a_formula_is_made_harmless(text):
    assert harmless(text) == f"'{text}"


def test_what_a_workbook_cannot_hold_is_left_out_before_it_is_judged():
    assert harmless("\x01=1") == "'=1"
    assert harmless("Oil = good") == "Oil = good"


def test_a_page_at_the_desk_is_shorter_than_paper():
    assert pages.LINES < views.MOST_LINES
