"""Sheets, tables and labels: pages, margins, repeated headers, exact sizes."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from reportlab.lib.units import mm

from apps.core.paper import fonts, formats
from apps.core.paper.formats import Address, Printed
from apps.core.paper.label import LABEL_4X6_INCH, LABEL_50X25, LABEL_100X50, LABEL_100X150, Labels
from apps.core.paper.sheet import A4, LETTER, Block, Head, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row
from apps.core.paper.text import Style
from tests.core import paper_reading

COMPANY = Address(name="Nordkai Provisions Ltd", lines=("Quay Street 14", "2000 Antwerp"), contact="+32 3 555 01 20")
PRINTED = Printed(at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC), by="Marta Devos")
COLUMNS = (
    Column(title="Number", share=20),
    Column(title="What", share=60),
    Column(title="How much", share=20, right=True),
)


def make_sheet(*, number="XX-000123", paper=A4, company=COMPANY):
    head = Head(company=company, title="Test sheet", number=number, dated=date(2026, 11, 20))
    return Sheet(head=head, printed=PRINTED, paper=paper)


def table(count, *, what="Thing", total=True, **options):
    sheet = make_sheet(**options)
    rows = [row(f"N{index:04d}", what, f"{index}") for index in range(count)]
    if total:
        rows.append(row("Total", "", str(sum(range(count))), total=True))
    draw_table(sheet, COLUMNS, rows)
    return sheet.finish()


@pytest.mark.parametrize(("paper", "size"), [(A4, (210.0, 297.0)), (LETTER, (215.9, 279.4))])
def test_every_page_has_head_foot_margins_and_its_number(paper, size):
    content = table(200, paper=paper)
    pages = paper_reading.texts(content)

    assert len(pages) > 3
    assert set(paper_reading.sizes(content)) == {size}
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Printed 2026-11-22 14:05 UTC by Marta Devos" in page
        assert "Nordkai Provisions Ltd" in page
        assert "Quay Street 14, 2000 Antwerp, +32 3 555 01 20" in page
        assert "XX-000123 2026-11-20" in page
        assert "Number What How much" in page
    paper_reading.assert_within_margins(content)
    assert paper_reading.barcodes(content) == [[paper_reading.Read("]C0", "XX-000123")]] * len(pages)


def test_no_row_is_lost_and_the_total_never_stands_alone():
    for count in range(150, 200):
        pages = paper_reading.texts(table(count))
        assert sum(page.count("Thing") for page in pages) == count
        assert "Thing" in pages[-1]
        assert f"Total {sum(range(count))}" in pages[-1]


def test_an_empty_table_says_so():
    (page,) = paper_reading.texts(table(0))

    assert "Nothing to list." in page
    assert "Total 0" in page


def test_long_names_wrap_and_stay_on_the_page():
    name = "A thing with a name that goes on " * 8 + "Unbrokenname" * 12

    content = table(30, what=name)

    paper_reading.assert_within_margins(content)
    assert "".join(paper_reading.texts(content)).count("A thing") >= 30


def test_an_absurd_text_is_cut_and_never_leaves_the_page():
    sheet = make_sheet()
    sheet.blocks((Block(title="T", lines=("word " * 4000,)), Block(title="U" * 300, lines=("x" * 3000, "y"))))
    draw_table(
        sheet,
        (*COLUMNS[:2], Column(title="Big", share=5, style=Style(size=14))),
        [row(Cell("w " * 9000, note="n " * 9000), "x" * 9000, "z" * 900) for _ in range(3)],
    )
    sheet.paragraph("p " * 20_000)
    content = sheet.finish()

    paper_reading.assert_within_margins(content)
    assert "…" in paper_reading.texts(content)[1]


def test_a_band_a_tick_box_and_a_line_to_write_on_are_drawn():
    plain, marked = make_sheet(), make_sheet()
    draw_table(plain, COLUMNS, [row("1", "", "")])
    draw_table(marked, COLUMNS, [row("1", Cell(box="tick"), Cell(box="write"), band="Zone A")])

    assert "Zone A" in paper_reading.texts(marked.finish())[0]
    assert plain.y - marked.y == pytest.approx(6.4 * mm)


def test_a_number_that_cannot_be_bars_still_stands_in_text():
    for number in ("Ж-1", "N" * 60, "N" * 90):
        content = make_sheet(number=number).finish()
        assert paper_reading.barcodes(content) == [[]]
        assert number[:20] in paper_reading.texts(content)[0]


def test_the_foot_names_what_could_not_be_printed_wherever_it_stood():
    company = Address(name="Co ก")
    sheet = make_sheet(company=company)
    draw_table(sheet, COLUMNS, [row("1", Cell("a", note="ข"), "ค")])
    sheet.paragraph("ง")

    (page,) = paper_reading.texts(sheet.finish())

    (warning,) = (line for line in page.split("\n") if "not printable" in line)
    assert all(code in warning for code in ("U+0E01", "U+0E02", "U+0E04", "U+0E07"))
    assert "not printable" not in paper_reading.texts(make_sheet().finish())[0]


def test_the_same_data_gives_the_same_bytes():
    first = table(30, what="Ελιά 橄榄油 זית")
    table(3, what="another document in between, зерно")

    assert table(30, what="Ελιά 橄榄油 זית") == first


def test_threads_may_print_at_once():
    fonts._load.cache_clear()
    fonts.face_for.cache_clear()
    fonts.advance.cache_clear()
    expected = table(5, what="Ελιά 橄榄油 זית")
    results = []
    workers = [threading.Thread(target=lambda: results.append(table(5, what="Ελιά 橄榄油 זית"))) for _ in range(6)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert results == [expected] * 6


@pytest.mark.parametrize(
    ("size", "millimetres"),
    [
        (LABEL_100X150, (100.0, 150.0)),
        (LABEL_4X6_INCH, (101.6, 152.4)),
        (LABEL_100X50, (100.0, 50.0)),
        (LABEL_50X25, (50.0, 25.0)),
    ],
)
def test_a_label_has_its_exact_size(size, millimetres):
    roll = Labels(size=size, title="Labels")
    for content in ("one", "two"):
        roll.put(content, Style(), 10, size.height - 10, 100)
        roll.next()

    assert paper_reading.sizes(roll.finish()) == [millimetres] * 2


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("1250.500", "kg", "1,250.5 kg"),
        ("12", "", "12"),
        ("0.000", "each", "0 each"),
        ("-0", "each", "0 each"),
        ("-0.00", "each", "0 each"),
        ("-3.10", "l", "-3.1 l"),
        ("1E+3", "each", "1,000 each"),
        ("100", "each", "100 each"),
        ("0.000001", "kg", "0.000001 kg"),
    ],
)
def test_a_quantity_has_no_trailing_zeros_and_its_unit(amount, unit, expected):
    assert formats.quantity(Decimal(amount), unit) == expected


@pytest.mark.parametrize(
    ("amount", "places", "expected"),
    [("1234.5", 2, "1,234.50"), ("0.0375", 2, "0.0375"), ("1E+3", 2, "1,000.00"), ("7", 0, "7"), ("-2", 2, "-2.00")],
)
def test_money_keeps_its_decimals(amount, places, expected):
    assert formats.money(Decimal(amount), places=places) == expected


def test_dates_and_moments_read_the_same_everywhere():
    assert formats.day(date(2026, 11, 22)) == "2026-11-22"
    assert formats.day(None) == ""
    assert formats.moment(PRINTED.at.astimezone(ZoneInfo("Europe/Brussels"))) == "2026-11-22 15:05 CET"
    assert Address(name="A", lines=("b", " "), contact="").text == ("b",)
