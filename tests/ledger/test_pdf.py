"""Lot labels."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from apps.core.codes import parse_code
from apps.core.paper.errors import CannotEncode
from apps.core.paper.label import LABEL_50X25, LABEL_100X50
from apps.ledger.pdf import LotLabel, lot_labels
from tests.core import paper_reading

SIZES = pytest.mark.parametrize(
    ("size", "millimetres"), [(LABEL_100X50, (100.0, 50.0)), (LABEL_50X25, (50.0, 25.0))], ids=["100x50", "50x25"]
)
EXPIRY = date(2027, 11, 30)


def make_label(**changes):
    label = LotLabel(
        item_number="OIL-500",
        item_name="Olive oil 500 ml",
        gtin="9506000134352",
        lot="L2026-118",
        expires_on=EXPIRY,
        quantity=Decimal(48),
        unit="each",
        received_on=date(2026, 11, 22),
        receipt_number="RC-000451",
    )
    return replace(label, **changes)


def scan(content):
    """What the only barcode of each page says."""
    return [parse_code(read.scan, today=date(2026, 11, 22)) for (read,) in paper_reading.barcodes(content, dpi=300)]


@SIZES
def test_a_label_a_page_is_read_by_eye_and_scanner(size, millimetres):
    content = lot_labels([make_label(), make_label(gtin="", lot="B/7")], size=size)

    assert paper_reading.sizes(content) == [millimetres] * 2
    known, own = scan(content)
    assert (known.gtin, known.lot, known.expires_on, known.symbology) == ("09506000134352", "L2026-118", EXPIRY, "]d2")
    assert (own.item_number, own.lot, own.expires_on, own.symbology) == ("OIL-500", "B/7", EXPIRY, "]d2")
    first = paper_reading.texts(content)[0]
    for expected in ("OIL-500", "Olive oil 500 ml", "L2026-118", "2027-11-30", "48 each"):
        assert expected in first


def test_the_large_label_also_says_when_and_how_it_came():
    (page,) = paper_reading.texts(lot_labels([make_label()]))

    assert "Received 2026-11-22 RC-000451" in page
    assert "(01)09506000134352(17)271130(10)L2026-118" in page


@SIZES
@pytest.mark.parametrize(
    "changes",
    [{"lot": "LOT 2026/1 ä"}, {"gtin": "", "item_number": "中-77"}, {"lot": "L" * 21}, {"lot": "לוט 7", "gtin": ""}],
)
def test_a_lot_that_gs1_cannot_hold_is_scanned_all_the_same(size, millimetres, changes):
    label = make_label(**changes)
    content = lot_labels([label], size=size)

    ((read,),) = paper_reading.barcodes(content, dpi=300)
    assert read.symbology == "]d1"
    assert millimetres in paper_reading.sizes(content)
    if len(label.lot) <= 20:
        code = parse_code(read.scan)
        assert (code.lot, code.item_number or code.gtin) == (
            label.lot,
            label.gtin.zfill(14) if label.gtin else label.item_number,
        )


@SIZES
def test_a_held_lot_carries_a_black_band(size, millimetres):
    free, held = lot_labels([make_label()], size=size), lot_labels([make_label(held=True)], size=size)
    reason = lot_labels([make_label(held=True, hold_reason="glass found")], size=size)

    assert millimetres in paper_reading.sizes(held)
    assert "HOLD" not in paper_reading.texts(free)[0]
    assert "HOLD" in paper_reading.texts(held)[0]
    assert "HOLD: glass found" in paper_reading.texts(reason)[0]
    (with_band,), (without,) = paper_reading.images(held), paper_reading.images(free)
    assert paper_reading.is_dark(with_band, 2, 4)
    assert not paper_reading.is_dark(without, 2, 4)
    assert scan(held)[0].lot == "L2026-118"


@SIZES
def test_what_is_not_known_is_left_out(size, millimetres):
    content = lot_labels([make_label(expires_on=None, received_on=None, receipt_number="")], size=size)

    (code,) = scan(content)
    assert (code.lot, code.expires_on) == ("L2026-118", None)
    assert "Received" not in paper_reading.texts(content)[0]
    assert millimetres in paper_reading.sizes(content)


@SIZES
def test_long_names_stay_on_the_label_and_off_the_symbol(size, millimetres):
    label = make_label(
        item_number="SPICE-PAPRIKA-SMOKED-HOT-BULK-1KG",
        item_name="Smoked paprika for caterers and processors " * 4,
        lot="ABCDEFGHIJKLMNOPQRST",
        quantity=Decimal("123456.789"),
        held=True,
        hold_reason="waiting for the laboratory's answer on the second sample of the supplier",
        receipt_number="RC-0000000000451",
    )
    content = lot_labels([label], size=size)

    assert scan(content)[0].lot == label.lot
    (free,) = paper_reading.margins(lot_labels([replace(label, held=False)], size=size), dpi=300)
    assert min(free) >= 1.2
    assert millimetres in paper_reading.sizes(content)


def test_a_wrong_check_digit_is_refused():
    with pytest.raises(CannotEncode, match="Bad checksum"):
        lot_labels([make_label(gtin="9506000134353")])


def test_no_label_is_no_document():
    with pytest.raises(ValueError, match="no label"):
        lot_labels([])


def test_the_same_labels_give_the_same_bytes():
    assert lot_labels([make_label()]) == lot_labels([make_label()])
