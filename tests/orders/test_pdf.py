"""The pick list."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from apps.core.paper.formats import Address, Printed
from apps.core.paper.sheet import LETTER
from apps.orders.pdf import PackerNote, PickLinePaper, PickListPaper, pick_list
from tests.core import paper_reading


def make_line(index=1, **changes):
    line = PickLinePaper(
        zone="A",
        bin=f"A-01-{index:03d}",
        item_number="OIL-500",
        description="Olive oil 500 ml",
        lot="L2026-118",
        expires_on=date(2027, 11, 30),
        quantity=Decimal(27),
        unit="each",
        packs="2 cartons + 3",
        order_number="SO-001002",
        tote="T4",
        weight_kg=Decimal("0.9"),
    )
    return replace(line, **changes)


def make_list(*lines, **changes):
    picks = PickListPaper(
        company=Address(name="Nordkai Provisions Ltd"),
        printed=Printed(at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC), by="Marta Devos"),
        number="WV-000031",
        released_on=date(2026, 11, 22),
        warehouse="Antwerp DC1",
        orders=("SO-001002",),
        lines=lines,
    )
    return replace(picks, **changes)


def test_the_list_of_a_cart_names_slots_and_is_scanned_by_its_number():
    content = pick_list(make_list(make_line(tote="TOTE-7", slot="12"), number="RN-000031"))

    (page,) = paper_reading.texts(content)
    assert "Slot" in page
    assert "12" in page.split()
    assert "SO-001002 → TOTE-7" in page
    assert [[code.text for code in sheet] for sheet in paper_reading.barcodes(content)] == [["RN-000031"]]
    (plain,) = paper_reading.texts(pick_list(make_list(make_line())))
    assert "Slot" not in plain


def test_what_the_packer_is_told_stands_on_the_list_that_goes_with_the_goods():
    notes = (
        PackerNote(order_number="SO-001002", text="Insulated liner, two cool packs.", item_number="GOUDA-400"),
        PackerNote(order_number="SO-001002", text="Slip on the outside of carton 1."),
    )

    (page,) = paper_reading.texts(pick_list(make_list(make_line(), notes=notes)))

    assert "For the packer" in page
    assert "SO-001002 GOUDA-400 Insulated liner, two cool packs." in page
    assert "SO-001002 All of it Slip on the outside of carton 1." in page
    (plain,) = paper_reading.texts(pick_list(make_list(make_line())))
    assert "For the packer" not in plain


def test_a_stop_says_where_what_and_how_much_in_packs_and_units():
    content = pick_list(make_list(make_line(), picker="Bram", due="Today 16:00"))

    (page,) = paper_reading.texts(content)
    for expected in (
        "Pick list",
        "WV-000031 2026-11-22",
        "Antwerp DC1",
        "Bram",
        "Today 16:00",
        "1 / 1",
        "Zone A",
        "A-01-001",
        "SO-001002 → T4",
        "OIL-500",
        "Olive oil 500 ml",
        "L2026-118",
        "2027-11-30",
        "2 cartons + 3",
        "27 each",
        "Total 1 1 27 each 0.9 kg",
    ):
        assert expected in page
    assert paper_reading.barcodes(content) == [[paper_reading.Read("]C0", "WV-000031")]]


def test_the_lines_keep_their_walking_order_and_a_change_of_zone_shows():
    lines = [make_line(index, zone=zone) for index, zone in enumerate("ABBA", start=1)]

    (page,) = paper_reading.texts(pick_list(make_list(*lines)))

    marks = [line for line in page.split("\n") if line.startswith("Zone ") or "A-01-" in line]
    assert [mark.split(" ", 1)[1] if mark[0].isdigit() else mark for mark in marks] == [
        "Zone A",
        "A-01-001",
        "Zone B",
        "A-01-002",
        "A-01-003",
        "Zone A",
        "A-01-004",
    ]


def test_totals_are_by_carton_size_and_say_when_a_weight_is_not_known():
    lines = (
        make_line(1, carton="S"),
        make_line(2, carton="L", item_number="SALT", quantity=Decimal("2.5"), unit="kg", weight_kg=Decimal("2.5")),
        make_line(3, carton="S", weight_kg=None),
    )

    (page,) = paper_reading.texts(pick_list(make_list(*lines)))

    assert "Totals by carton size Stops Items Quantity Weight" in page
    assert "S 2 1 54 each 0.9 kg + 1 unknown" in page
    assert "L 1 1 2.5 kg 2.5 kg" in page
    assert "Total 3 2 54 each, 2.5 kg 3.4 kg + 1 unknown" in page


def test_a_line_without_packs_lot_or_order_leaves_them_out():
    line = make_line(packs="", lot="", expires_on=None, order_number="", tote="", weight_kg=None)

    (page,) = paper_reading.texts(pick_list(make_list(line, orders=())))

    assert page.count("27 each") == 2
    assert "→" not in page
    assert "Orders on this walk" not in page
    assert "Not assigned" in page


def test_an_empty_wave_says_so():
    (page,) = paper_reading.texts(pick_list(make_list(orders=())))

    assert "Nothing to pick on this walk." in page
    assert "Total 0 0 0 0 kg" in page


def test_two_hundred_stops_repeat_head_and_header_and_fit():
    lines = [make_line(index, zone="AB"[index // 50 % 2], description="Olive oil " * 9) for index in range(200)]
    orders = tuple(f"SO-{index:06d}" for index in range(200))

    for paper in (None, LETTER):
        picks = make_list(*lines, orders=orders)
        content = pick_list(picks, paper=paper) if paper else pick_list(picks)

        pages = paper_reading.texts(content)
        stops = [page for page in pages if "A-01-" in page]
        assert sum(page.count("A-01-") for page in pages) == 200
        assert all("Lot / expiry Take Done Actual" in page for page in stops)
        assert "SO-000199" in pages[-1]
        paper_reading.assert_within_margins(content)


def test_the_same_list_gives_the_same_bytes():
    assert pick_list(make_list(make_line())) == pick_list(make_list(make_line()))
