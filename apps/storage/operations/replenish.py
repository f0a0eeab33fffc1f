"""Filling up pick faces from the reserve: tasks for what lies below its minimum, and their confirmation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from apps.accounts.roles import Role
from apps.catalog.models import Item
from apps.core.decimals import plain
from apps.core.errors import NotAllowed, NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.models import Location, Warehouse
from apps.storage.errors import LessNeedsReason, MoreThanTask, WrongFace
from apps.storage.models import PickFace, Replenishment
from apps.storage.operations.bins import check_bin, lock_bin
from apps.storage.operations.faces import assign_faces, reserves_of, take_back_faces
from apps.storage.queries import (
    At,
    Source,
    bins_among,
    demand_for,
    faces_to_fill,
    in_areas,
    load_of,
    picks_short,
    segregation_for,
)
from apps.storage.rules import NO_DEMAND, NOTHING, Demand, Reserve, fill, fill_up
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import NewTask, complete_task, lock_task, lock_unclaimed, make_tasks, raise_task
from apps.tasks.states import TaskKind

MAY_REPLENISH = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
URGENCY = (90, 80, 60)
"""The priority of a replenishment: where released picks wait for it, where orders do, and else; a pick's is lower."""

Way = tuple[int, Source]
"""What is brought to a face from where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """So much is brought to a face from a place of the reserve, because of this."""

    face: PickFace
    reserve: Reserve
    quantity: Decimal
    demand: Demand
    short: Decimal
    """How much more than stands there is to be picked at the face."""


def replenish_faces(*, warehouse_id: int, by: Actor, at: datetime) -> list[Replenishment]:
    """Ask for pick faces below their minimum to be filled up to their maximum; the replenishments asked for or raised.

    First faces of pools that nobody needs are taken back, and free ones are given to items that are waited for. What
    open tasks bring counts as there, so a second call asks for nothing more. Goods come from the reserve, first
    expired first; what is held, expired or reserved stays. Released picks pull first, then what orders are owed; a
    dynamic face is filled only while somebody waits. Raises `NotAllowed`.
    """
    if not (by.job or by.user.has_role(*MAY_REPLENISH)):
        raise NotAllowed(who=by.user.get_username(), act="have pick faces filled up")
    # One plan at a time, as for putaways: two of them do not count on the same goods, room or free face.
    warehouse = Warehouse.objects.lock_one(warehouse_id)
    short = picks_short(warehouse_id=warehouse_id)
    take_back_faces(warehouse, short=short, by=by, at=at)
    assign_faces(warehouse, short=short, by=by, at=at)
    faces = faces_to_fill(warehouse_id=warehouse_id, short=short)
    demand = demand_for({face.item_id for face in faces}, warehouse_id=warehouse_id, short=short)
    faces = [face for face in faces if not face.is_dynamic or face.item_id in demand]
    if not faces:
        return []
    faces.sort(key=lambda face: _turn(face, demand, short))
    reserves = reserves_of({face.item_id for face in faces}, warehouse_id=warehouse_id)
    apart = segregation_for((face.item.hazards for face in faces), warehouse_id=warehouse_id, at=at)
    found_at = in_areas(
        bins_among({face.location_id for face in faces}, segregation=apart),
        [load_of(face.item, lot_id=None, status=StockStatus.AVAILABLE, quantity=NOTHING) for face in faces],
        at=at,
        sources={each.location_id for of_item in reserves.values() for each in of_item},
    )
    bins = {each.location_id: each for each in found_at}
    found = []
    for face in faces:
        load = load_of(face.item, lot_id=None, status=StockStatus.AVAILABLE, quantity=NOTHING)
        steps = fill_up(load, bins[face.location_id], reserves.get(face.item_id, ()), today=warehouse.local_date(at))
        for reserve, quantity in steps:
            fill(bins, face.location_id, replace(load, lot_id=reserve.lot_id, source_id=reserve.location_id), quantity)
            found.append(
                Step(
                    face=face,
                    reserve=reserve,
                    quantity=quantity,
                    demand=demand.get(face.item_id, NO_DEMAND),
                    short=short.get((face.item_id, face.location_id), NOTHING),
                )
            )
        spent = dict(steps)
        reserves[face.item_id] = [
            replace(each, free=each.free - spent.get(each, NOTHING)) for each in reserves.get(face.item_id, ())
        ]
    return _ask_for(found, warehouse_id, at)


def confirm_replenishment(
    *,
    task_id: int,
    quantity: Decimal,
    by: Actor,
    at: datetime,
    version: int | None = None,
    location_id: int | None = None,
    short_reason: str = "",
) -> Replenishment:
    """So much was brought from the reserve to the pick face; less than asked, or nothing, with a reason.

    What was not brought is not asked for again by this task: the next call of `replenish_faces` looks anew. Raises
    `MoreThanTask`, `LessNeedsReason`, `WrongFace`, `TaskStale`, `TaskTaken`, what the face refuses (as `check_bin`) and
    what the ledger refuses; then nothing has changed.
    """
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    replenishment = Replenishment.objects.filter(task=task).first()
    if replenishment is None or task.target_id is None:
        raise NotFound(kind="replenishment", number=task.number)
    item = Item.objects.select_related("storage_condition").get(pk=task.goods_id)
    amount = parse_quantity(quantity, scale=item.scale, zero=True)
    reason = short_reason.strip()
    if amount > task.quantity:
        raise MoreThanTask(task=task.number, quantity=task.quantity, asked=amount)
    if amount < task.quantity and not reason:
        raise LessNeedsReason(task=task.number, quantity=task.quantity, brought=amount)
    face = lock_bin(location_id or task.target_id, task)
    if face.pk != task.target_id:
        expected = Location.objects.get(pk=task.target_id)
        raise WrongFace(task=task.number, expected=expected.code, scanned=face.code)
    if amount > 0:
        load = load_of(item, lot_id=task.lot_id, status=StockStatus.AVAILABLE, quantity=amount)
        check_bin(face, [load], task, by=by, at=at)
        replenishment.transaction_id = _bring(task, face, amount, by, at)
    replenishment.brought = amount
    replenishment.short_reason = reason if amount < task.quantity else ""
    replenishment.save(update_fields=["brought", "short_reason", "transaction"])
    replenishment.task = complete_task(task, by=by, at=at)
    return replenishment


def _turn(face: PickFace, demand: Mapping[int, Demand], short: Mapping[At, Decimal]) -> tuple[bool, int]:
    """First where picks fall short at the face itself, then by what waits for its item; else as pickers pass them."""
    return (face.item_id, face.location_id) not in short, demand.get(face.item_id, NO_DEMAND).turn


def _ask_for(found: Sequence[Step], warehouse_id: int, at: datetime) -> list[Replenishment]:
    """Raise what nobody has begun and that comes to the same face from the same place; else make tasks."""
    begun = _not_begun({step.face.location_id for step in found}, warehouse_id)
    places = Location.objects.select_related("zone").in_bulk({step.reserve.location_id for step in found})
    fresh = [step for step in found if _key(step) not in begun]
    tasks = make_tasks(
        [
            NewTask(
                kind=TaskKind.REPLENISH,
                document=step.face.location.code,
                item_id=step.face.item_id,
                lot_id=step.reserve.lot_id,
                serial_id=step.reserve.serial_id,
                unit_id=step.reserve.unit_id,
                quantity=step.quantity,
                source_id=step.reserve.location_id,
                target_id=step.face.location_id,
                sequence=places[step.reserve.location_id].walking_place,
                priority=URGENCY[step.demand.turn],
            )
            for step in fresh
        ],
        warehouse_id=warehouse_id,
        at=at,
    )
    made = Replenishment.objects.bulk_create(
        [Replenishment(task=task, reasons=_reasons(step)) for task, step in zip(tasks, fresh, strict=True)]
    )
    asked = {_key(step): replenishment for step, replenishment in zip(fresh, made, strict=True)}
    for step in found:
        task = begun.get(_key(step))
        if task is not None:
            asked[_key(step)] = _raise(task, step)
    return [asked[_key(step)] for step in found]


def _key(step: Step) -> Way:
    reserve = step.reserve
    return step.face.location_id, (
        step.face.item_id,
        reserve.lot_id,
        reserve.serial_id,
        reserve.unit_id,
        reserve.location_id,
    )


def _not_begun(faces: Collection[int], warehouse_id: int) -> dict[Way, WarehouseTask]:
    """The replenishments to these faces that nobody has claimed, locked, by what they bring from where."""
    rows = WarehouseTask.objects.filter(
        warehouse=warehouse_id,
        kind=TaskKind.REPLENISH,
        target__in=faces,
        serial=None,
        replenishment__isnull=False,
    )
    return {
        (task.target_id or 0, (task.goods_id, task.lot_id, None, task.unit_id, task.source_id)): task
        for task in lock_unclaimed(rows)
    }


def _raise(task: WarehouseTask, step: Step) -> Replenishment:
    before = task.quantity
    raise_task(task, quantity=before + step.quantity, priority=URGENCY[step.demand.turn])
    replenishment = Replenishment.objects.get(task=task)
    raised = f"Raised from {plain(before)} to {plain(task.quantity)}: nobody had begun it."
    replenishment.reasons = [*_reasons(step), raised]
    replenishment.save(update_fields=["reasons"])
    replenishment.task = task
    return replenishment


def _reasons(step: Step) -> list[str]:
    face, reserve, demand = step.face, step.reserve, step.demand
    free: Decimal = face.free  # type: ignore[attr-defined]  # annotated
    coming: Decimal = face.coming  # type: ignore[attr-defined]
    there = f"{face.location.code} has {plain(free)} free and {plain(coming)} on its way"
    if face.minimum > free + coming:
        why = f"below its minimum of {plain(face.minimum)}"
    else:
        why = f"{plain(step.short)} more than stands there is to be picked"
    reasons = [f"{there}: {why}, it is filled up to {plain(face.maximum)}."]
    if demand.released:
        reasons.append(f"Released picks wait for {plain(demand.released)} of it.")
    if demand.promised:
        reasons.append(f"Orders wait for {plain(demand.promised)} of it.")
    if reserve.expires_on is not None:
        reasons.append(f"Lot {reserve.lot} at {reserve.code} expires first, on {reserve.expires_on}.")
    elif reserve.lot:
        reasons.append(f"Lot {reserve.lot} at {reserve.code} came in first.")
    return reasons


def _bring(task: WarehouseTask, face: Location, amount: Decimal, by: Actor, at: datetime) -> int:
    return post(
        [
            Move(
                item_id=task.goods_id,
                lot_id=task.lot_id,
                serial_id=task.serial_id,
                quantity=amount,
                source=Place(location_id=task.source_id, unit_id=task.unit_id),
                target=Place(location_id=face.pk),
            )
        ],
        warehouse_id=task.warehouse_id,
        kind=TransactionKind.REPLENISH,
        by=by,
        at=at,
        document=task.number,
    )
