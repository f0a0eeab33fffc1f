"""An odd adjustment that somebody has looked at and found to be none is told no more."""

from __future__ import annotations

from datetime import datetime

from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.models import StockTransaction
from apps.locations.models import Warehouse
from apps.losses.errors import AlreadyDismissed
from apps.losses.models import OddDismissal
from apps.losses.operations.cases import MAY_INVESTIGATE
from apps.losses.states import Oddity


def dismiss_odd(*, posting_id: int, kind: Oddity, reason: str, by: Actor, at: datetime) -> OddDismissal:
    """Say why a posting is not odd in one way; it counts against the rule's precision.

    Nobody dismisses their own posting. Raises `NotAllowed`, `AlreadyDismissed`.
    """
    posting = StockTransaction.objects.select_related("warehouse").get(pk=posting_id)
    # Postings are never changed, and so never locked: two who dismiss at a site take turns.
    Warehouse.objects.lock_one(posting.warehouse_id)
    if not by.user.has_role(*MAY_INVESTIGATE) or posting.by_id == by.user.pk:
        raise NotAllowed(who=by.user.get_username(), act="dismiss this odd adjustment")
    if OddDismissal.objects.filter(posting=posting, kind=kind).exists():
        raise AlreadyDismissed(posting=str(posting.pk))
    record(
        "dismiss",
        kind="odd adjustment",
        number=str(posting.pk),
        by=by,
        at=at,
        warehouse_code=posting.warehouse.code,
        oddity=kind,
        reason=reason,
    )
    return OddDismissal.objects.create(posting=posting, kind=kind, reason=reason, dismissed_by=by.user, dismissed_at=at)
