"""Which dangerous goods are in a container or on a vehicle: each kind once, however many lines name it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from apps.catalog.models import Item
from apps.catalog.models.item import ItemQuerySet
from apps.ledger.models import StockBalance
from apps.safety.errors import NothingDangerous
from apps.safety.pdf import TransportLabel, labels_of
from apps.safety.queries import transport_rules_on
from apps.safety.rules import Hazard, Pair, Verdict, what_rides_together
from apps.shipping.models import Carton
from apps.shipping.queries.contents import Content, contents_of


def hazards_of(items: ItemQuerySet) -> set[Hazard]:
    """What of these items is dangerous, as the rules of transport look at it. One query."""
    return _kinds(_described(items))


def _described(items: ItemQuerySet) -> QuerySet[Item]:
    return (
        items.hazardous()
        .select_related("hazard_class", "shipping_description__hazard_class", "container_label")
        .only("number", "hazard_class", "shipping_description", "container_label__identifier")
    )


def _kinds(items: Iterable[Item]) -> set[Hazard]:
    return {hazard for item in items if (hazard := item.hazard) is not None}


def hazards_among(goods: QuerySet[StockBalance]) -> set[Hazard]:
    """The dangerous goods of this stock."""
    return hazards_of(Item.objects.filter(pk__in=goods.order_by().values("item")))


def hazards_in(contents: Mapping[int, Sequence[Content]]) -> list[Hazard]:
    """The dangerous goods in cartons, each once, carton by carton."""
    found: dict[Hazard, None] = {}
    for pk in sorted(contents):
        hazards = (row.item.hazard for row in contents[pk])
        found |= dict.fromkeys(sorted((hazard for hazard in hazards if hazard is not None), key=str))
    return list(found)


def transport_labels_of(carton: Carton) -> list[TransportLabel]:
    """What a carton bears on the road. Raises `NothingDangerous`, `NoTransportLabel`."""
    hazards = hazards_in(contents_of([carton]))
    if not hazards:
        raise NothingDangerous(container=carton.unit.number)
    return labels_of(hazards, carton=carton.unit.number)


def hazardous_in_cartons(cartons: Iterable[Carton]) -> list[Item]:
    """The dangerous items in cartons that are here, with their container labels. One query."""
    units = [carton.unit_id for carton in cartons]
    if not units:
        return []
    goods = StockBalance.objects.on_hand().filter(unit__among=units)
    return list(_described(Item.objects.filter(pk__in=goods.order_by().values("item"))))


def kept_apart(new_items: Collection[Item], aboard: Collection[Carton], *, on: date) -> list[Pair]:
    """What on a vehicle rides only apart from these dangerous items, or never with them, the strictest first.

    Of what was aboard before, nothing is told again: it was answered for when it was loaded. Two queries, however
    many lines there are; none where nothing dangerous is brought.
    """
    if not new_items:
        return []
    new = _kinds(new_items)
    there = _kinds(hazardous_in_cartons(aboard))
    return what_rides_together(
        sorted(new - there, key=str),
        transport_rules_on(on),
        beside=sorted(there, key=str),
        least=Verdict.SEPARATED,
    )
