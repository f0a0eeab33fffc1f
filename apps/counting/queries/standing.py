"""What counts are judged by: costs, classes, tolerances, tiers, and who was at the place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Sum

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.counting.models import ApprovalTier, CountTolerance, CycleCount
from apps.counting.rules.approving import Tier, Tolerance
from apps.ledger.models import StockMove
from apps.ledger.states import TransactionKind
from apps.storage.models import ItemVelocity

ROLLING = timedelta(days=30)
COSTS = """
select item.id, cost.unit_cost from unnest(%(items)s::bigint[]) item(id)
join lateral (
    select move.unit_cost from ledger_stockmove move
    where move.item_id = item.id and move.unit_cost is not null order by move.recorded_at desc, move.id desc limit 1
) cost on true
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerances:
    """What may differ at a site, by class of the item there."""

    of_class: Mapping[str, Tolerance]
    classes: Mapping[int, str]

    @property
    def given(self) -> bool:
        """Whether the site has said anything."""
        return bool(self.of_class)

    def of(self, item_id: int) -> Tolerance | None:
        """That of the item's class, else that of any other."""
        return self.of_class.get(self.classes.get(item_id, "")) or self.of_class.get("")


def tolerances(warehouse_id: int, item_ids: Collection[int]) -> Tolerances:
    """The site's, with the classes of these items there."""
    of_class = {
        row.abc_class: Tolerance(percent=row.percent, value=row.value)
        for row in CountTolerance.objects.filter(warehouse=warehouse_id)
    }
    if not of_class:
        return Tolerances(of_class={}, classes={})
    rows = ItemVelocity.objects.filter(warehouse=warehouse_id, item__in=item_ids)
    return Tolerances(of_class=of_class, classes=dict(rows.values_list("item", "velocity")))


def latest_costs(item_ids: Collection[int]) -> dict[int, Decimal]:
    """What each item cost when it last came in; one that never had a cost is left out."""
    if not item_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(COSTS, {"items": list(item_ids)})
        return dict(cursor.fetchall())


def last_picker(location_id: int, *, before: datetime) -> int | None:
    """Who took goods for an order out of the place last, by then; within a month, as what is older says nothing."""
    picks = StockMove.objects.filter(
        source=location_id,
        transaction__kind=TransactionKind.PICK,
        recorded_at__lte=before,
        recorded_at__gt=before - ROLLING,
    )
    return picks.order_by("-pk").values_list("transaction__by", flat=True).first()


def tiers_of(user: User) -> list[Tier] | None:
    """What the person's roles may approve, locked until it is decided; None where nobody's tiers were ever said."""
    rows = ApprovalTier.objects.lock()
    if not rows:
        return None
    return [
        Tier(value=row.most_value, quantity=row.most_quantity, in_30_days=row.most_in_30_days)
        for row in rows
        if user.has_role(Role(row.role))
    ]


def approved_lately(user: User, *, at: datetime) -> Decimal:
    """What all that the person approved in the last 30 days is worth."""
    rows = CycleCount.objects.filter(approved_by=user, decided_at__gt=at - ROLLING)
    return rows.aggregate(total=Sum("value"))["total"] or Decimal(0)
