"""Release: components are reserved at their bins, first expired first out, and tasks ask for them at the bench."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, Sum

from apps.assembly.errors import ComponentsShort
from apps.assembly.models import AssemblyClaim, AssemblyLine, AssemblyOrder
from apps.assembly.operations.trail import check_may_plan, must_be_on_floor, note
from apps.assembly.queries import wanted_of
from apps.assembly.rules import ZERO
from apps.assembly.states import AssemblyState, LineRole, WorkKind
from apps.core.decimals import plain
from apps.journal.actor import Actor
from apps.ledger.models import Reservation
from apps.ledger.operations import Candidate, Claim, candidates, release, reserve
from apps.ledger.rules import first_expired
from apps.locations.choices import LocationKind
from apps.supply.models import Promise
from apps.supply.operations import SupplyLine, expect, promise, set_allocated
from apps.tasks.operations import NewTask, cancel_tasks, make_tasks
from apps.tasks.states import TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """So much of a balance for a line."""

    line: AssemblyLine
    of: Candidate
    quantity: Decimal


def release_assembly(*, order_id: int, by: Actor, at: datetime, partly: bool = False) -> AssemblyOrder:
    """Reserve the components and send an order to the floor; all of them, or `partly` what is there.

    What is promised to others before stays theirs. Raises `NotAllowed`, `ComponentsShort` with what each line lacks,
    `IllegalTransition`.
    """
    check_may_plan(by, "release assembly")
    order = AssemblyOrder.objects.select_related("warehouse").lock_one(order_id)
    order.must_allow(AssemblyState.RELEASED)
    lines = list(order.lines.select_related("item").order_by("line"))
    register(order, lines, at)
    order.released_by, order.released_at = by.user, at
    order.advance(AssemblyState.RELEASED, "released_by", "released_at")
    lacking = reserve_lines(order, lines, at)
    if lacking and not partly:
        raise ComponentsShort(order=order.number, lines=lacking)
    note("release", order, by=by, at=at, **({"lacks": lacking} if lacking else {}))
    return order


def reserve_components(*, order_id: int, by: Actor, at: datetime) -> AssemblyOrder:
    """Reserve what an order on the floor still lacks, of what has come since; what a hold took is looked for anew.

    Raises `NotAllowed`, `NotOnFloor`, `ComponentsShort` when nothing of what it lacks is there.
    """
    check_may_plan(by, "reserve components")
    order = AssemblyOrder.objects.select_related("warehouse").lock_one(order_id)
    must_be_on_floor(order)
    lines = list(order.lines.select_related("item").order_by("line"))
    forget_lost(order)
    before = sum((each.open for each in wanted_of(order)), ZERO)
    lacking = reserve_lines(order, lines, at)
    if before and sum((each.open for each in wanted_of(order)), ZERO) == before:
        raise ComponentsShort(order=order.number, lines=lacking)
    note("reserve", order, by=by, at=at, **({"lacks": lacking} if lacking else {}))
    return order


def register(order: AssemblyOrder, lines: Sequence[AssemblyLine], at: datetime) -> None:
    """Others know what the order will take and what will come of it."""
    goes_in = [line for line in lines if line.role == LineRole.COMPONENT and _is_reserved(order, line)]
    comes_out = [line for line in lines if line.role != LineRole.COMPONENT]
    expect(_supply(comes_out, order), warehouse_id=order.warehouse_id, document=order.number)
    promise(_supply(goes_in, order), warehouse_id=order.warehouse_id, document=order.number, at=at)


def reserve_lines(order: AssemblyOrder, lines: Sequence[AssemblyLine], at: datetime) -> list[dict[str, Any]]:
    """Claim what each line still needs, with a task each; what each lacks after that."""
    wanted = {each.line.pk: each for each in wanted_of(order)}
    ask = [line for line in lines if line.pk in wanted and wanted[line.pk].open > 0 and _is_reserved(order, line)]
    found = candidates(warehouse_id=order.warehouse_id, item_ids=[line.item_id for line in ask]) if ask else []
    today = order.warehouse.local_date(at)
    offers = sorted(
        (each for each in found if each.owner_id is None and (each.expires_on is None or each.expires_on > today)),
        key=lambda each: (
            *first_expired(each.expires_on, each.lot_created_at),
            each.location_kind != LocationKind.PICK_FACE,
            each.pick_sequence,
            each.balance_id,
        ),
    )
    left = {each.balance_id: each.free for each in offers}
    room = _room(order, offers)
    taken: list[_Taken] = []
    lacking: list[dict[str, Any]] = []
    for line in ask:
        need = wanted[line.pk].open
        free = sum((left[each.balance_id] for each in offers if _fits(line, each)), ZERO)
        for each in offers:
            much = min(need, left[each.balance_id], room.get(line.item_id, ZERO))
            if much > 0 and _fits(line, each):
                taken.append(_Taken(line=line, of=each, quantity=much))
                left[each.balance_id] -= much
                room[line.item_id] -= much
                need -= much
        if need > 0:
            lacking.append({"line": line.line, "item": line.item.number, "lacks": plain(need), "free": plain(free)})
    _claim(order, taken, at)
    return lacking


def drop_claims(claims: Iterable[AssemblyClaim], *, reason: str) -> None:
    """Let go what these reserve still, and take their tasks out of the queue."""
    gone = list(claims)
    pending = still_reserved(gone)
    if pending:
        release(pending, reason=reason)
    cancel_tasks([claim.task_id for claim in gone])


def still_reserved(claims: Iterable[AssemblyClaim]) -> list[int]:
    """The pending reservations of claims, parts that went along with moved goods among them."""
    own = [claim.reservation_id for claim in claims]
    rows = Reservation.objects.pending().filter(Q(pk__in=own) | Q(origin__in=own))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def open_claims(order: AssemblyOrder) -> list[AssemblyClaim]:
    """Claims whose task is still to be done."""
    rows = AssemblyClaim.objects.filter(line__order=order, task__state__in=("ready", "assigned"))
    return list(rows.select_related("line", "reservation__balance").order_by("pk"))


def forget_lost(order: AssemblyOrder) -> None:
    """A hold let go what was reserved: its task asks for nothing that may be taken."""
    claims = open_claims(order)
    kept = set(still_reserved(claims))
    parts = set(Reservation.objects.filter(pk__in=kept).values_list("origin", flat=True))
    cancel_tasks([each.task_id for each in claims if not {each.reservation_id} & (kept | parts)])
    note_reserved(order)


def orders_with_lots(lot_ids: Collection[int]) -> set[int]:
    """The assembly orders with a task that goes for any of these lots."""
    claims = AssemblyClaim.objects.filter(
        reservation__balance__lot__among=list(lot_ids), task__state__in=("ready", "assigned")
    )
    return set(claims.order_by().values_list("line__order", flat=True))


def forget_frozen(order_ids: Collection[int]) -> list[AssemblyOrder]:
    """After a hold: locked orders give up what it took from them, and look for it anew when somebody asks."""
    orders = AssemblyOrder.objects.lock(order_ids)
    for order in orders:
        forget_lost(order)
    return orders


def note_reserved(order: AssemblyOrder) -> None:
    """Tell the promises how much of each line is reserved or issued now."""
    set_allocated(
        {
            (order.number, each.line.line): min(each.line.quantity, each.reserved + each.issued)
            for each in wanted_of(order)
        }
    )


def _claim(order: AssemblyOrder, taken: Sequence[_Taken], at: datetime) -> None:
    if taken:
        ids = reserve(
            [Claim(balance_id=each.of.balance_id, quantity=each.quantity) for each in taken],
            warehouse_id=order.warehouse_id,
            document=order.number,
        )
        tasks = make_tasks(
            [
                NewTask(
                    kind=TaskKind.ISSUE,
                    document=order.number,
                    item_id=each.of.item_id,
                    lot_id=each.of.lot_id,
                    serial_id=each.of.serial_id,
                    quantity=each.quantity,
                    source_id=each.of.location_id,
                    target_id=order.bench_id,
                    sequence=each.of.pick_sequence,
                    priority=order.priority,
                )
                for each in taken
            ],
            warehouse_id=order.warehouse_id,
            at=at,
        )
        AssemblyClaim.objects.bulk_create(
            [
                AssemblyClaim(line=each.line, reservation_id=pk, task=task, quantity=each.quantity)
                for each, pk, task in zip(taken, ids, tasks, strict=True)
            ]
        )
    note_reserved(order)


def _room(order: AssemblyOrder, offers: Sequence[Candidate]) -> dict[int, Decimal]:
    """Of each item, what is free beyond what was promised to others before."""
    room: dict[int, Decimal] = {}
    for each in offers:
        room[each.item_id] = room.get(each.item_id, ZERO) + each.free
    mine = Promise.objects.filter(document=order.number).order_by("promised_at").first()
    if mine is None:
        return room
    before = (
        Promise.objects.open()
        .filter(warehouse=order.warehouse_id, item__in=room, promised_at__lte=mine.promised_at)
        .exclude(document=order.number)
        .order_by()
        .values_list("item")
        .annotate(total=Sum(F("quantity") - F("allocated")))
    )
    for item_id, total in before:
        room[item_id] = max(room[item_id] - total, ZERO)
    return room


def _is_reserved(order: AssemblyOrder, line: AssemblyLine) -> bool:
    """A returned unit stands where nothing is reserved: it is brought by scan alone."""
    return not (order.kind == WorkKind.REFURBISH and line.item_id == order.item_id)


def _fits(line: AssemblyLine, each: Candidate) -> bool:
    return (
        each.item_id == line.item_id and line.lot_id in {None, each.lot_id} and line.serial_id in {None, each.serial_id}
    )


def _supply(lines: Sequence[AssemblyLine], order: AssemblyOrder) -> list[SupplyLine]:
    return [
        SupplyLine(line=line.line, item_id=line.item_id, quantity=line.quantity, due_on=order.due_on) for line in lines
    ]
