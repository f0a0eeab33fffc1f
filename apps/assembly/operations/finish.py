"""Finishing: what stands at the bench goes into the work, and what comes out knows what it is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from apps.assembly.errors import OutputUnclear, TooManyMade
from apps.assembly.models import AssemblyGenealogy, AssemblyIssue, AssemblyLine, AssemblyOrder, AssemblyOutput
from apps.assembly.operations.end import settle
from apps.assembly.operations.goods import named_goods
from apps.assembly.operations.trail import must_be_on_floor, note
from apps.assembly.operations.using import Made, Making, consume, holds_of
from apps.assembly.queries import wanted_of
from apps.assembly.rules import ZERO
from apps.assembly.states import AssemblyState, LineRole, WorkKind
from apps.core.decimals import plain
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.models import Lot, SerialNumber, StockMove
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import VIRTUAL, LocationKind
from apps.locations.models import Location
from apps.storage.operations import Goods, propose_putaways
from apps.supply.operations import note_received


def finish_assembly(
    *,
    order_id: int,
    by: Actor,
    at: datetime,
    quantity: Decimal | None = None,
    outputs: Sequence[Made] = (),
    location_id: int | None = None,
) -> AssemblyOrder:
    """So much is made (taken apart, served): what it takes is consumed and what came out produced, in one posting.

    Without `quantity` it is what the outputs of the order's item add up to; without outputs they are just that, where
    the item is not tracked. Goods come out at the bench, from where they are put away, or at a named place. The order
    is done when all is made and nothing of it is left at the bench.
    Raises `NotOnFloor`, `TooManyMade`, `NotIssued` for what was not issued, `OutputUnclear`, `OutputLotDiffers`, and
    `LotOnHold`, `LotExpired`, `SerialElsewhere` of the ledger; then nothing has changed.
    """
    order = AssemblyOrder.objects.select_related("warehouse", "item", "bench").lock_one(order_id)
    must_be_on_floor(order)
    issues = _issues(order)
    making = Making(
        order=order,
        issues=issues,
        rows=_rows(order, outputs, quantity),
        mixed={issue.line_id for issue in issues.values() if issue.is_mixed},
    )
    amount = _amount(order, making, quantity)
    wanted = wanted_of(order)
    for each in wanted:
        consume(making, each, order.made + amount)
    place = _place(order, location_id)
    goods = named_goods(order, making.rows, holds_of(making), at=at)
    transaction_id = _post(making, goods, place, by, at)
    if transaction_id is not None:
        _remember(making, goods, transaction_id, by, at)
    order.made += amount
    order.save(update_fields=["made"])
    if order.state == AssemblyState.RELEASED:
        order.advance(AssemblyState.IN_WORK)
    note_received(document=order.number, quantities=_sums((line.line, much) for line, _, much in making.rows))
    if place.pk == order.bench_id:
        _put_away(making, goods, by, at)
    settle(order, at)
    note("finish", order, by=by, at=at, quantity=plain(amount), made=plain(order.made))
    return order


def _issues(order: AssemblyOrder) -> dict[int, AssemblyIssue]:
    rows = AssemblyIssue.objects.filter(line__order=order).select_related("item", "lot", "line").lock()
    return {issue.pk: issue for issue in rows}


def _rows(
    order: AssemblyOrder, outputs: Sequence[Made], quantity: Decimal | None
) -> list[tuple[AssemblyLine, Made, Decimal]]:
    """The line, the output and its quantity."""
    lines = {
        line.item_id: line
        for line in order.lines.exclude(role=LineRole.COMPONENT).select_related("item").order_by("-line")
    }
    if not outputs and quantity is not None and order.item is not None and order.kind != WorkKind.DISASSEMBLE:
        outputs = [Made(quantity=quantity)]
    rows = []
    for made in outputs:
        line = lines.get(made.item_id or order.item_id or 0)
        if line is None:
            raise NotFound(kind="output", number=str(made.item_id or order.item))
        amount = parse_quantity(made.quantity, scale=line.item.scale)
        if line.role == LineRole.OUTPUT and line.done + amount > line.quantity:
            raise TooManyMade(order=order.number, item=line.item.number, left=line.quantity - line.done, asked=amount)
        line.done += amount
        rows.append((line, made, amount))
    return rows


def _amount(order: AssemblyOrder, making: Making, quantity: Decimal | None) -> Decimal:
    """How much of the order this is."""
    made = sum((much for line, _, much in making.rows if line.role == LineRole.OUTPUT), ZERO)
    by_outputs = order.kind not in {WorkKind.DISASSEMBLE, WorkKind.SERVICE}
    told = made if quantity is None and by_outputs else quantity
    scale = order.item.scale if order.item is not None else 0
    amount = parse_quantity(told if told is not None else "", scale=scale)
    name = order.item.number if order.item is not None else "the service"
    if by_outputs and amount != made:
        raise OutputUnclear(item=name, problem=f"{plain(amount)} are made and {plain(made)} come out")
    if order.kind == WorkKind.DISASSEMBLE and not making.rows:
        raise OutputUnclear(item=name, problem="say what was recovered")
    if amount > order.left:
        raise TooManyMade(order=order.number, item=name, left=order.left, asked=amount)
    return amount


def _place(order: AssemblyOrder, location_id: int | None) -> Location:
    place = order.bench if location_id is None else Location.objects.filter(pk=location_id).first()
    if place is None or place.warehouse_id != order.warehouse_id or place.kind in VIRTUAL:
        raise NotFound(kind="place", number=str(location_id))
    return place


def _post(
    making: Making, goods: Sequence[tuple[Lot | None, SerialNumber | None]], place: Location, by: Actor, at: datetime
) -> int | None:
    """Into the work first, then out of it: a serial number may come out that went in. None when nothing moves."""
    order = making.order
    work = Place(location_id=Location.objects.virtual(order.warehouse, LocationKind.PRODUCTION).pk)
    moves = [
        Move(
            item_id=issue.item_id,
            lot_id=issue.lot_id,
            serial_id=issue.serial_id,
            quantity=making.taken[pk],
            source=Place(location_id=order.bench_id, status=issue.status),
            target=work,
        )
        for pk, issue in making.issues.items()
        if making.taken[pk]
    ]
    moves += [
        Move(
            item_id=line.item_id,
            lot_id=lot.pk if lot is not None else None,
            serial_id=serial.pk if serial is not None else None,
            quantity=much,
            source=work,
            target=Place(location_id=place.pk, status=made.status),
        )
        for (line, made, much), (lot, serial) in zip(making.rows, goods, strict=True)
    ]
    if not moves:
        return None
    kind = TransactionKind.PRODUCE if making.rows else TransactionKind.CONSUME
    return post(moves, warehouse_id=order.warehouse_id, kind=kind, by=by, at=at, document=order.number)


def _remember(
    making: Making,
    goods: Sequence[tuple[Lot | None, SerialNumber | None]],
    transaction_id: int,
    by: Actor,
    at: datetime,
) -> None:
    """What was consumed, what came out, and which of it holds what."""
    moves = iter(StockMove.objects.filter(transaction=transaction_id).order_by("pk"))
    went_in = {pk: next(moves) for pk in making.issues if making.taken[pk]}
    for pk in went_in:
        making.issues[pk].consumed += making.taken[pk]
    for pk in making.unclear:
        making.issues[pk].is_mixed = True
    touched = [making.issues[pk] for pk in making.issues if pk in went_in or pk in making.unclear]
    AssemblyIssue.objects.bulk_update(touched, ["consumed", "is_mixed"])
    outputs = AssemblyOutput.objects.bulk_create(
        [
            AssemblyOutput(
                line=line, lot=lot, serial=serial, quantity=much, move=next(moves), made_by=by.user, made_at=at
            )
            for (line, _, much), (lot, serial) in zip(making.rows, goods, strict=True)
        ]
    )
    held: defaultdict[tuple[int, int], Decimal] = defaultdict(Decimal)
    unclear: set[tuple[int, int]] = set()
    for share in making.shares:
        held[share.output, share.chunk] += share.quantity
        if not share.is_certain:
            unclear.add((share.output, share.chunk))
    AssemblyGenealogy.objects.bulk_create(
        [
            AssemblyGenealogy(
                output=outputs[place],
                issue_id=pk,
                input_move=went_in[pk],
                quantity=amount,
                is_certain=(place, pk) not in unclear,
            )
            for (place, pk), amount in held.items()
        ]
    )
    AssemblyLine.objects.bulk_update(list({line.pk: line for line, _, _ in making.rows}.values()), ["done"])


def _put_away(making: Making, goods: Sequence[tuple[Lot | None, SerialNumber | None]], by: Actor, at: datetime) -> None:
    propose_putaways(
        [
            Goods(
                item_id=line.item_id,
                lot_id=lot.pk if lot is not None else None,
                serial_id=serial.pk if serial is not None else None,
                quantity=much,
                source_id=making.order.bench_id,
                status=made.status,
            )
            for (line, made, much), (lot, serial) in zip(making.rows, goods, strict=True)
        ],
        warehouse_id=making.order.warehouse_id,
        document=making.order.number,
        by=by,
        at=at,
    )


def _sums(amounts: Iterable[tuple[int, Decimal]]) -> dict[int, Decimal]:
    total: defaultdict[int, Decimal] = defaultdict(Decimal)
    for line, much in amounts:
        total[line] += much
    return dict(total)
