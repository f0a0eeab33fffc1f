"""Goods for a supplier are kept for it where they stand, and brought to where they wait for the truck."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, Sum

from apps.core.decimals import plain
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.models import Reservation, StockBalance
from apps.ledger.operations import Claim, Move, Place, post, release, reserve
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.returns.errors import NoStagingPlace, NotForSupplier, NotReadyToReturn, StagedElsewhere
from apps.returns.models import ReturnToSupplier, ReturnToSupplierLine, ReturnToSupplierPick
from apps.returns.operations.trail import note_to_supplier
from apps.returns.queries.supplied import Ready, standing_ready
from apps.returns.states import ReturnToSupplierState
from apps.storage.errors import LessNeedsReason, MoreThanTask
from apps.storage.operations import Goods, propose_putaways
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import NewTask, cancel_tasks, complete_task, lock_task, make_tasks
from apps.tasks.states import TaskKind

STAGES = (LocationKind.STAGING, LocationKind.DOCK)
"""Where goods wait for a supplier's truck, the better first."""


def staging_for(document: ReturnToSupplier, location_id: int | None) -> Location:
    """The place that was named, else the first in staging, else the first dock. Raises `NoStagingPlace`."""
    site = document.warehouse
    places = Location.objects.filter(warehouse=site, is_active=True)
    if location_id is not None:
        named = Location.objects.filter(pk=location_id).first()
        if named is None or not places.filter(pk=location_id, kind__in=STAGES).exists():
            raise NoStagingPlace(location=named.code if named is not None else str(location_id), warehouse=site.code)
        return named
    for kind in STAGES:
        found = places.filter(kind=kind).order_by("code").first()
        if found is not None:
            return found
    raise NoStagingPlace(location="Nothing", warehouse=site.code)


def plan_picks(document: ReturnToSupplier, lines: Sequence[ReturnToSupplierLine], *, at: datetime) -> None:
    """Keep the goods of each line where they stand, and ask for them to be brought; all of them or none.

    What could be sold is reserved. What is not available, held or expired nobody sells: it may not be reserved, and
    the pick alone keeps it from other returns. The site is locked, so that two plans take turns. Raises
    `NotReadyToReturn`.
    """
    Warehouse.objects.lock_one(document.warehouse_id)
    taken: defaultdict[int, Decimal] = defaultdict(Decimal)
    found = [(line, each, quantity) for line in lines for each, quantity in _found(document, line, taken)]
    sellable = set(
        StockBalance.objects.pickable()
        .filter(pk__in=[each.balance.pk for _, each, _ in found])
        .exclude(lot__expires_on__lte=document.warehouse.local_date(at))
        .values_list("pk", flat=True)
    )
    kept = [(each.balance.pk, quantity) for _, each, quantity in found if each.balance.pk in sellable]
    claims = iter(
        reserve(
            [Claim(balance_id=balance, quantity=quantity) for balance, quantity in kept],
            warehouse_id=document.warehouse_id,
            document=document.number,
        )
        if kept
        else ()
    )
    tasks = make_tasks(
        [
            NewTask(
                kind=TaskKind.SEND_BACK,
                document=document.number,
                item_id=line.item_id,
                lot_id=line.lot_id,
                serial_id=line.serial_id,
                quantity=quantity,
                source_id=each.balance.location_id,
                target_id=document.staging_id,
                sequence=each.balance.location.pick_sequence,
            )
            for line, each, quantity in found
        ],
        warehouse_id=document.warehouse_id,
        at=at,
    )
    ReturnToSupplierPick.objects.bulk_create(
        [
            ReturnToSupplierPick(
                line=line,
                reservation_id=next(claims) if each.balance.pk in sellable else None,
                task=task,
                location_id=each.balance.location_id,
                unit_id=each.balance.unit_id,
                quantity=quantity,
            )
            for (line, each, quantity), task in zip(found, tasks, strict=True)
        ]
    )


def confirm_supplier_pick(
    *,
    task_id: int,
    quantity: Decimal,
    by: Actor,
    at: datetime,
    version: int | None = None,
    location_id: int | None = None,
    short_reason: str = "",
) -> ReturnToSupplierPick:
    """So much was brought to where the truck's goods wait; less than asked, or nothing, with a reason.

    What was not found is no longer kept, and does not go. With the last task the return is picked; when nothing of it
    was found it is called off. Raises `NotForSupplier`, `StagedElsewhere`, `MoreThanTask`, `LessNeedsReason`,
    `TaskStale`, `TaskTaken`, and what the ledger refuses; then nothing has changed.
    """
    document_id = (
        ReturnToSupplierPick.objects.filter(task=task_id).values_list("line__return_to_supplier", flat=True).first()
    )
    if document_id is None:
        raise NotForSupplier(task=WarehouseTask.objects.lock_one(task_id).number)
    document = ReturnToSupplier.objects.select_related("warehouse", "staging").lock_one(document_id)
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    pick = ReturnToSupplierPick.objects.select_related("line__item", "line__lot").get(task=task_id)
    if location_id is not None and location_id != task.target_id:
        scanned = Location.objects.get(pk=location_id)
        raise StagedElsewhere(task=task.number, expected=str(document.staging), scanned=scanned.code)
    amount = parse_quantity(quantity, scale=pick.line.item.scale, zero=True)
    reason = short_reason.strip()
    if amount > pick.quantity:
        raise MoreThanTask(task=task.number, quantity=pick.quantity, asked=amount)
    if amount < pick.quantity and not reason:
        raise LessNeedsReason(task=task.number, quantity=pick.quantity, brought=amount)
    if amount > 0:
        pick.transaction_id = _bring(document, pick, amount, by=by, at=at)
    pick.picked, pick.short_reason = amount, reason if amount < pick.quantity else ""
    pick.save(update_fields=["picked", "short_reason", "transaction"])
    _let_go([pick], "short")
    complete_task(task, by=by, at=at)
    if pick.short_reason:
        enqueue(
            "counting.note_doubt",
            at=at,
            location=pick.location_id,
            kind="short_pick",
            item=pick.line.item_id,
            document=task.number,
            user_id=by.user.pk,
        )
    if not ReturnToSupplierPick.objects.open().filter(line__return_to_supplier=document).exists():
        _end_picking(document, by=by, at=at)
    return pick


def drop_picks(document: ReturnToSupplier, *, by: Actor, at: datetime) -> None:
    """The goods stay: what was kept is let go, and what waits for the truck already is put away again."""
    picks = list(ReturnToSupplierPick.objects.filter(line__return_to_supplier=document).select_related("line"))
    cancel_tasks([pick.task_id for pick in picks])
    _let_go(picks, "cancelled")
    staged: defaultdict[tuple[int, int | None, int | None, str], Decimal] = defaultdict(Decimal)
    for pick in picks:
        staged[pick.line.item_id, pick.line.lot_id, pick.line.serial_id, pick.line.status] += pick.picked
    propose_putaways(
        [
            Goods(
                item_id=item,
                lot_id=lot,
                serial_id=serial,
                quantity=quantity,
                source_id=document.staging_id,
                status=StockStatus(status),
            )
            for (item, lot, serial, status), quantity in staged.items()
            if quantity and document.staging_id is not None
        ],
        warehouse_id=document.warehouse_id,
        document=document.number,
        by=by,
        at=at,
    )


def _found(
    document: ReturnToSupplier, line: ReturnToSupplierLine, taken: defaultdict[int, Decimal]
) -> list[tuple[Ready, Decimal]]:
    """From where a line's goods are taken, beside what lines before it take. Raises `NotReadyToReturn`."""
    left, parts = line.quantity, []
    for each in standing_ready(line, document.warehouse_id):
        part = min(left, each.free - taken[each.balance.pk])
        if part > 0:
            taken[each.balance.pk] += part
            parts.append((each, part))
            left -= part
    if left:
        raise NotReadyToReturn(
            item=line.item.number,
            condition=StockStatus(line.status).label,
            warehouse=document.warehouse.code,
            there=line.quantity - left,
            asked=line.quantity,
        )
    return parts


def _kept(picks: Sequence[ReturnToSupplierPick]) -> list[Reservation]:
    """What picks keep still: a hold may have let it go, and parts went along with goods that were moved."""
    own = [pick.reservation_id for pick in picks if pick.reservation_id is not None]
    rows = Reservation.objects.pending().filter(Q(pk__in=own) | Q(origin__in=own))
    return list(rows.select_related("balance").order_by("pk"))


def _let_go(picks: Sequence[ReturnToSupplierPick], reason: str) -> None:
    kept = _kept(picks)
    if kept:
        release([each.pk for each in kept], reason=reason)


def _bring(document: ReturnToSupplier, pick: ReturnToSupplierPick, amount: Decimal, *, by: Actor, at: datetime) -> int:
    """From where the reservation stands now; what is not reserved, from where it was found.

    The ledger lets nobody consume a reservation of goods that expired since, so theirs is let go first: a return is
    what may still become of them.
    """
    line, left = pick.line, amount
    expired = line.lot is not None and line.lot.expired(document.warehouse.local_date(at))
    target = Place(location_id=document.staging_id or 0, status=line.status)
    parts: list[tuple[Place, Decimal, int | None]] = []
    for each in _kept([pick]):
        part = min(left, each.quantity)
        if part > 0:
            of = each.balance
            place = Place(location_id=of.location_id, unit_id=of.unit_id, status=of.status)
            parts.append((place, part, None if expired else each.pk))
            left -= part
    if expired:
        _let_go([pick], "expired")
    if left > 0:
        parts.append((Place(location_id=pick.location_id, unit_id=pick.unit_id, status=line.status), left, None))
    return post(
        [
            Move(
                item_id=line.item_id,
                lot_id=line.lot_id,
                serial_id=line.serial_id,
                quantity=part,
                source=source,
                target=target,
                consumes=consumes,
            )
            for source, part, consumes in parts
        ],
        warehouse_id=document.warehouse_id,
        kind=TransactionKind.MOVE,  # a pick is for somebody who buys: held goods may not, and these may
        by=by,
        at=at,
        document=document.number,
    )


def _end_picking(document: ReturnToSupplier, *, by: Actor, at: datetime) -> None:
    """What was found of each line goes; when that is nothing at all, so does nothing."""
    lines = list(document.lines.select_related("item"))
    found = dict(document.lines.values_list("pk").annotate(Sum("picks__picked")))
    for line in lines:
        line.picked = found[line.pk]
    ReturnToSupplierLine.objects.bulk_update(lines, ["picked"])
    short = {line.item.number: plain(line.quantity - line.goes) for line in lines if line.goes < line.quantity}
    if any(line.goes for line in lines):
        document.picked_at = at
        note_to_supplier("pick", document, by=by, at=at, **({"short": short} if short else {}))
        document.advance(ReturnToSupplierState.PICKED, "picked_at")
    else:
        document.ended_at, document.end_reason = at, "Nothing of it was found."
        note_to_supplier("cancel", document, by=by, at=at, reason=document.end_reason, short=short)
        document.advance(ReturnToSupplierState.CANCELLED, "ended_at", "end_reason")
