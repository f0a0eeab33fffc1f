"""What people decide about stock that has been posted: freeze a lot, free it, undo a posting. Each leaves a trail."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.errors import BelongsToDocument
from apps.ledger.models import Hold, Lot, StockTransaction
from apps.ledger.operations.freeze import hold_lots, release_holds
from apps.ledger.operations.post import reverse
from apps.ledger.states import HoldReason, TransactionKind

MAY_FREEZE = (Role.QUALITY, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.SAFETY, Role.ADMIN)
MAY_FREE = (Role.QUALITY, Role.ADMIN)
MAY_UNDO = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)


def freeze_lot(*, lot_id: int, reason: HoldReason, note: str, by: Actor, at: datetime) -> Hold:
    """Hold a lot in every warehouse at once; anyone who answers for goods may, since a wrong hold is soon ended.

    Raises `NotAllowed`, `NotFound`.
    """
    _check_role(by, MAY_FREEZE, "hold a lot")
    lot = Lot.objects.select_related("item").filter(pk=lot_id).first()
    if lot is None:
        raise NotFound(kind="lot", number=str(lot_id))
    (hold_id,) = hold_lots([lot_id], reason=reason, by=by, note=note)
    record("hold", kind="lot", number=lot.number, by=by, at=at, item=lot.item.number, reason=reason, note=note)
    return Hold.objects.select_related("lot__item", "opened_by", "closed_by").get(pk=hold_id)


def free_lot(*, hold_id: int, note: str, by: Actor, at: datetime) -> Hold:
    """End a hold; only quality may, and a hold that a document asked for ends with the document.

    Raises `NotAllowed`, `NotFound`, `BelongsToDocument`, `HoldEnded`, `LabelMissing`.
    """
    _check_role(by, MAY_FREE, "release a hold")
    rows = Hold.objects.select_related("lot__item", "opened_by", "closed_by")
    hold = rows.filter(pk=hold_id).first()
    if hold is None:
        raise NotFound(kind="hold", number=str(hold_id))
    if hold.source:
        raise BelongsToDocument(what="hold", document=hold.source)
    release_holds([hold_id], by=by, at=at, note=note)
    record("release", kind="lot", number=hold.lot.number, by=by, at=at, item=hold.lot.item.number, note=note)
    return rows.get(pk=hold_id)


def undo_posting(*, transaction_id: int, reason: str, by: Actor, at: datetime) -> StockTransaction:
    """Correct a posting by its mirror, when no document counts on it.

    Raises `NotAllowed`, `NotFound`, `BelongsToDocument`, `NotReversible`, and what `reverse` raises.
    """
    _check_role(by, MAY_UNDO, "reverse a posting")
    rows = StockTransaction.objects.select_related("warehouse", "by", "device", "reversed_by")
    posting = rows.for_user(by.user).filter(pk=transaction_id).first()
    if posting is None:
        raise NotFound(kind="posting", number=str(transaction_id))
    if posting.kind != TransactionKind.REVERSAL and not posting.is_undone_alone:
        raise BelongsToDocument(what=posting.get_kind_display(), document=posting.document)
    reversal_id = reverse(transaction_id, by=by, at=at, reason=reason)
    record(
        "reverse",
        kind="posting",
        number=str(transaction_id),
        by=by,
        at=at,
        warehouse_code=posting.warehouse.code,
        reason=reason,
        reversal=reversal_id,
    )
    return rows.get(pk=reversal_id)


def _check_role(by: Actor, roles: tuple[Role, ...], act: str) -> None:
    if not by.user.has_role(*roles):
        raise NotAllowed(who=by.user.get_username(), act=act)
