"""Signs of aisles and doors: what they say, that doors are scanned by them, and only for places one may see."""

import pytest
from django.urls import reverse

from apps.locations.choices import AisleDirection, DoorUse, LocationKind
from apps.locations.models import Aisle, Zone
from apps.locations.pdf import aisle_signs, dock_signs
from tests.core import paper_reading
from tests.factories.api import a_person, refused
from tests.factories.locations import LocationFactory, WarehouseFactory

pytestmark = pytest.mark.django_db


def said(content):
    """The words of each sheet, from left to right and down."""
    return [" ".join(page.split()) for page in paper_reading.texts(content)]


@pytest.fixture
def main():
    """A site of two zones: aisle A is walked both ways, B only up, C has one bay, D none, E nothing in use."""
    site = WarehouseFactory(code="MAIN")
    ambient, chilled = (Zone.objects.create(warehouse=site, code=name.upper(), name=name) for name in ("Dry", "Chill"))
    for code, way, bays, zones in (
        ("A", AisleDirection.BOTH, (3, 1, 12), (ambient, chilled, ambient)),
        ("B", AisleDirection.UP, (1, 8), (chilled, chilled)),
        ("C", AisleDirection.DOWN, (5, 5), (ambient, ambient)),
        ("D", AisleDirection.BOTH, (None,), (None,)),
    ):
        aisle = Aisle.objects.create(warehouse=site, code=code, direction=way)
        for bay, zone in zip(bays, zones, strict=True):
            LocationFactory(warehouse=site, aisle=aisle, bay=bay, zone=zone)
    gone = Aisle.objects.create(warehouse=site, code="E")
    LocationFactory(warehouse=site, aisle=gone, bay=1, is_active=False)
    return site


def test_an_aisle_has_a_sheet_for_each_end_and_none_to_scan(main):
    caller = a_person(main)

    answer = caller.get("/aisle-signs", warehouse="MAIN")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert said(answer.content) == [
        "MAIN · Chill, Dry 1 A 12 Bays",
        "MAIN · Chill, Dry 12 A 1 Bays",
        "MAIN · Chill 1 B 8 Bays, one way",
        "MAIN · Chill NO ENTRY · one way B",
        "MAIN · Dry C Bay 5",
        "MAIN D",
    ]
    assert paper_reading.sizes(answer.content) == [(297.0, 210.0)] * 6
    assert paper_reading.barcodes(answer.content, dpi=60) == [[]] * 6
    of_zone = caller.get("/aisle-signs", warehouse="MAIN", zone="CHILL", size="a3").content
    assert said(of_zone)[0] == "MAIN · Chill A Bay 1"
    assert paper_reading.sizes(of_zone) == [(420.0, 297.0)] * 3


def test_a_door_is_scanned_by_its_sign_and_large_is_what_tells_it_from_others(main):
    for code, kind, use in (
        ("DOCK-04", LocationKind.DOCK, DoorUse.BOTH),
        ("DOCK-05", LocationKind.DOCK, DoorUse.OUTBOUND),
        ("STAGE-05", LocationKind.STAGING, DoorUse.INBOUND),
        ("TOR-Süd", LocationKind.DOCK, DoorUse.INBOUND),
    ):
        LocationFactory(warehouse=main, code=code, kind=kind, door_use=use)
    LocationFactory(warehouse=main, code="DOCK-9", kind=LocationKind.DOCK, is_active=False)
    caller = a_person(main)

    content = caller.get("/dock-signs", warehouse="MAIN", size="a5").content

    assert said(content) == [
        "MAIN · Dock door · In and out 04 DOCK-04",
        "MAIN · Dock door · Only out DOCK-05",
        "MAIN · Staging · Only in STAGE-05",
        "MAIN · Dock door · Only in TOR-Süd",
    ]
    codes = [[read.text for read in page] for page in paper_reading.barcodes(content, dpi=100)]
    assert codes == [["DOCK-04"], ["DOCK-05"], ["STAGE-05"], ["TOR-Süd"]]
    assert paper_reading.sizes(content) == [(210.0, 148.0)] * 4
    both, goes_out, comes_in, _ = paper_reading.images(content, dpi=254)  # ten dots a millimetre
    # Beside the shaft a head is dark at its own end alone: out points up and stands first, in points down.
    heads = [
        [paper_reading.is_dark(image, 1710, 10 * y) for y in rows]
        for image, rows in ((both, (37, 47, 75, 86)), (goes_out, (62, 73)), (comes_in, (62, 73)))
    ]
    assert heads == [[True, False, False, True], [True, False], [False, True]]


def test_signs_are_of_ones_own_sites_and_of_places_that_are_there(main):
    other = WarehouseFactory(code="OTHER")
    caller = a_person(main)

    for path in ("/aisle-signs", "/dock-signs"):
        refused(caller.get(path, warehouse=other.code), 404, "not_found")
        assert "warehouse" in refused(caller.get(path), 400, "malformed")
        assert "size" in refused(caller.get(path, warehouse="MAIN", size="a9"), 400, "malformed")
        refused(caller.get(path, warehouse="MAIN", zone="NONE"), 409, "no_place_to_label")
    refused(a_person(other).get("/aisle-signs", warehouse="OTHER"), 409, "no_place_to_label")
    for draw in (aisle_signs, dock_signs):
        with pytest.raises(ValueError, match="no sign"):
            draw([])


def test_the_desk_prints_the_aisles_and_doors_that_were_ticked(main, client):
    door = LocationFactory(warehouse=main, code="DOCK-1", kind=LocationKind.DOCK)
    client.force_login(a_person(main, roles=["inventory manager"], is_staff=True).user)

    def ticked(kind, action, *rows):
        address = reverse(f"admin:locations_{kind}_changelist")
        return client.post(address, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)

    aisles = {aisle.code: aisle for aisle in main.aisles.all()}
    printed = said(ticked("aisle", "print_signs", aisles["B"], aisles["C"]).content)
    assert [{"B", "C"} & {*page.split()} for page in printed] == [{"B"}, {"B"}, {"C"}]
    assert "no sign" in ticked("aisle", "print_signs", aisles["E"]).content.decode()
    bin_ = main.locations.filter(kind=LocationKind.STORAGE).first()
    printed = ticked("location", "print_dock_signs", bin_, door)
    assert said(printed.content) == ["MAIN · Dock door · In and out 1 DOCK-1"]
    assert "None of them is a dock door" in ticked("location", "print_dock_signs", bin_).content.decode()
