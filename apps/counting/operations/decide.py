"""Another than everybody who had a part in a count decides what is posted."""

from __future__ import annotations

from datetime import datetime

from apps.catalog.choices import ReasonKind
from apps.catalog.models import ReasonCode
from apps.core.errors import NotFound
from apps.counting.errors import BeyondTier, NotIndependent, OwnCount
from apps.counting.models import CycleCount
from apps.counting.operations.doubts import doubt_others
from apps.counting.operations.opening import check_may_decide
from apps.counting.operations.posting import post_variance
from apps.counting.operations.record import count_again
from apps.counting.queries.standing import approved_lately, tiers_of
from apps.counting.rules.approving import may_approve
from apps.counting.states import CountState
from apps.journal.actor import Actor
from apps.journal.operations import approve, record
from apps.tasks.operations import cancel_tasks


def approve_count(*, count_id: int, by: Actor, at: datetime, reason: str = "", reason_code: str = "") -> CycleCount:
    """Post the variance in one transaction, as it was at the count: what was moved since stays moved.

    Raises `NotAllowed`; `OwnCount` for whoever counted; `NotIndependent` for whoever asked for it or picked there
    last; `BeyondTier`. The ledger refuses a loss of goods that have left since or are reserved (`InsufficientStock`):
    let the picks go short or the orders be released first, or have it counted again. Then nothing has changed.
    """
    count = CycleCount.objects.lock_one(count_id)
    _check_may_judge(count, by, "approve")
    count.must_allow(CountState.APPROVED)
    _check_independent(count, by)
    _check_tier(count, by, at)
    reason = reason or _text_of(reason_code)
    counter_id = count.counted_by_id
    if counter_id is not None:  # a counted one has its counter
        approve(kind="cycle count", number=count.number, asked_by_id=counter_id, by=by, at=at, reason=reason)
    _note("approve", count, by, at, reason, reason_code=reason_code, value=str(count.value))
    count.transaction_id = post_variance(count, reason=reason, by=by, at=at)
    count.approved_by, count.decided_at, count.reason, count.reason_code = by.user, at, reason, reason_code
    doubt_others(count, at=at)
    return count.advance(CountState.APPROVED, "approved_by", "decided_at", "reason", "reason_code", "transaction")


def reject_count(*, count_id: int, by: Actor, at: datetime, reason: str = "", reason_code: str = "") -> CycleCount:
    """Not believed: another person counts again. Rejected a second time, the count ends and nothing is posted.

    Raises `NotAllowed`, and `OwnCount` for whoever counted.
    """
    count = CycleCount.objects.lock_one(count_id)
    _check_may_judge(count, by, "reject")
    count.must_allow(CountState.REJECTED)
    reason = reason or _text_of(reason_code)
    _note("reject", count, by, at, reason)
    count.reason, count.reason_code = reason, reason_code
    if count.first_counted_by_id is not None:
        count.decided_at = at
        return count.advance(CountState.REJECTED, "reason", "reason_code", "decided_at")
    count.save(update_fields=["reason", "reason_code"])
    return count_again(count, at)


def cancel_count(*, count_id: int, reason: str, by: Actor, at: datetime) -> CycleCount:
    """Give up a count that is not decided; its task leaves the queue. Raises `NotAllowed`."""
    count = CycleCount.objects.lock_one(count_id)
    check_may_decide(by, "cancel counts")
    count.must_allow(CountState.CANCELLED)
    cancel_tasks([count.task_id])
    _note("cancel", count, by, at, reason)
    count.reason, count.decided_at = reason, at
    return count.advance(CountState.CANCELLED, "reason", "decided_at")


def _check_may_judge(count: CycleCount, by: Actor, act: str) -> None:
    check_may_decide(by, f"{act} {count}")
    if by.user.pk in {count.counted_by_id, count.first_counted_by_id}:
        raise OwnCount(count=count.number, who=by.user.get_username())


def _check_independent(count: CycleCount, by: Actor) -> None:
    who = by.user.get_username()
    # What the plan asked for, no person chose.
    if count.asked_by_id == by.user.pk and count.day_id is None:
        raise NotIndependent(count=count.number, who=who, part="asked for it")
    if count.last_picked_by_id == by.user.pk:
        raise NotIndependent(count=count.number, who=who, part="picked there last")


def _check_tier(count: CycleCount, by: Actor, at: datetime) -> None:
    """Tiers are locked, so that two approvals of one person at once do not each forget the other."""
    tiers = tiers_of(by.user)
    if tiers is None:
        return
    so_far = approved_lately(by.user, at=at)
    if not may_approve(tiers, value=count.value, quantity=count.quantity, so_far=so_far):
        raise BeyondTier(
            count=count.number,
            who=by.user.get_username(),
            value=count.value,
            quantity=count.quantity,
            so_far=so_far,
        )


def _text_of(code: str) -> str:
    """Raises `NotFound` for a code that is not offered."""
    text = ReasonCode.objects.filter(kind=ReasonKind.COUNT, code=code, is_active=True).values_list("text", flat=True)
    found = text.first()
    if found is None:
        raise NotFound(kind="reason code", number=code)
    return found


def _note(verb: str, count: CycleCount, by: Actor, at: datetime, reason: str, **more: str) -> None:
    record(
        verb,
        kind="cycle count",
        number=count.number,
        by=by,
        at=at,
        warehouse_code=count.warehouse.code,
        reason=reason,
        location=count.location.code,
        **more,
    )
