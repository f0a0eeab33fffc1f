"""Bin labels: read back by scanner, one of an exact size a place, and only for places one may see."""

import pytest
from django.urls import reverse

from apps.core.paper.label import LABEL_100X50
from apps.locations.choices import LocationKind
from apps.locations.pdf import BinLabel, bin_labels
from tests.core import paper_reading
from tests.factories.api import a_person, refused
from tests.factories.locations import LocationFactory, WarehouseFactory


@pytest.mark.parametrize(
    "code", ["A-01-0", "B", "STAGING-NORTH-0042", "A" * 40, "Größe-1", "货位-7"], ids=lambda code: code[:8]
)
def test_the_code_is_read_back_by_scanner(code):
    content = bin_labels([BinLabel(code=code, warehouse="MAIN", zone="Chilled", kind="Pick face", level=1)])

    [[read]] = paper_reading.barcodes(content)
    assert read.text == code
    assert paper_reading.sizes(content) == [(100.0, 50.0)]


def test_a_label_says_what_the_place_is():
    [text] = paper_reading.texts(
        bin_labels(
            [
                BinLabel(
                    code="C-01-0", warehouse="LEITH", zone="Chilled", kind="Pick face", condition="2 to 8 °C", level=0
                )
            ]
        )
    )

    assert "C-01-0" in text
    assert "LEITH · Chilled · Pick face · 2 to 8 °C" in text


def test_the_arrow_points_to_the_level_and_is_left_out_without_one():
    up, down, none = (
        bin_labels([BinLabel(code="A-01", warehouse="MAIN", level=level)], size=LABEL_100X50) for level in (3, 0, None)
    )

    def dark(content, x, y):
        [image] = paper_reading.images(content, dpi=254)  # ten dots a millimetre
        return paper_reading.is_dark(image, x, y)

    # Left of the shaft, which is white: below the head of an arrow up, above that of an arrow down.
    low, high = (50, 165), (50, 45)
    assert (dark(up, *low), dark(up, *high)) == (True, True)
    assert (dark(down, *low), dark(down, *high)) == (True, True)
    shaft_low, shaft_high = (105, 155), (105, 55)
    assert (dark(up, *shaft_low), dark(down, *shaft_high)) == (False, False)
    assert up != down
    assert not dark(none, 35, 100)


def test_no_label_is_no_document():
    with pytest.raises(ValueError, match="no label"):
        bin_labels([])


def test_labels_of_a_zone_come_in_walking_order_and_of_ones_own_warehouses_only(db):
    main, other = WarehouseFactory(code="MAIN"), WarehouseFactory()
    LocationFactory(warehouse=main, code="B-1", pick_sequence=2)
    LocationFactory(warehouse=main, code="A-1", pick_sequence=1, level=0)
    LocationFactory(warehouse=main, code="DOCK", kind=LocationKind.DOCK, pick_sequence=0)
    LocationFactory(warehouse=other, code="X-1")
    caller = a_person(main)

    answer = caller.get("/locations/labels", warehouse="MAIN", kind="storage")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    read = paper_reading.barcodes(answer.content)
    assert [codes[0].text for codes in read] == ["A-1", "B-1"]
    assert len(paper_reading.sizes(caller.get("/locations/labels", warehouse="MAIN").content)) == 3
    refused(caller.get("/locations/labels", warehouse=other.code), 409, "no_place_to_label")
    assert "warehouse" in refused(caller.get("/locations/labels"), 400, "malformed")


def test_no_place_and_too_many_are_refused(db, monkeypatch):
    main = WarehouseFactory(code="MAIN")
    caller = a_person(main)
    refused(caller.get("/locations/labels", warehouse="MAIN"), 409, "no_place_to_label")

    monkeypatch.setattr("apps.locations.queries.MOST_LABELS", 1)
    LocationFactory.create_batch(2, warehouse=main)
    assert refused(caller.get("/locations/labels", warehouse="MAIN"), 409, "too_many_labels") == {"most": 1}


def test_the_desk_prints_the_places_that_were_ticked(db, client):
    main = WarehouseFactory(code="MAIN")
    place = LocationFactory(warehouse=main, code="A-1")
    client.force_login(a_person(main, roles=["inventory manager"], is_staff=True).user)
    address = reverse("admin:locations_location_changelist")

    printed = client.post(address, {"action": "print_labels", "_selected_action": [place.pk]})

    assert printed["Content-Type"] == "application/pdf"
    assert paper_reading.barcodes(printed.content)[0][0].text == "A-1"
    virtual = main.locations.get(kind=LocationKind.SCRAP)
    told = client.post(address, {"action": "print_labels", "_selected_action": [virtual.pk]}, follow=True)
    assert "Virtual places have no label" in told.content.decode()


def test_the_desk_prints_no_more_at_once_than_the_api(db, client, monkeypatch):
    main = WarehouseFactory(code="MAIN")
    places = LocationFactory.create_batch(2, warehouse=main)
    client.force_login(a_person(main, roles=["inventory manager"], is_staff=True).user)
    monkeypatch.setattr("apps.locations.queries.MOST_LABELS", 1)

    told = client.post(
        reverse("admin:locations_location_changelist"),
        {"action": "print_labels", "_selected_action": [place.pk for place in places]},
        follow=True,
    )

    assert "More than 1 labels at once: ask for a zone or a kind of place at a time." in told.content.decode()
