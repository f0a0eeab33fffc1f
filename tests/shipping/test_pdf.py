"""Carton labels and packing slips."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby

import pytest
from reportlab.lib.units import mm

from apps.core.codes import CodeKind, make_sscc, parse_code
from apps.core.paper.errors import CannotEncode
from apps.core.paper.formats import Address, Printed
from apps.core.paper.label import LABEL_4X6_INCH, LABEL_100X150
from apps.shipping.pdf import (
    CartonLabel,
    ManifestPaper,
    ManifestShipment,
    PackedCartonPaper,
    PackedLinePaper,
    PackingSlipPaper,
    ShippedLinePaper,
    carton_labels,
    manifest,
    packing_slip,
)
from apps.shipping.pdf.labels import SSCC_MODULE
from tests.core import paper_reading

COMPANY = Address(name="Nordkai Provisions Ltd", lines=("Quay Street 14", "2000 Antwerp"))
CUSTOMER = Address(name="Délices du Port SARL", lines=("12 rue de la République", "13002 Marseille", "France"))
SSCC = make_sscc(3, "4012345", 1)
LABELS = pytest.mark.parametrize(
    ("size", "millimetres"), [(LABEL_100X150, (100.0, 150.0)), (LABEL_4X6_INCH, (101.6, 152.4))], ids=["mm", "inch"]
)


def make_label(**changes):
    label = CartonLabel(
        sscc=SSCC,
        ship_from=COMPANY,
        ship_to=CUSTOMER,
        order_number="SO-001002",
        shipment_number="SH-000077",
        carrier="PostNL",
        service="Parcel 24h",
        carton=1,
        cartons=2,
        weight_kg=Decimal("12.350"),
    )
    return replace(label, **changes)


@LABELS
def test_a_carton_label_is_read_by_eye_and_scanner(size, millimetres):
    second = make_sscc(3, "4012345", 2)
    content = carton_labels([make_label(), make_label(sscc=second, carton=2)], size=size)

    assert paper_reading.sizes(content) == [millimetres] * 2
    codes = [parse_code(read.scan) for (read,) in paper_reading.barcodes(content)]
    assert [(code.kind, code.sscc, code.symbology) for code in codes] == [
        (CodeKind.SSCC, SSCC, "]C1"),
        (CodeKind.SSCC, second, "]C1"),
    ]
    first, last = paper_reading.texts(content)
    for expected in (
        "Nordkai Provisions Ltd",
        "Délices du Port SARL",
        "12 rue de la République",
        "France",
        "SO-001002",
        "SH-000077",
        "1 of 2",
        "12.35 kg",
        "PostNL Parcel 24h",
        f"(00) {SSCC}",
    ):
        assert expected in first
    assert "2 of 2" in last


def test_the_symbol_has_the_size_that_the_standard_asks_of_logistic_units():
    # 508 dots an inch are 20 a millimetre.
    (image,) = paper_reading.images(carton_labels([make_label()]), dpi=508)
    middle = image.height - int((5 + 4.2 + 16) * 20)
    runs = [
        (dark, len(list(pixels)))
        for dark, pixels in groupby(paper_reading.is_dark(image, x, middle) for x in range(image.width))
    ]
    quiet_left, *bars, quiet_right = runs
    first_bar = quiet_left[1] + 3
    height = sum(paper_reading.is_dark(image, first_bar, y) for y in range(image.height // 2, image.height))

    narrowest = min(length for _, length in bars) / 20
    assert 0.495 - 0.05 <= narrowest <= 0.94
    assert 0.495 * mm <= SSCC_MODULE <= 0.94 * mm
    assert height / 20 >= 31.75
    assert sum(length for _, length in bars) / 20 == pytest.approx(156 * 0.5, abs=0.1)
    assert min(quiet_left[1], quiet_right[1]) / 20 >= 10 * 0.5


@LABELS
def test_long_names_stay_on_the_label(size, millimetres):
    long = Address(
        name="株式会社 東京オリーブ輸入販売センター " * 4, lines=("A very long street name indeed " * 4,) * 8
    )
    label = make_label(ship_from=long, ship_to=long, order_number="SO-" + "9" * 40, carrier="Carrier " * 20)

    content = carton_labels([label], size=size)

    ((read,),) = paper_reading.barcodes(content)
    assert parse_code(read.scan).sscc == SSCC
    assert min(paper_reading.margins(content)[0]) >= 4.4
    assert millimetres in paper_reading.sizes(content)


def test_what_is_not_known_is_left_out():
    label = make_label(shipment_number="", carrier="", service="", weight_kg=None)

    (page,) = paper_reading.texts(carton_labels([label]))

    assert "SHIPMENT" not in page
    assert "WEIGHT" not in page
    assert "CARRIER" not in page


@pytest.mark.parametrize("sscc", ["340123450000000018", "34012345000000001", "", "34012345000000001X"])
def test_an_sscc_that_is_wrong_is_never_printed(sscc):
    with pytest.raises(CannotEncode):
        carton_labels([make_label(sscc=sscc)])


def test_no_label_is_no_document():
    with pytest.raises(ValueError, match="no label"):
        carton_labels([])


def make_packed(**changes):
    line = PackedLinePaper(
        item_number="OIL-500",
        description="Olive oil 500 ml",
        lot="L2026-118",
        expires_on=date(2027, 11, 30),
        quantity=Decimal(22),
        unit="each",
    )
    return replace(line, **changes)


def make_shipped(**changes):
    line = ShippedLinePaper(
        order_number="SO-001002",
        item_number="OIL-500",
        description="Olive oil 500 ml",
        unit="each",
        ordered=Decimal(24),
        shipped=Decimal(22),
    )
    return replace(line, **changes)


def make_slip(**changes):
    slip = PackingSlipPaper(
        company=COMPANY,
        printed=Printed(at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC), by="Marta Devos"),
        number="SH-000077",
        shipped_on=date(2026, 11, 22),
        ship_from=Address(name="Antwerp DC1"),
        ship_to=CUSTOMER,
        order_numbers=("SO-001002", "SO-001003"),
        customer_reference="4500-889",
        carrier="PostNL",
        tracking="3SABCD",
        lines=(make_shipped(),),
        cartons=(PackedCartonPaper(sscc=SSCC, carton=1, weight_kg=Decimal("12.35"), lines=(make_packed(),)),),
    )
    return replace(slip, **changes)


def test_a_slip_says_what_came_in_which_carton_and_what_is_still_owed():
    content = packing_slip(make_slip(note="Report damage within 3 days."))
    assert not any("For the packer" in page for page in paper_reading.texts(content))

    (page,) = paper_reading.texts(content)
    for expected in (
        "Packing slip",
        "SH-000077 2026-11-22",
        "Délices du Port SARL",
        "Antwerp DC1",
        "SO-001002, SO-001003",
        "Your reference 4500-889",
        "PostNL 3SABCD",
        "24 each 22 each 2 each",
        f"Carton 1 of 1 SSCC {SSCC} 12.35 kg",
        "L2026-118 2027-11-30 22 each",
        "Total 1 carton, 12.35 kg 22 each",
        "Report damage within 3 days.",
    ):
        assert expected in page.replace("  ", " ")
    assert paper_reading.barcodes(content) == [[paper_reading.Read("]C0", "SH-000077")]]


@pytest.mark.parametrize(
    ("before", "now", "cancelled", "owed"), [(0, 24, 0, 0), (0, 20, 0, 4), (10, 10, 0, 4), (0, 20, 4, 0), (0, 30, 0, 0)]
)
def test_what_is_owed_is_what_was_neither_shipped_nor_cancelled(before, now, cancelled, owed):
    line = make_shipped(shipped_before=Decimal(before), shipped=Decimal(now), cancelled=Decimal(cancelled))

    assert line.back_ordered == owed


def test_a_slip_on_the_bench_says_what_the_packer_is_told():
    told = ("No loose fill.", "MUG: handles inwards.")

    (page,) = paper_reading.texts(packing_slip(make_slip(for_the_packer=told)))

    assert page.index("For the packer") < page.index("No loose fill.") < page.index("MUG: handles inwards.")


def test_totals_keep_units_apart():
    lines = (
        make_shipped(),
        make_shipped(item_number="SALT", unit="kg", ordered=Decimal(5), shipped=Decimal("2.5"), cancelled=Decimal(1)),
    )

    (page,) = paper_reading.texts(packing_slip(make_slip(lines=lines)))

    assert "1 cancelled" in page
    assert "Total 2 lines 24 each\n5 kg\n0 22 each\n2.5 kg\n2 each\n1.5 kg" in page


def test_serials_and_an_empty_carton_show():
    cartons = (
        PackedCartonPaper(sscc=SSCC, carton=1, lines=(make_packed(serials=("SN1", "SN2")),)),
        PackedCartonPaper(sscc=make_sscc(3, "4012345", 2), carton=2, weight_kg=Decimal(1)),
    )

    (page,) = paper_reading.texts(packing_slip(make_slip(cartons=cartons)))

    assert "Serials: SN1, SN2" in page
    assert "Empty" in page
    assert "Total 2 cartons 22 each" in page


def test_a_shipment_without_lines_or_cartons_says_so():
    slip = make_slip(lines=(), cartons=(), order_numbers=(), customer_reference="", carrier="", tracking="")

    (page,) = paper_reading.texts(packing_slip(slip))

    assert "The shipment has no lines." in page
    assert "No cartons are packed." in page
    assert "No order" in page


def test_two_hundred_lines_in_fifty_cartons_fit():
    cartons = tuple(
        PackedCartonPaper(
            sscc=make_sscc(3, "4012345", index), carton=index, lines=tuple(make_packed() for _ in range(4))
        )
        for index in range(1, 51)
    )
    slip = make_slip(lines=tuple(make_shipped(description="Long " * 40) for _ in range(200)), cartons=cartons)

    content = packing_slip(slip)

    pages = paper_reading.texts(content)
    assert sum(page.count("SSCC ") for page in pages) == 50
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
    paper_reading.assert_within_margins(content)


def test_the_same_data_gives_the_same_bytes():
    assert packing_slip(make_slip()) == packing_slip(make_slip())
    assert carton_labels([make_label()]) == carton_labels([make_label()])


def make_manifest(*shipments, **changes):
    return replace(
        ManifestPaper(
            company=COMPANY,
            printed=Printed(at=datetime(2026, 11, 22, 17, 5, tzinfo=UTC), by="packer"),
            warehouse=replace(COMPANY, name="Antwerp DC1"),
            dated=date(2026, 11, 22),
            shipments=shipments,
        ),
        **changes,
    )


def a_load(number=1, *weights):
    return ManifestShipment(
        number=f"SH-{number:06d}",
        order_number=f"SO-{number:06d}",
        consignee=CUSTOMER,
        cartons=tuple((make_sscc(3, "4012345", number * 100 + n), weight) for n, weight in enumerate(weights)),
    )


def test_a_manifest_counts_and_weighs_what_the_driver_takes():
    content = manifest(
        make_manifest(a_load(1, Decimal("2.5"), Decimal("3.25")), a_load(2, Decimal(10)), carrier="PostNL")
    )

    (page,) = paper_reading.texts(content)
    for expected in (
        "PostNL",
        "3 cartons",
        "2 shipments",
        "15.75 kg",
        "5.75 kg",
        "SH-000002",
        "SO-000001",
        make_sscc(3, "4012345", 101),
        "Driver",
    ):
        assert expected in page
    assert paper_reading.barcodes(content) == [[]]
    paper_reading.assert_within_margins(content)


def test_a_carton_that_was_not_weighed_leaves_the_weight_open():
    content = manifest(make_manifest(a_load(1, Decimal("2.5"), None)))

    (page,) = paper_reading.texts(content)
    assert page.count("not weighed") == 3
    assert "2.5 kg" not in page


def test_an_empty_manifest_says_so():
    (page,) = paper_reading.texts(manifest(make_manifest()))

    assert "Nothing is loaded or has left on this day." in page
    assert "All carriers" in page
