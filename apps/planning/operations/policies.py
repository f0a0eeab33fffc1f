"""Minimum and target of the policies that follow a service level, from forecast and lead time; each morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from simple_history.utils import bulk_update_with_history

from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Warehouse
from apps.planning.models import StockingPolicy
from apps.planning.operations.reorder import check_may_plan
from apps.planning.queries import bases_for
from apps.planning.states import PolicyMethod


def reckon_policies(
    *, warehouse_id: int, by: Actor, at: datetime, policy_ids: Sequence[int] | None = None
) -> list[StockingPolicy]:
    """Reckon the policies in force that follow a service level, all or those named; the ones whose figures changed.

    Where something is missing (a forecast, a supplier's lead time) or the item is ordered no more, the figures stay and
    the policy says why. A second call on a day changes nothing. Raises `NotAllowed`.
    """
    check_may_plan(by, "have policies reckoned")
    site = Warehouse.objects.lock_one(warehouse_id)
    mine = StockingPolicy.objects.filter(warehouse=site, is_active=True, method=PolicyMethod.SERVICE)
    rows = mine.select_related("warehouse", "item__unit").lock(policy_ids)
    today = site.local_date(at)
    told: list[StockingPolicy] = []
    changed: list[StockingPolicy] = []
    for basis in bases_for(rows, at):
        policy = basis.policy
        before = policy.minimum, policy.target
        found = basis.at_level(policy.service_percent) if policy.service_percent is not None else None
        if found is not None:
            policy.minimum, policy.target, policy.reasons = found.minimum, found.target, list(found.reasons)
            policy.reckoned_on = today
        else:
            policy.reasons = [{"rule": "not reckoned", "because": basis.missing}]
        (changed if (policy.minimum, policy.target) != before else told).append(policy)
    fields = ["minimum", "target", "reasons", "reckoned_on"]
    # Only what changed gets a line of history: most mornings nothing does.
    bulk_update_with_history(changed, StockingPolicy, fields, default_user=by.user, default_date=at)
    StockingPolicy.objects.bulk_update(told, fields)
    record(
        "reckoned",
        kind="stocking policies",
        number=site.code,
        by=by,
        at=at,
        warehouse_code=site.code,
        policies=len(told) + len(changed),
        changed=len(changed),
    )
    return changed
