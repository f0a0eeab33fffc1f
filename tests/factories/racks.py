"""Parallel aisles with measured bins, as walks are found by."""

from apps.locations.choices import LocationKind
from apps.locations.models import Aisle, Location, Zone
from tests.factories.locations import LocationFactory


def a_rack_zone(warehouse, *, aisles=3, bays=10, code="R", ways=(), pick_sequence=1, **more):
    """A zone of aisles 5 m apart with bays 1 m apart, its cross aisles 1 m before and behind; bins by aisle and bay.

    The walk begins at the front of the first aisle.
    """
    zone = Zone.objects.create(
        warehouse=warehouse,
        code=code,
        name=code,
        pick_sequence=pick_sequence,
        front_mm=0,
        back_mm=1000 * (bays + 1),
        depot=LocationFactory(warehouse=warehouse, code=f"{code}-DEPOT", kind=LocationKind.STAGING, x_mm=0, y_mm=0),
        **more,
    )
    bins: dict[tuple[int, int], Location] = {}
    for number in range(aisles):
        aisle = Aisle.objects.create(
            warehouse=warehouse, code=f"{code}{number + 1}", direction=ways[number] if ways else "both"
        )
        made = Location.objects.bulk_create(
            Location(
                warehouse=warehouse,
                zone=zone,
                aisle=aisle,
                code=f"{code}{number + 1}-{bay:02d}",
                kind=LocationKind.STORAGE,
                bay=bay,
                x_mm=5000 * number,
                y_mm=1000 * bay,
                pick_sequence=100 * (number + 1) + bay,
            )
            for bay in range(1, bays + 1)
        )
        bins |= {(number + 1, bay): place for bay, place in enumerate(made, start=1)}
    return zone, bins
