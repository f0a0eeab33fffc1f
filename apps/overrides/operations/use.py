"""Going past a rule: asked only where the rule has refused, so that goods that no rule binds cost nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from apps.journal.actor import Actor
from apps.locations.models import Location, Warehouse
from apps.overrides.models import HazardOverride, OverrideUse
from apps.overrides.states import OverrideOf
from apps.safety.rules import Hazard

LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who brings goods, when, with which work."""

    by: Actor
    at: datetime
    document: str


def go_past(
    of: OverrideOf,
    *,
    item_id: int,
    place: Location,
    quantity: Decimal,
    rule: str,
    occasion: Occasion,
    other_class: str = "",
) -> bool:
    """Whether an override lets so much of an item (base units) go past a rule at a place; then the use is recorded.

    `other_class` is the hazard that it comes near to, of goods that are stored apart. The override stays locked, so
    that two who bring goods under one do not go beyond what it allows in all.
    """
    here = Q(location=place.pk) if place.zone_id is None else Q(location=place.pk) | Q(zone=place.zone_id)
    near = Q(other_class__code=other_class) if other_class else Q(other_class=None)
    day = place.warehouse.local_date(occasion.at)
    rows = HazardOverride.objects.in_force(day).filter(here, near, of=of, warehouse=place.warehouse_id, item=item_id)
    for override in rows.lock():
        if override.most is None or override.used + quantity <= override.most:
            _use(override, occasion, where=place.code, quantity=quantity, rule=rule)
            return True
    return False


def carried_together(
    *, first: Hazard, second: Hazard, warehouse: Warehouse, where: str, rule: str, occasion: Occasion
) -> HazardOverride | None:
    """The override by which two dangerous goods share a vehicle or a container, used; None when there is none.

    It is one for goods like either of them that may come near a hazard of the other.
    """
    day = warehouse.local_date(occasion.at)
    rows = HazardOverride.objects.in_force(day).filter(of=OverrideOf.CARRIED, warehouse=warehouse)
    rows = rows.select_related("other_class", "item__hazard_class", "item__shipping_description__hazard_class")
    for override in rows.order_by("pk"):
        other = second if override.item.hazard == first else first if override.item.hazard == second else None
        if other is not None and override.other_class is not None and override.other_class.code in other.classes:
            _use(override, occasion, where=where, quantity=None, rule=rule)
            return override
    return None


def _use(override: HazardOverride, occasion: Occasion, *, where: str, quantity: Decimal | None, rule: str) -> None:
    OverrideUse.objects.create(
        override=override,
        used_at=occasion.at,
        used_by=occasion.by.user,
        document=occasion.document,
        where=where,
        quantity=quantity,
        rule=rule[:LONGEST],
    )
