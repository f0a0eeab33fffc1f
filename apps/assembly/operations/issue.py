"""Issue: components go from their bins to the bench, by task or by whoever finds them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from apps.assembly.errors import IssueNeedsReason, NotAComponent, NotAnIssue, NotTheseGoods
from apps.assembly.models import AssemblyClaim, AssemblyIssue, AssemblyLine, AssemblyOrder
from apps.assembly.operations.refurbish import call_off_putaway
from apps.assembly.operations.release import drop_claims, note_reserved, open_claims, reserve_lines, still_reserved
from apps.assembly.operations.trail import must_be_on_floor, note
from apps.assembly.queries import wanted_of, worth_of
from apps.assembly.rules import ZERO
from apps.assembly.states import AssemblyState, LineRole
from apps.catalog.models import Item
from apps.core.decimals import plain
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.operations import Move, Place, post, release
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.models import Location
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import complete_task, lock_task


def confirm_issue(
    *, task_id: int, quantity: Decimal, by: Actor, at: datetime, version: int | None = None, reason: str = ""
) -> AssemblyIssue | None:
    """Put what a task asks for on the bench; more or less than that with a reason, none when nothing was there.

    Less: what is missing is lacking again. More: of what nobody has reserved in the same bin. Raises `NotAnIssue`,
    `NotOnFloor`, `IssueNeedsReason`, `TaskStale`, `TaskTaken`, and `LotOnHold`, `LotExpired`, `ReservationEnded`,
    `InsufficientStock` of the ledger; then nothing has changed.
    """
    found = AssemblyClaim.objects.filter(task=task_id).values_list("pk", "line__order").first()
    if found is None:
        raise NotAnIssue(task=WarehouseTask.objects.lock_one(task_id).number)
    order = AssemblyOrder.objects.select_related("warehouse").lock_one(found[1])
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    must_be_on_floor(order)
    claim = AssemblyClaim.objects.select_related("line__item", "reservation__balance").get(pk=found[0])
    quantity = parse_quantity(quantity, scale=claim.line.item.scale, zero=True)
    if quantity != claim.quantity and not reason.strip():
        raise IssueNeedsReason(item=claim.line.item.number, asked=claim.quantity, quantity=quantity)
    issue = _bring(order, claim, quantity, reason, by, at) if quantity > 0 else None
    rest = still_reserved([claim])
    if rest:
        release(rest, reason="short")
    complete_task(task, by=by, at=at)
    note_reserved(order)
    return issue


def issue_component(
    *,
    order_id: int,
    item_id: int,
    location_id: int,
    quantity: Decimal,
    by: Actor,
    at: datetime,
    lot_id: int | None = None,
    serial_id: int | None = None,
    unit_id: int | None = None,
    status: StockStatus = StockStatus.AVAILABLE,
    reason: str = "",
) -> AssemblyIssue:
    """Bring goods to the bench without a task: other ones than reserved, more with a reason, or an alternative.

    What is reserved for the order and no longer needed is let go. Raises `NotAComponent`, `NotTheseGoods`,
    `NotOnFloor`, `IssueNeedsReason`, and what the ledger raises.
    """
    order = AssemblyOrder.objects.select_related("warehouse").lock_one(order_id)
    must_be_on_floor(order)
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        raise NotFound(kind="item", number=str(item_id))
    line = _line_for(order, item)
    _must_be_named(order, line, lot_id, serial_id)
    quantity = parse_quantity(quantity, scale=item.scale)
    place = Location.objects.get(pk=location_id)
    wanted = next(each for each in wanted_of(order) if each.line.pk == line.pk)
    more = Fraction(wanted.issued) + Fraction(quantity) / worth_of(line, item.pk)
    if more > Fraction(line.quantity) and not reason.strip():
        raise IssueNeedsReason(item=item.number, asked=max(line.quantity - wanted.issued, ZERO), quantity=quantity)
    _make_way(order, line, Fraction(line.quantity) - more, balance=(item.pk, place.pk, lot_id, serial_id, unit_id))
    move = Move(
        item_id=item.pk,
        lot_id=lot_id,
        serial_id=serial_id,
        quantity=quantity,
        source=Place(location_id=place.pk, unit_id=unit_id, status=status),
        target=Place(location_id=order.bench_id, status=status),
    )
    issue = _issued(order, line, [move], reason, by, at)
    call_off_putaway(order, move, by=by, at=at)
    reserve_lines(order, list(order.lines.select_related("item").order_by("line")), at)
    if item.pk != line.item_id or more > Fraction(line.quantity):
        note(
            "issue otherwise",
            order,
            by=by,
            at=at,
            line=line.line,
            item=item.number,
            quantity=plain(quantity),
            reason=reason,
        )
    return issue


def _bring(
    order: AssemblyOrder, claim: AssemblyClaim, quantity: Decimal, reason: str, by: Actor, at: datetime
) -> AssemblyIssue:
    """From where the reservation stands now, which follows goods that were moved since."""
    balance = claim.reservation.balance
    source = Place(location_id=balance.location_id, unit_id=balance.unit_id, status=balance.status)
    reserved = min(quantity, claim.reservation.quantity)
    parts = [(reserved, claim.reservation_id), (quantity - reserved, None)]
    moves = [
        Move(
            item_id=balance.item_id,
            lot_id=balance.lot_id,
            serial_id=balance.serial_id,
            quantity=amount,
            source=source,
            target=Place(location_id=order.bench_id, status=balance.status),
            consumes=consumes,
        )
        for amount, consumes in parts
        if amount > 0
    ]
    return _issued(order, claim.line, moves, reason if quantity > claim.quantity else "", by, at)


def _issued(
    order: AssemblyOrder, line: AssemblyLine, moves: list[Move], reason: str, by: Actor, at: datetime
) -> AssemblyIssue:
    posting = post(
        moves,
        warehouse_id=order.warehouse_id,
        kind=TransactionKind.PICK,
        by=by,
        at=at,
        document=order.number,
        reason=reason,
    )
    (first, *_) = moves
    issue = AssemblyIssue.objects.create(
        line=line,
        item_id=first.item_id,
        lot_id=first.lot_id,
        serial_id=first.serial_id,
        status=first.source.status,
        quantity=sum((move.quantity for move in moves), ZERO),
        source_id=first.source.location_id,
        reason=reason,
        issued_by=by.user,
        issued_at=at,
        transaction_id=posting,
    )
    if order.state == AssemblyState.RELEASED:
        order.advance(AssemblyState.IN_WORK)
    return issue


def _line_for(order: AssemblyOrder, item: Item) -> AssemblyLine:
    """The line that asks for the item, the one with most to come first; else one for which it may stand in."""
    lines = [each for each in wanted_of(order) if each.line.role == LineRole.COMPONENT]
    own = [each for each in lines if each.line.item_id == item.pk]
    if not own:
        own = [each for each in lines if item.pk in each.alternatives]
    if not own:
        raise NotAComponent(order=order.number, item=item.number)
    return max(own, key=lambda each: each.line.quantity - each.issued).line


def _must_be_named(order: AssemblyOrder, line: AssemblyLine, lot_id: int | None, serial_id: int | None) -> None:
    """Raises `NotTheseGoods`."""
    if line.serial_id not in {None, serial_id} or line.lot_id not in {None, lot_id}:
        raise NotTheseGoods(order=order.number, item=line.item.number, named=str(line.serial or line.lot))


def _make_way(
    order: AssemblyOrder,
    line: AssemblyLine,
    needed: Fraction,
    *,
    balance: tuple[int, int, int | None, int | None, int | None],
) -> None:
    """Let go what the line has reserved of these very goods, and what it no longer needs; the last first."""
    claims = [each for each in open_claims(order) if each.line_id == line.pk]
    gone = []
    for each in claims:
        of = each.reservation.balance
        if (of.item_id, of.location_id, of.lot_id, of.serial_id, of.unit_id) == balance:
            gone.append(each)
    kept = [each for each in claims if each not in gone]
    while kept and sum((Fraction(each.quantity) for each in kept), Fraction(0)) > needed:
        gone.append(kept.pop())
    drop_claims(gone, reason="issued otherwise")
