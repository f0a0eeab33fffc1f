"""What the sending site decides about a transfer: it goes, it does not, or nothing more of it goes."""

from __future__ import annotations

from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import approve
from apps.locations.operations import prepare_own_site
from apps.locations.queries import days_between
from apps.orders.models import SalesOrder
from apps.orders.operations import OrderLine, cancel_sales_order, confirm_sales_order, raise_site_order
from apps.orders.states import SALES_ORDER_FLOW
from apps.transfers.errors import AlreadyDispatched, OwnTransfer
from apps.transfers.models import Transfer
from apps.transfers.operations.trail import MAY_ASK, MAY_DECIDE, check_role, check_works_at, note
from apps.transfers.queries import is_on_the_road, was_dispatched
from apps.transfers.states import TransferState


def approve_transfer(*, transfer_id: int, by: Actor, at: datetime, reason: str = "") -> Transfer:
    """Let the goods go: an order of our own site is raised and promised, and leaves the sender as any order does.

    It is to leave so many days before it is needed as goods travel. Raises `NotAllowed`, `OwnTransfer` for whoever
    drafted or requested it, `IllegalTransition`.
    """
    transfer = _locked(transfer_id)
    _check_sender(transfer, by, f"approve {transfer}")
    if by.user.pk in {transfer.drafted_by_id, transfer.requested_by_id}:
        raise OwnTransfer(transfer=transfer.number, who=by.user.get_username())
    transfer.must_allow(TransferState.APPROVED)
    site = prepare_own_site(warehouse_id=transfer.destination_id, by=by, at=at)
    order = raise_site_order(
        warehouse_id=transfer.origin_id,
        site=site,
        reference=transfer.number,
        lines=[OrderLine(item_id=line.item_id, quantity=line.quantity) for line in transfer.lines.all()],
        due_on=transfer.needed_on - days_between(transfer.origin, transfer.destination),
        by=by,
        at=at,
    )
    transfer.order = confirm_sales_order(order_id=order.pk, by=by, at=at)
    approve(kind="transfer", number=transfer.number, asked_by_id=transfer.requested_by_id, by=by, at=at, reason=reason)
    note("approve", transfer, by=by, at=at, order=order.number, reason=reason)
    return _decided(transfer, TransferState.APPROVED, by, at, reason, "order")


def reject_transfer(*, transfer_id: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """The goods stay where they are. Raises `NotAllowed`, `IllegalTransition`."""
    transfer = _locked(transfer_id)
    _check_sender(transfer, by, f"reject {transfer}")
    transfer.must_allow(TransferState.REJECTED)
    note("reject", transfer, by=by, at=at, reason=reason)
    return _decided(transfer, TransferState.REJECTED, by, at, reason)


def cancel_transfer(*, transfer_id: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """Give a transfer up before anything of it has left; stock and tasks follow, as of any order.

    Raises `NotAllowed`, `AlreadyDispatched`, `IllegalTransition`, and what cancelling an order raises.
    """
    transfer = _locked(transfer_id)
    roles = MAY_DECIDE if transfer.order_id is not None else MAY_ASK
    check_role(by, roles, f"cancel {transfer}")
    check_works_at(by, (transfer.origin_id, transfer.destination_id), f"cancel {transfer}")
    transfer.must_allow(TransferState.CANCELLED)
    if was_dispatched(transfer):
        raise AlreadyDispatched(transfer=transfer.number)
    _end_order(transfer, reason, by, at)
    note("cancel", transfer, by=by, at=at, reason=reason)
    if transfer.order_id is None:
        transfer.decision = reason
        return transfer.advance(TransferState.CANCELLED, "decision")
    return _decided(transfer, TransferState.CANCELLED, by, at, reason)


def end_transfer(*, transfer_id: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """Nothing more of it is sent; when nothing is on the road either, it is closed.

    Raises `NotAllowed`, `IllegalTransition` for one of which nothing has left, and what cancelling an order raises.
    """
    transfer = _locked(transfer_id)
    _check_sender(transfer, by, f"end {transfer}")
    transfer.must_allow(TransferState.CLOSED)
    if not was_dispatched(transfer):
        return cancel_transfer(transfer_id=transfer_id, reason=reason, by=by, at=at)
    _end_order(transfer, reason, by, at)
    note("end", transfer, by=by, at=at, reason=reason)
    return close_if_done(transfer, at)


def close_if_done(transfer: Transfer, at: datetime) -> Transfer:
    """A locked transfer is closed when its order owes nothing and nothing of it is on the road."""
    order = transfer.order
    if order is None or not SALES_ORDER_FLOW.is_final(order.state) or is_on_the_road(transfer):
        return transfer
    transfer.closed_at = at
    return transfer.advance(TransferState.CLOSED, "closed_at")


def _locked(transfer_id: int) -> Transfer:
    """With its order locked after it, where it has one, so that nothing leaves while it is decided that nothing does.

    The order is read after the lock: joined with it, one that was raised meanwhile would be missing.
    """
    transfer = Transfer.objects.select_related("origin", "destination").lock_one(transfer_id)
    if transfer.order_id is not None:
        transfer.order = SalesOrder.objects.lock_one(transfer.order_id)
    return transfer


def _check_sender(transfer: Transfer, by: Actor, act: str) -> None:
    check_role(by, MAY_DECIDE, act)
    check_works_at(by, (transfer.origin_id,), act)


def _end_order(transfer: Transfer, reason: str, by: Actor, at: datetime) -> None:
    """The order behind it, unless it has ended already: at its own desk, or because all has left."""
    if transfer.order is not None and not SALES_ORDER_FLOW.is_final(transfer.order.state):
        transfer.order = cancel_sales_order(order_id=transfer.order.pk, reason=reason, by=by, at=at)


def _decided(transfer: Transfer, to: TransferState, by: Actor, at: datetime, reason: str, *also: str) -> Transfer:
    transfer.decided_by, transfer.decided_at, transfer.decision = by.user, at, reason
    return transfer.advance(to, "decided_by", "decided_at", "decision", *also)
