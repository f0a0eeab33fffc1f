"""Barcodes: what is drawn is what a scanner reads, and doubtful data is refused."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from apps.core.codes import parse_code
from apps.core.errors import DomainError
from apps.core.paper import barcodes
from apps.core.paper.errors import CannotEncode
from tests.core import paper_reading

GTIN = "09506000134352"
CSET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"


def read(barcode, *, module=0.5 * mm):
    """What a scanner reads of the barcode on an empty page."""
    height = 0 if barcode.is_matrix else 15 * mm
    margin = 12 * module
    high = barcode.rows * module if barcode.is_matrix else height
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(barcode.width(module, quiet=False) + 2 * margin, high + 2 * margin), invariant=1)
    barcode.draw(canvas, margin, margin, module=module, height=height)
    canvas.showPage()
    canvas.save()
    ((found,),) = paper_reading.barcodes(buffer.getvalue())
    return found


@pytest.mark.parametrize("content", ["PO-000123", "a b~!", "0123456789", "x" * 40])
def test_code_128_reads_back(content):
    assert read(barcodes.code_128(content)) == paper_reading.Read("]C0", content)


@pytest.mark.parametrize("content", ["", "Ö", "中", "a\nb", "x" * 81])
def test_code_128_refuses_what_it_cannot_hold(content):
    assert not barcodes.can_code_128(content)
    with pytest.raises(CannotEncode) as refusal:
        barcodes.code_128(content)
    assert refusal.value.symbology == "Code 128"


def test_an_sscc_reads_back_as_gs1():
    found = read(barcodes.gs1_128((("00", "340123450000000017"),)))

    assert found == paper_reading.Read("]C1", "00340123450000000017")
    assert parse_code(found.scan).sscc == "340123450000000017"


@settings(max_examples=25, deadline=None)
@given(st.text(CSET_82, min_size=1, max_size=20), st.text(CSET_82, min_size=1, max_size=20))
def test_any_lot_and_serial_come_back_from_a_gs1_data_matrix(lot, serial):
    elements = (("01", GTIN), ("10", lot), ("21", serial), ("17", "271130"))

    found = read(barcodes.gs1_data_matrix(elements))

    assert found.symbology == "]d2"
    assert parse_code(found.scan).elements == elements


@pytest.mark.parametrize("content", ["(240)A(10)LOT 1", "(10)ä/1", "(240)中-77(10)לוט"])
def test_a_plain_data_matrix_holds_any_text(content):
    assert read(barcodes.data_matrix(content)) == paper_reading.Read("]d1", content)


@pytest.mark.parametrize(
    ("elements", "reason"),
    [
        ((("00", "340123450000000018"),), "Bad checksum"),
        ((("01", "09506000134353"),), "Bad checksum"),
        ((("17", "271301"),), "Invalid month"),
        ((("10", "A B"),), "Invalid CSET 82"),
        ((("10", "A" * 21),), "Invalid data length"),
        ((("10", ""),), "Empty data field"),
        ((("10", "A]17"),), "square bracket"),
        ((("05", "1"),), "Invalid AI"),
    ],
)
def test_wrong_data_is_refused_and_never_printed(elements, reason):
    for encode in (barcodes.gs1_128, barcodes.gs1_data_matrix):
        with pytest.raises(CannotEncode) as refusal:
            encode(elements)
        assert reason in refusal.value.reason
        assert isinstance(refusal.value, DomainError)
        assert isinstance(refusal.value, ValueError)
        assert (refusal.value.code, refusal.value.status) == ("cannot_encode", 400)


def test_the_human_readable_line_has_the_identifiers_in_parentheses():
    assert barcodes.human_readable((("01", GTIN), ("10", "A"))) == f"(01){GTIN}(10)A"


def test_a_symbol_that_does_not_fit_has_no_module():
    barcode = barcodes.code_128("x" * 40)

    assert barcodes.module_for(barcode, room=barcode.width(0.3 * mm)) == pytest.approx(0.3 * mm)
    assert barcodes.module_for(barcode, room=barcode.width(0.1 * mm)) is None
    assert barcodes.module_for(barcodes.code_128("1"), room=1000 * mm) == 0.5 * mm
