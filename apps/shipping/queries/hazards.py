"""Which dangerous goods are in a container or on a vehicle: each kind once, however many lines name it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from apps.catalog.models import Item
from apps.catalog.models.item import ItemQuerySet
from apps.ledger.models import StockBalance
from apps.safety.queries import transport_rules_on
from apps.safety.rules import Hazard, Pair, Verdict, what_rides_together
from apps.shipping.models import Carton
from apps.shipping.queries.contents import Content


def hazards_of(items: ItemQuerySet) -> set[Hazard]:
    """What of these items is dangerous, as the rules of transport look at it. One query."""
    described = (
        items.hazardous()
        .select_related("hazard_class", "shipping_description__hazard_class")
        .only("number", "hazard_class", "shipping_description")
    )
    return {hazard for item in described if (hazard := item.hazard) is not None}


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


def hazards_in_cartons(cartons: Iterable[Carton]) -> set[Hazard]:
    """The dangerous goods in cartons that are here."""
    units = [carton.unit_id for carton in cartons]
    return hazards_among(StockBalance.objects.on_hand().filter(unit__among=units)) if units else set()


def kept_apart(cartons: Sequence[Carton], aboard: Collection[Carton], *, on: date) -> list[Pair]:
    """What on a vehicle rides only apart from what these cartons bring, or never with it, the strictest first.

    Of what was aboard before, nothing is told again: it was answered for when it was loaded. Three queries, however
    many lines there are; one where the cartons bring nothing dangerous.
    """
    new = hazards_in_cartons(cartons)
    if not new:
        return []
    there = hazards_in_cartons(aboard)
    return what_rides_together(
        sorted(new - there, key=str),
        transport_rules_on(on),
        beside=sorted(there, key=str),
        least=Verdict.SEPARATED,
    )
