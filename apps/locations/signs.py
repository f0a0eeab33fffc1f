"""What the signs of aisles and doors say, from where the places stand and what trucks the doors take."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Max, Min, QuerySet

from apps.locations.choices import AisleDirection, DoorUse
from apps.locations.errors import NoPlaceToLabel
from apps.locations.models import Aisle, Location
from apps.locations.models.place import LocationQuerySet
from apps.locations.pdf import AisleSign, DockSign

NUMBER = re.compile(r"\d+$")


def aisle_signs_of(places: QuerySet[Location]) -> list[AisleSign]:
    """A sign for each end of the aisles that these places stand in, as far as they reach. Raises `NoPlaceToLabel`.

    An aisle of one bay, or without bays, has one end. Places out of use have no sign. Two queries.
    """
    rows = (
        places.filter(aisle__isnull=False, is_active=True)
        .order_by()
        .values("aisle", "zone__name")
        .annotate(low=Min("bay"), high=Max("bay"))
    )
    zones: dict[int, set[str]] = defaultdict(set)
    bays: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        zones[row["aisle"]] |= {row["zone__name"]} - {None}
        bays[row["aisle"]] += [bay for bay in (row["low"], row["high"]) if bay is not None]
    shown = Aisle.objects.filter(pk__in=zones).select_related("warehouse")
    signs = [sign for aisle in shown for sign in _ends(aisle, ", ".join(sorted(zones[aisle.pk])), bays[aisle.pk])]
    if not signs:
        raise NoPlaceToLabel
    return signs


def _ends(aisle: Aisle, zones: str, bays: Iterable[int]) -> Iterator[AisleSign]:
    low, high = min(bays, default=None), max(bays, default=None)
    way = aisle.direction
    ends = [(low, high, way != AisleDirection.DOWN)]
    if low != high:
        ends.append((high, low, way != AisleDirection.UP))
    for near, far, may_enter in ends:
        yield AisleSign(
            code=aisle.code,
            warehouse=aisle.warehouse.code,
            zones=zones,
            near=near,
            far=far,
            # Of what has one end nobody knows which way is wrong.
            may_enter=may_enter or low == high,
            is_one_way=way != AisleDirection.BOTH,
        )


def dock_signs_of(places: LocationQuerySet) -> list[DockSign]:
    """A sign for each of these places at which trucks stand; two queries. Raises `NoPlaceToLabel`.

    Large is the number at the end of its code where no other door of the site ends in the same, else the whole code.
    """
    doors = list(places.doors().select_related("warehouse").order_by("warehouse", "code"))
    if not doors:
        raise NoPlaceToLabel
    all_doors = Location.objects.filter(warehouse__in={door.warehouse_id for door in doors}).doors()
    numbers = Counter((site, _number(code)) for site, code in all_doors.values_list("warehouse", "code"))
    return [
        DockSign(
            code=door.code,
            large=number if number and numbers[door.warehouse_id, number] == 1 else door.code,
            warehouse=door.warehouse.code,
            kind=door.get_kind_display(),
            use=door.get_door_use_display(),
            goes_in=door.door_use in {DoorUse.BOTH, DoorUse.INBOUND},
            goes_out=door.door_use in {DoorUse.BOTH, DoorUse.OUTBOUND},
        )
        for door in doors
        for number in (_number(door.code),)
    ]


def _number(code: str) -> str:
    found = NUMBER.search(code)
    return found.group() if found is not None else ""
