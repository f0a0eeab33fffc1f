"""What the audit trail says of recalls, who may decide about one, and who may read what names customers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.models import Lot
from apps.traceability.errors import NothingToRecall, ReachTooWide, RecallOver
from apps.traceability.models import RecallCase
from apps.traceability.queries import LotQuery, lots_asked_for
from apps.traceability.states import RecallState

MAY_RECALL = (Role.QUALITY, Role.ADMIN)
MAY_READ_RECALLS = (*MAY_RECALL, Role.AUDITOR)
"""Who may see the customers of a recall, with how to reach them."""
MAY_READ_TRACES = (*MAY_READ_RECALLS, Role.INVENTORY_MANAGER)
MOST_LOTS = 5_000
"""A case takes so many lots, those that were made from them included."""
MOST_TOLD = 50
"""So many lots the trail names; of more it says how many there were."""


def check_may_recall(by: Actor, act: str = "open or close recalls") -> None:
    """Refuse whoever is not charged with quality; a job may drill. Raises `NotAllowed`."""
    if not by.user.has_role(*MAY_RECALL):
        raise NotAllowed(who=by.user.get_username(), act=act)


def lock_open(recall_id: int) -> RecallCase:
    """The case, locked, while it is worked on. Raises `RecallOver`, `NotFound`."""
    case = RecallCase.objects.lock_one(recall_id)
    if case.state != RecallState.OPEN:
        raise RecallOver(recall=case.number, state=case.get_state_display().lower())
    return case


def note(verb: str, case: RecallCase, *, by: Actor, at: datetime, **detail: Any) -> None:
    """A decision about a case; its page and its report show who took it and when."""
    record(verb, kind="recall", number=case.number, by=by, at=at, **detail)


def note_recall_read(*, recall_id: int, what: str, by: Actor, at: datetime) -> RecallCase:
    """Record that somebody read who got recalled goods; it names customers of every site. Raises `NotAllowed`."""
    may_read_recalls(by)
    case = RecallCase.objects.get(pk=recall_id)
    note("read", case, by=by, at=at, what=what)
    return case


def may_read_recalls(by: Actor) -> None:
    """Refuse whoever is not charged with quality or audit. Raises `NotAllowed`."""
    if not by.user.has_role(*MAY_READ_RECALLS):
        raise NotAllowed(who=by.user.get_username(), act="read recalls")


def note_trace_read(*, lot_id: int, by: Actor, at: datetime) -> Lot:
    """Record that somebody read a trace: it names customers and quantities of every site."""
    may_read_traces(by)
    lot = Lot.objects.get(pk=lot_id)
    record("read trace", kind="lot", number=lot.number, by=by, at=at)
    return lot


def note_goods_traced(*, kind: str, number: str, by: Actor, at: datetime) -> None:
    """Record that somebody traced goods by a number, or asked what complaints share. Raises `NotAllowed`."""
    may_read_traces(by)
    record("read trace", kind=kind, number=number, by=by, at=at)


def may_read_traces(by: Actor) -> None:
    """Refuse whoever is not charged with quality or audit: a trace shows all warehouses. Raises `NotAllowed`."""
    if not by.user.has_role(*MAY_READ_TRACES):
        raise NotAllowed(who=by.user.get_username(), act="read traces")


def note_reach_read(*, lot_ids: Sequence[int], query: LotQuery, by: Actor, at: datetime) -> list[int]:
    """Record that somebody looked at what a recall would touch; the lots that fit, most of what a case takes.

    Raises `NothingToRecall`, `ReachTooWide`, `NotAllowed`.
    """
    may_read_recalls(by)
    found = list(dict.fromkeys([*lot_ids, *lots_asked_for(query, most=MOST_LOTS)]))
    if not found:
        raise NothingToRecall
    if len(found) > MOST_LOTS:
        raise ReachTooWide(lots=len(found), most=MOST_LOTS)
    numbers = Lot.objects.filter(pk__among=found[:MOST_TOLD]).order_by("pk").values_list("number", flat=True)
    record("preview reach", kind="recall", number="", by=by, at=at, lots=list(numbers), of=len(found))
    return found
