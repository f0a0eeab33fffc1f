"""Bins as the rules see them: their limits, what stands in them and what open tasks bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet, Sum

from apps.catalog.models import Item
from apps.ledger.models import StockBalance
from apps.locations.models import Location
from apps.storage.models import PickFace
from apps.storage.rules import NOTHING, Bin, Load
from apps.tasks.models import WarehouseTask

CONTENT = ("item", "lot", "item__weight_g", "item__length_mm", "item__width_mm", "item__height_mm")


def bins_among(places: QuerySet[Location], *, without_task: int = 0) -> list[Bin]:
    """The places with their contents: four queries, however many places.

    What open tasks bring counts as there already, except the task `without_task`, which is being done.
    """
    found = list(places.select_related("storage_condition", "zone__storage_condition"))
    wanted = places.order_by().values("pk")
    contents: dict[int, dict[tuple[int, int | None], Decimal]] = defaultdict(dict)
    weights: dict[int, Decimal] = defaultdict(Decimal)
    volumes: dict[int, Decimal] = defaultdict(Decimal)
    standing = (
        StockBalance.objects.on_hand()
        .filter(location__in=wanted)
        .order_by()
        .values_list("location", *CONTENT)
        .annotate(total=Sum("on_hand"))
    )
    coming = (
        WarehouseTask.objects.open()
        .filter(target__in=wanted)
        .exclude(pk=without_task)
        .order_by()
        .values_list("target", *CONTENT)
        .annotate(total=Sum("quantity"))
    )
    for rows in (standing, coming):
        for place, item, lot, weight, length, width, height, total in rows:
            here = contents[place]
            here[item, lot] = here.get((item, lot), NOTHING) + total
            weights[place] += total * (weight or 0)
            volumes[place] += total * (length or 0) * (width or 0) * (height or 0)
    faces: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for place, item, maximum in PickFace.objects.filter(location__in=wanted).values_list("location", "item", "maximum"):
        faces[place][item] = maximum
    return [
        Bin(
            location_id=place.pk,
            code=place.code,
            kind=place.kind,
            walk=place.walking_place,
            max_units=place.max_units,
            max_weight_g=place.max_weight_g,
            max_volume_mm3=place.max_volume_mm3,
            mixes_items=place.mixes_items,
            mixes_lots=place.mixes_lots,
            offers=place.condition.range if place.condition is not None else None,
            faces=faces.get(place.pk, {}),
            contents=contents.get(place.pk, {}),
            weight_g=weights[place.pk],
            volume_mm3=volumes[place.pk],
        )
        for place in found
    ]


def bins_of_kinds(*, warehouse_id: int, kinds: Iterable[str], away_from: Iterable[int]) -> list[Bin]:
    """The bins in use of these kinds, without the places the goods come from."""
    places = Location.objects.filter(warehouse=warehouse_id, kind__in=list(kinds), is_active=True)
    return bins_among(places.exclude(pk__in=list(away_from)))


def load_of(item: Item, *, lot_id: int | None, status: str, quantity: Decimal) -> Load:
    """A quantity of an item as bins see it."""
    return Load(
        item_id=item.pk,
        lot_id=lot_id,
        status=status,
        quantity=quantity,
        scale=item.scale,
        weight_g=item.weight_g,
        volume_mm3=item.volume_mm3,
        needs=item.storage_condition.range if item.storage_condition is not None else None,
    )
