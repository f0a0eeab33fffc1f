"""A browser without a reader of its own sends what its camera sees."""

import io
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging
from apps.core.codes.errors import UnreadableFrame
from apps.core.codes.frames import read_frame
from apps.core.pictures import MOST_PIXELS
from apps.journal.models import Command
from apps.ledger.pdf import LotLabel, lot_labels
from apps.locations.pdf import BinLabel, bin_labels
from apps.scanner.api.frames import LONGEST_FRAME
from tests.core.paper_reading import images
from tests.factories.api import a_worker, refused
from tests.factories.catalog import ItemFactory, UnitFactory
from tests.factories.ledger import LotFactory
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.tasks import a_task

GTIN = "04006381333931"


@pytest.fixture
def site(db):
    return WarehouseFactory(code="LYON", name="Lyon")


@pytest.fixture
def worker(site):
    return a_worker(site)


def lot_label(**more):
    label = LotLabel(
        **{
            "item_number": "MILK",
            "item_name": "Milk 1 l",
            "gtin": GTIN,
            "lot": "L-1",
            "expires_on": date(2027, 5, 1),
            "quantity": Decimal(12),
            "unit": "EA",
            **more,
        }
    )
    (image,) = images(lot_labels([label]))
    return image


def taken(image, kind="PNG", **more):
    frame = io.BytesIO()
    image.save(frame, kind, **more)
    return frame.getvalue()


def look(worker, frame, kind="png", task=None):
    path = "/api/v1/scan/frame" + (f"?task={task}" if task else "")
    return worker.client.generic("POST", path, frame, content_type=f"image/{kind}")


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_label_of_ours_before_the_camera_is_its_lot_and_item(worker, kind):
    item = ItemFactory(number="MILK", name="Milk 1 l", lots=True)
    Packaging.objects.create(item=item, level=PackagingLevel.CASE, unit=UnitFactory(code="CASE"), gtin=GTIN)
    LotFactory(item=item, number="L-1")

    response = look(worker, taken(lot_label(), kind), kind)

    assert response.status_code == 200, response.content
    (seen,) = response.json()["codes"]
    assert (seen["code"], seen["symbology"], seen["problem"]) == (f"]d201{GTIN}1727050110L-1", "Data Matrix", None)
    assert seen["resolution"]["parsed"]["expires_on"] == "2027-05-01"
    assert [(each["kind"], each["number"]) for each in seen["resolution"]["candidates"]] == [
        ("lot", "L-1"),
        ("item", "MILK"),
    ]
    assert not Command.objects.exists()


def test_a_label_whose_lot_gs1_does_not_allow_is_read_back(worker):
    item = ItemFactory(number="Käse 5", lots=True)
    LotFactory(item=item, number="L(21)^ä")

    response = look(worker, taken(lot_label(item_number="Käse 5", gtin="", lot="L(21)^ä")))

    (seen,) = response.json()["codes"]
    assert [each["number"] for each in seen["resolution"]["candidates"]] == ["L(21)^ä", "Käse 5"]


def test_a_turned_picture_from_a_phone_is_read_in_the_context_of_the_task(worker, site):
    place = LocationFactory(warehouse=site, code="A-01-02")
    task = a_task(ItemFactory(), place)
    (image,) = images(bin_labels([BinLabel(code=place.code, warehouse="Lyon")]))
    turned = image.convert("RGB").rotate(90, expand=True, fillcolor="white")

    response = look(worker, taken(turned, "jpeg", quality=60), "jpeg", task.number)

    candidate = response.json()["codes"][0]["resolution"]["candidates"][0]
    assert (candidate["number"], candidate["expected"]) == ("A-01-02", True)
    assert candidate["next"][0]["act"] == "confirm"


def test_a_code_that_stands_for_nothing_says_why(worker):
    (seen,) = look(worker, taken(lot_label())).json()["codes"]

    assert seen["resolution"] is None
    assert (seen["problem"]["code"], seen["problem"]["facts"]["parsed"]["lot"]) == ("unknown_code", "L-1")


def test_a_frame_without_a_code_holds_nothing(worker):
    assert look(worker, taken(Image.new("L", (640, 480), 255))).json() == {"codes": []}


def test_another_warehouses_label_is_unknown(worker):
    place = LocationFactory(code="Z-9")
    (image,) = images(bin_labels([BinLabel(code=place.code, warehouse="Lyon")]))

    (seen, *_) = look(worker, taken(image)).json()["codes"]

    assert seen["problem"]["code"] == "unknown_code"


def test_another_warehouses_task_is_not_found(worker):
    task = a_task(ItemFactory(), LocationFactory())

    refused(look(worker, taken(lot_label()), task=task.number), 404, "not_found")


@pytest.mark.parametrize("body", [b"\x89PNG\r\n", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", b"\x00" * 50, b"{}"])
def test_what_is_no_picture_is_refused(worker, body):
    facts = refused(look(worker, body), 400, "unreadable_frame")

    assert facts == {"reason": "it is no JPEG or PNG"}


def test_a_broken_picture_is_refused(worker):
    facts = refused(look(worker, taken(lot_label())[:-400]), 400, "unreadable_frame")

    assert facts == {"reason": "the picture is broken"}


def test_an_empty_body_is_refused(worker):
    refused(look(worker, b""), 400, "parse_error")


def test_a_picture_of_too_many_pixels_is_not_unpacked(worker):
    huge = taken(Image.new("1", (3_000, 3_000), 1))
    assert len(huge) < LONGEST_FRAME

    facts = refused(look(worker, huge), 400, "unreadable_frame")

    assert facts["reason"] == f"it has 3000 by 3000 pixels, and {MOST_PIXELS} in all are the most"


def test_a_body_that_is_too_long_is_not_read_to_its_end(worker):
    refused(look(worker, b"\x89PNG" + b"x" * LONGEST_FRAME), 413, "body_too_large")


@pytest.mark.parametrize("kind", ["application/json", "image/gif", "text/plain"])
def test_another_content_type_is_not_read(worker, kind):
    response = worker.client.generic("POST", "/api/v1/scan/frame", b"{}", content_type=kind)

    refused(response, 415, "unsupported_media_type")


HEADS = [b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\xff\xd8\xff\xe0\x00\x10JFIF"]


@given(st.sampled_from(HEADS), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(head, body):
    with suppress(UnreadableFrame):
        assert isinstance(read_frame(head + body), list)
