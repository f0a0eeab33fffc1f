"""The database numbers places as they are walked, and by how they are built; nobody else does."""

from decimal import Decimal as D

import pytest
from django.db import connection

from apps.locations.models import Location, Zone
from apps.storage.queries import bins_among
from tests.factories.locations import LocationFactory, WarehouseFactory


def numbers(name):
    """A column that only the database knows, by the places' codes."""
    with connection.cursor() as cursor:
        cursor.execute(f"select code, {name} from locations_location where kind = 'storage'")  # noqa: S608 - our own
        return dict(cursor.fetchall())


@pytest.fixture
def site(db):
    return WarehouseFactory()


def test_each_place_knows_its_walking_place_whatever_is_changed_how(site):
    first, second = (
        Zone.objects.create(warehouse=site, code=code, name=code, pick_sequence=n) for n, code in enumerate("AB", 1)
    )
    LocationFactory(warehouse=site, code="LOOSE", pick_sequence=7)
    LocationFactory(warehouse=site, code="A-1", zone=first, pick_sequence=3)
    moved = LocationFactory(warehouse=site, code="B-1", zone=second, pick_sequence=5)
    Location.objects.bulk_create([Location(warehouse=site, code="B-2", kind="storage", zone=second, pick_sequence=9)])

    def as_the_model_says():
        return {place.code: place.walking_place for place in Location.objects.filter(kind="storage")}

    assert numbers("walk") == as_the_model_says()
    first.pick_sequence = 12
    first.save()
    moved.zone = None
    moved.save()
    Location.objects.filter(code="B-2").update(pick_sequence=4)

    assert numbers("walk") == as_the_model_says()
    assert numbers("walk")["A-1"] == 120_000_000_003


def test_places_of_one_build_have_one_number_and_others_have_others(site):
    zone = Zone.objects.create(warehouse=site, code="A", name="A")
    plain = {"max_units": D(10), "max_weight_g": D(1000), "max_volume_mm3": 5}
    others = (
        {"zone": zone},
        {"max_units": None},
        {"max_weight_g": D(999)},
        {"max_volume_mm3": None},
        {"mixes_items": False},
        {"mixes_lots": False},
        {"kind": "pick_face"},
    )
    same = [LocationFactory(warehouse=site, **plain) for _ in range(2)]
    different = [LocationFactory(warehouse=site, **(plain | more)) for more in others]

    with connection.cursor() as cursor:
        cursor.execute("select id, build from locations_location where warehouse_id = %s", [site.pk])
        builds = dict(cursor.fetchall())

    bins = {each.location_id: each.build for each in bins_among([place.pk for place in (*same, *different)])}
    assert builds[same[0].pk] == builds[same[1].pk]
    assert len({builds[place.pk] for place in (same[0], *different)}) == 1 + len(others)
    assert len(set(bins.values())) == 1 + len(others)
