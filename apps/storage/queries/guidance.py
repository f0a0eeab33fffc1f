"""The warehouse's own rules for goods, and how fast their items move there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from apps.catalog.queries import with_all_below
from apps.core.prepared import Prepared
from apps.core.querysets import Keys
from apps.storage.choices import Strength
from apps.storage.models import ItemVelocity, PutawayRule
from apps.storage.rules import Load, PlaceRule, with_rules


def guide_for(item_ids: Collection[int], *, warehouse_id: int) -> Callable[[Load], Load]:
    """What tells a load of one of these items the rules that are about it and how fast its item moves.

    Two queries, and one more where rules name categories.
    """
    rules = place_rules(warehouse_id)
    rows = ItemVelocity.objects.filter(warehouse=warehouse_id, item__among=Keys(item_ids))
    velocities = dict(rows.values_list("item", "velocity"))

    def told(load: Load) -> Load:
        velocity = velocities.get(load.item_id, "")
        return with_rules(load if velocity == load.velocity else replace(load, velocity=velocity), rules)

    return told


_RULES: Prepared[PutawayRule] = Prepared(
    lambda warehouse: PutawayRule.objects.in_use().filter(warehouse=warehouse).select_related("zone", "hazard_class"),
    int,
)


def place_rules(warehouse_id: int) -> list[PlaceRule]:
    """The rules that are followed in a warehouse."""
    rows = _RULES.rows(warehouse_id)
    below = with_all_below({row.category_id for row in rows if row.category_id is not None})
    return [
        PlaceRule(
            code=row.code,
            name=row.name,
            priority=row.priority,
            only=row.strength == Strength.ONLY,
            points=row.points,
            item=row.item_id,
            categories=below.get(row.category_id or 0, frozenset()),
            hazard=row.hazard_class.code if row.hazard_class is not None else "",
            condition=row.storage_condition_id,
            status=row.status,
            comes_on=row.comes_on,
            velocity=row.velocity,
            zone_id=row.zone_id,
            zone=row.zone.code if row.zone is not None else "",
            kind=row.location_kind,
            kind_label=row.get_location_kind_display(),
        )
        for row in rows
    ]
