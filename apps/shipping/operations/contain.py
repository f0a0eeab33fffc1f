"""What may go into a tote or a carton with what is in it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from apps.catalog.models import Item
from apps.ledger.models import StockBalance
from apps.locations.models import Warehouse
from apps.overrides.operations import Occasion, carried_together
from apps.safety.queries import segregation_on, transport_rules_on
from apps.safety.rules import why_not_in_one
from apps.shipping.errors import HazardsInOneContainer
from apps.shipping.queries.hazards import hazards_among, hazards_of


def check_contained(
    items: Collection[int],
    *,
    beside: QuerySet[StockBalance],
    container: str,
    warehouse: Warehouse,
    occasion: Occasion,
) -> None:
    """Refuse to put items into a container, which is locked, with each other or with goods that are kept from them.

    By the law's table for one vehicle and the site's for one bin, whichever is stricter, on the warehouse's day. Asked
    where one of the items is dangerous; an override of what is not carried together lets them. Raises
    `HazardsInOneContainer`.
    """
    coming = sorted(hazards_of(Item.objects.filter(pk__in=items)), key=str)
    there = sorted(hazards_among(beside) - set(coming), key=str)
    if not coming or len(coming) + len(there) == 1:
        return
    day = warehouse.local_date(occasion.at)
    transport, storage = transport_rules_on(day), segregation_on(day)
    for place, first in enumerate(coming):
        for second in (*coming[place + 1 :], *there):
            because = why_not_in_one(first, second, transport=transport, storage=storage)
            if because and not carried_together(
                first=first, second=second, warehouse=warehouse, where=container, rule=because, occasion=occasion
            ):
                raise HazardsInOneContainer(container=container, first=str(first), second=str(second), because=because)
