"""The purchase order on paper."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from apps.core.paper.formats import Address, Printed
from apps.core.paper.sheet import LETTER
from apps.purchasing.pdf import (
    Charge,
    ExpectedLinePaper,
    PurchaseOrderLinePaper,
    PurchaseOrderPaper,
    ReceivingSheetPaper,
    purchase_order,
    receiving_sheet,
)
from tests.core import paper_reading

HOSTILE = '<b>&<img src="http://127.0.0.1/x">'


def make_line(index=1, **changes):
    line = PurchaseOrderLinePaper(
        item_number=f"OIL-{index:04d}",
        description="Olive oil 500 ml",
        supplier_code=f"EK/{index}",
        quantity=Decimal("1200.50"),
        unit="kg",
        price=Decimal("3.125"),
        amount=Decimal("3751.56"),
    )
    return replace(line, **changes)


def make_order(**changes):
    order = PurchaseOrderPaper(
        company=Address(name="Nordkai Provisions Ltd", lines=("Quay Street 14",)),
        printed=Printed(at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC), by="Marta Devos"),
        number="PO-000123",
        ordered_on=date(2026, 11, 20),
        supplier=Address(name="Ελαιώνες Κρήτης", lines=("Λεωφ. Κνωσού 211",), contact="orders@example.gr"),
        supplier_number="S-0042",
        ship_to=Address(name="Antwerp DC1", lines=("Dock 4",)),
        terms="30 days net",
        expected_on=date(2026, 12, 1),
        currency="EUR",
        lines=(make_line(1), make_line(2, amount=Decimal("0.44"), expected=date(2026, 12, 9))),
        raised_by="Jan Peeters",
        approved_by="Irene Vermeulen",
        approved_on=date(2026, 11, 21),
    )
    return replace(order, **changes)


def test_an_order_says_everything_and_adds_up():
    content = purchase_order(make_order(note="Deliver on pallets."))

    (page,) = paper_reading.texts(content)
    for expected in (
        "Purchase order",
        "PO-000123 2026-11-20",
        "Ελαιώνες Κρήτης",
        "orders@example.gr",
        "Supplier number S-0042",
        "Antwerp DC1",
        "2026-12-01",
        "30 days net",
        "OIL-0001",
        "Olive oil 500 ml",
        "EK/1 1,200.5 kg 3.125 3,751.56",
        "Expected 2026-12-09",
        "Total EUR 3,752.00",
        "Jan Peeters",
        "Irene Vermeulen",
        "2026-11-21",
        "Deliver on pallets.",
    ):
        assert expected in page
    assert "Goods" not in page
    assert paper_reading.barcodes(content) == [[paper_reading.Read("]C0", "PO-000123")]]


def test_charges_stand_between_goods_and_total():
    order = make_order(
        charges=(Charge(label="Freight", amount=Decimal(85)), Charge(label="Discount", amount=Decimal("-37.00")))
    )

    (page,) = paper_reading.texts(purchase_order(order))

    assert order.total == Decimal("3800.00")
    assert "Goods 3,752.00\nFreight 85.00\nDiscount -37.00\nTotal EUR 3,800.00" in page


def test_an_order_that_nobody_approved_says_so():
    (page,) = paper_reading.texts(purchase_order(make_order(approved_by="", approved_on=None)))

    assert "NOT APPROVED" in page


def test_an_order_without_lines_is_empty_not_broken():
    (page,) = paper_reading.texts(purchase_order(make_order(lines=(), currency="JPY", currency_places=0)))

    assert "The order has no lines." in page
    assert "Total JPY 0" in page


@pytest.mark.parametrize("paper", [None, LETTER])
def test_two_hundred_lines_repeat_head_and_header(paper):
    order = make_order(lines=tuple(make_line(index) for index in range(200)))

    content = purchase_order(order, paper=paper) if paper else purchase_order(order)

    pages = paper_reading.texts(content)
    assert all("Supplier's code Quantity Price Amount" in page for page in pages)
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert sum(page.count("OIL-") for page in pages) == 200
    assert f"Total EUR {Decimal('3751.56') * 200:,}" in pages[-1]
    paper_reading.assert_within_margins(content)


def test_a_hostile_name_prints_literally_and_long_ones_wrap():
    long = "W" * 70 + " and more words " * 20
    supplier = Address(name=HOSTILE, lines=(long,))
    order = make_order(supplier=supplier, lines=(make_line(description=HOSTILE, item_number=long),), note=HOSTILE)

    content = purchase_order(order)

    assert "".join(paper_reading.texts(content)).count("127.0.0.1") == 3
    paper_reading.assert_within_margins(content)
    assert b"/URI" not in content


def test_the_same_order_gives_the_same_bytes():
    assert purchase_order(make_order()) == purchase_order(make_order())


def make_sheet(*lines):
    order = make_order()
    return ReceivingSheetPaper(
        company=order.company,
        printed=order.printed,
        number=order.number,
        dated=date(2026, 11, 22),
        supplier=order.supplier,
        warehouse=order.ship_to,
        expected_on=date(2026, 12, 1),
        lines=lines,
    )


def an_expected_line(line=1, **changes):
    return replace(
        ExpectedLinePaper(
            line=line,
            item_number=f"OIL-{line:04d}",
            description="Olive oil 500 ml",
            supplier_code=f"EK/{line}",
            gtin="09506000130019",
            ordered=Decimal(60),
            received=Decimal(0),
            unit="EA",
        ),
        **changes,
    )


def test_a_receiving_sheet_says_what_is_still_to_come_and_what_to_note():
    content = receiving_sheet(
        make_sheet(
            an_expected_line(1, received=Decimal(20), has_lots=True, expires=True, storage="Chilled 2 to 8 °C"),
            an_expected_line(2, has_serials=True),
            an_expected_line(3, received=Decimal(70)),
        )
    )

    (page,) = paper_reading.texts(content)
    for expected in (
        "Receiving sheet",
        "Chilled 2 to 8 °C",
        "40 EA",
        "of 60",
        "60 EA",
        "Note serial numbers",
        "0 EA",
        "Not ordered",
        "Unloaded by",
        "No reference",
    ):
        assert expected in page
    assert paper_reading.barcodes(content) == [[paper_reading.Read("]C0", "PO-000123")]]
    paper_reading.assert_within_margins(content)


def test_a_long_receiving_sheet_goes_on_with_its_head():
    content = receiving_sheet(make_sheet(*(an_expected_line(number, has_lots=True) for number in range(1, 61))))

    pages = paper_reading.texts(content)
    assert len(pages) > 2
    assert all("To come" in page for page in pages[:-1])
    assert "Not ordered" in pages[-1]
    paper_reading.assert_within_margins(content)
