"""Storage labels: what is known of a zone or bin stands on it, with squares of hazard classes and a code."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.catalog.models import Category
from apps.core.paper.label import LABEL_50X25
from apps.locations.choices import LocationKind
from apps.locations.models import Zone
from apps.safety.choices import Apart
from apps.safety.errors import LabelTooFull
from apps.safety.models import FlammableLimit, HazardClass, SegregationRule, StorageCondition
from apps.storage.choices import Strength
from apps.storage.pdf import Said, StorageLabel, storage_labels
from tests.core import paper_reading
from tests.factories.api import a_person, refused
from tests.factories.areas import a_limit, an_area
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.storage import PutawayRuleFactory

pytestmark = pytest.mark.django_db


def said(content):
    """The words of each label."""
    return [" ".join(page.split()) for page in paper_reading.texts(content)]


@pytest.fixture
def flammables(racks):
    """A cool zone for class 3 with a limit, a cabinet in it, a zone for food, and a place of which nothing is said."""
    SegregationRule.objects.all().delete()
    FlammableLimit.objects.all().delete()
    three, five = (HazardClass.objects.get(code=code) for code in ("3", "5.1"))
    rule = {"source": "Site rule 7", "effective_on": date(2020, 1, 1)}
    SegregationRule.objects.create(first=five, second=three, apart=Apart.ZONE, metres=D("6.0"), **rule)
    cool = StorageCondition.objects.create(
        code="COOL", name="Cool", min_celsius=8, max_celsius=15, max_humidity=60, effective_on=date(2020, 1, 1)
    )
    site = racks.warehouse
    zone = Zone.objects.create(warehouse=site, code="FLAM", name="Flammables", storage_condition=cool)
    food = Zone.objects.create(warehouse=site, code="FOOD", name="Food")
    only = {"warehouse": site, "strength": Strength.ONLY}
    PutawayRuleFactory(code="R-3", zone=zone, hazard_class=three, source="Fire code 12", **only)
    PutawayRuleFactory(code="R-F", zone=food, category=Category.objects.create(code="FOOD", name="Food"), **only)
    PutawayRuleFactory(warehouse=site, code="R-A", location_kind=LocationKind.PICK_FACE, velocity="A")
    PutawayRuleFactory(warehouse=site, code="R-OLD", zone=zone, is_active=False)
    held = racks.bin("F-01", zone=zone, pick_sequence=1, max_weight_g=1_200_000, mixes_items=False)
    cabinet = racks.bin("F-02", LocationKind.PICK_FACE, zone=zone, pick_sequence=2, max_volume_mm3=250_000_000)
    racks.bin("X-01", pick_sequence=3)
    a_limit(an_area(site, code="FLOOR", zones=[zone], fire_area="2"), "1000", 1, 2)
    a_limit(an_area(site, code="CAB", places=[cabinet]), "227.125", 3, is_verified=True)
    return zone, held, cabinet


def test_what_is_known_of_a_bin_stands_on_its_label_and_its_code_is_scanned(racks, flammables):
    caller = a_person(racks.warehouse)

    answer = caller.get("/storage-labels/places", warehouse="MAIN", kind="storage")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert paper_reading.sizes(answer.content) == [(100, 150)] * 2
    assert [[read.text for read in page] for page in paper_reading.barcodes(answer.content)] == [["F-01"], ["X-01"]]
    held, nothing = said(answer.content)
    assert nothing == "MAIN · Storage (reserve) X-01 Nothing is said of what is kept here."
    for each in (
        "MAIN · Flammables · Storage (reserve) F-01",
        "Temperature Cool: 8 to 15 °C, at most 60 % relative humidity",
        f"Kept nowhere else Class {HazardClass.objects.get(code='3')}, rule R-3: Fire code 12",
        "Keep apart Class 3 and 5.1: not in one zone, 6 m apart (not verified)",
        "Flammable liquids: control area FLOOR, Area FLOOR, fire area 2 Categories 1 and 2: 1000 L at most in",
        "in all of it. Local code, edition 2021 (not verified)",
        "Holds At most 1,200 kg One item only",
        "Squares of classes after 49 CFR 172.400 to 172.446, from memory: compare before use.",
    ):
        assert each in held
    assert "R-OLD" not in held
    face = caller.get("/storage-labels/places", warehouse="MAIN", place="F-02", size="a5")
    assert paper_reading.sizes(face.content) == [(148, 210)]
    [told] = said(face.content)
    assert "Rather kept here Velocity A (in pick face places), rule R-A" in told
    assert (
        "control area CAB, Area CAB Category 3: 227.125 L at most in all of it. Local code, edition 2021 Holds" in told
    )
    assert "At most 250 L of goods" in told
    assert "FLOOR" not in told


def test_a_zone_has_a_sheet_with_its_squares_and_no_code_to_scan(racks, flammables):
    content = a_person(racks.warehouse).get("/storage-labels/zones", warehouse="MAIN").content

    flam, food = said(content)
    assert paper_reading.sizes(content) == [(210, 297)] * 2
    assert food == "MAIN · Food · zone FOOD Kept nowhere else Food, rule R-F"
    assert "MAIN · Flammables · zone FLAM 3 Squares of" in flam  # the 3 is that of the square
    assert "Class 3 and 5.1: not in one zone, 6 m apart (not verified)" in flam
    assert "control area FLOOR" in flam
    assert "Holds" not in flam
    assert paper_reading.barcodes(content, dpi=60) == [[], []]
    one = a_person(racks.warehouse).get("/storage-labels/zones", warehouse="MAIN", zone="FOOD", size="100x150")
    assert (said(one.content), paper_reading.sizes(one.content)) == ([food], [(100, 150)])


def test_many_labels_cost_as_many_statements_as_two(racks, flammables):
    zone, *_ = flammables
    caller = a_person(racks.warehouse)

    def statements():
        with CaptureQueriesContext(connection) as asked:
            assert caller.get("/storage-labels/places", warehouse="MAIN", zone="FLAM").status_code == 200
        return len(asked)

    few = statements()
    LocationFactory.create_batch(18, warehouse=racks.warehouse, zone=zone)
    assert statements() == few


def test_labels_are_of_ones_own_sites_and_of_places_that_are_there(racks, monkeypatch):
    other = WarehouseFactory(code="OTHER")
    caller = a_person(racks.warehouse)
    places, zones = "/storage-labels/places", "/storage-labels/zones"

    for path in (places, zones):
        refused(caller.get(path, warehouse=other.code), 404, "not_found")
        assert "warehouse" in refused(caller.get(path), 400, "malformed")
        refused(caller.get(path, warehouse="MAIN", zone="NONE"), 409, "no_place_to_label")
    refused(caller.get(places, warehouse="MAIN", kind=LocationKind.SCRAP.value), 409, "no_place_to_label")
    racks.bin("A-1")
    monkeypatch.setattr("apps.storage.queries.labels.MOST_LABELS", 1)
    assert refused(caller.get(places, warehouse="MAIN"), 409, "too_many_labels") == {"most": 1}


def test_a_label_says_all_of_it_or_is_not_printed():
    long = Said(title="Keep apart", lines=("Class 3 and 5.1: not in one zone",) * 20)
    squares = tuple(HazardClass.objects.values_list("code", flat=True))

    with pytest.raises(LabelTooFull) as refusal:
        storage_labels([StorageLabel(code="A-1", what="MAIN", classes=squares, said=(long,))], size=LABEL_50X25)
    assert refusal.value.item == "A-1"
    with pytest.raises(ValueError, match="no label"):
        storage_labels([])
    [told] = said(storage_labels([StorageLabel(code="A-1", what="MAIN", classes=("2.3", "8"), said=(long,))]))
    assert "compare before use. Not drawn here: 2.3." in told
    assert told.count("Class 3 and 5.1: not in one zone") == 20
