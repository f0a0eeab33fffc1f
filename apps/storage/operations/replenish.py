"""Filling up pick faces from the reserve: tasks for what lies below its minimum, and their confirmation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from apps.accounts.roles import Role
from apps.catalog.models import Item
from apps.core.decimals import plain
from apps.core.errors import NotAllowed, NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.operations import Candidate, Move, Place, candidates, post
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.storage.errors import LessNeedsReason, MoreThanTask, WrongFace
from apps.storage.models import PickFace, Replenishment
from apps.storage.operations.bins import check_bin, lock_bin
from apps.storage.queries import Source, bins_among, faces_below_minimum, load_of, promised_to_faces, segregation_for
from apps.storage.rules import NOTHING, Reserve, fill, fill_up
from apps.supply.queries import open_promises
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import NewTask, complete_task, lock_task, make_tasks
from apps.tasks.states import TaskKind

MAY_REPLENISH = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
BEFORE_PICKS, ORDERS_WAIT = 60, 80
"""The priority of a replenishment: above a pick's, which may wait for it; and where orders wait for the goods."""


def replenish_faces(*, warehouse_id: int, by: Actor, at: datetime) -> list[Replenishment]:
    """Ask for every pick face below its minimum to be filled up to its maximum; the new replenishments.

    What open tasks bring counts as there, so a second call asks for nothing more. Goods come from the reserve, first
    expired first; what is held, expired or reserved stays. Faces whose items orders wait for are filled first.
    Raises `NotAllowed`.
    """
    if not (by.job or by.user.has_role(*MAY_REPLENISH)):
        raise NotAllowed(who=by.user.get_username(), act="have pick faces filled up")
    # One plan at a time, as for putaways: two of them do not count on the same goods or room.
    warehouse = Warehouse.objects.lock_one(warehouse_id)
    faces = list(faces_below_minimum(warehouse_id=warehouse_id))
    if not faces:
        return []
    demand = _demand({face.item_id for face in faces}, warehouse_id)
    faces.sort(key=lambda face: not demand.get(face.item_id))
    reserves = _reserves(
        candidates(warehouse_id=warehouse_id, item_ids={face.item_id for face in faces}),
        taken=promised_to_faces(warehouse_id=warehouse_id),
    )
    apart = segregation_for((face.item.hazard_class_id for face in faces), warehouse_id=warehouse_id, at=at)
    places = {face.location_id for face in faces}
    bins = {each.location_id: each for each in bins_among(places, segregation=apart)}
    found = []
    for face in faces:
        load = load_of(face.item, lot_id=None, status=StockStatus.AVAILABLE, quantity=NOTHING)
        steps = fill_up(load, bins[face.location_id], reserves.get(face.item_id, ()), today=warehouse.local_date(at))
        for reserve, quantity in steps:
            fill(bins, face.location_id, replace(load, lot_id=reserve.lot_id), quantity)
            found.append((face, reserve, quantity))
        spent = dict(steps)
        reserves[face.item_id] = [
            replace(each, free=each.free - spent.get(each, NOTHING)) for each in reserves.get(face.item_id, ())
        ]
    return _ask_for(found, demand, warehouse_id, at)


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
    `MoreThanTask`, `LessNeedsReason`, `WrongFace`, `TaskStale`, `TaskTaken`, what the face refuses (`NotMixed`,
    `BinFull`, `WrongCondition`, `HazardsApart`, `WrongPlace`) and what the ledger refuses; then nothing has changed.
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
        check_bin(face, [(item, load)], task, at)
        replenishment.transaction_id = _bring(task, face, amount, by, at)
    replenishment.brought = amount
    replenishment.short_reason = reason if amount < task.quantity else ""
    replenishment.save(update_fields=["brought", "short_reason", "transaction"])
    replenishment.task = complete_task(task, by=by, at=at)
    return replenishment


def _reserves(found: Iterable[Candidate], *, taken: Mapping[Source, Decimal]) -> dict[int, list[Reserve]]:
    """What the reserve has of each item, our own goods only, less what other replenishments will take."""
    reserves: dict[int, list[Reserve]] = {}
    for each in found:
        if each.location_kind != LocationKind.STORAGE or each.owner_id is not None:
            continue
        gone = taken.get((each.item_id, each.lot_id, each.serial_id, each.unit_id, each.location_id), NOTHING)
        reserves.setdefault(each.item_id, []).append(
            Reserve(
                location_id=each.location_id,
                code=each.location_code,
                free=each.free - gone,
                walk=each.pick_sequence,
                lot_id=each.lot_id,
                lot=each.lot_number or "",
                serial_id=each.serial_id,
                unit_id=each.unit_id,
                expires_on=each.expires_on,
                first_in=each.lot_created_at,
            )
        )
    return reserves


def _demand(item_ids: set[int], warehouse_id: int) -> dict[int, Decimal]:
    """What orders still need of each item, which nothing is reserved for yet."""
    demand: dict[int, Decimal] = defaultdict(Decimal)
    for (_, item), quantity in open_promises(warehouse_id=warehouse_id, item_ids=item_ids).items():
        demand[item] += quantity
    return demand


def _ask_for(
    found: list[tuple[PickFace, Reserve, Decimal]], demand: Mapping[int, Decimal], warehouse_id: int, at: datetime
) -> list[Replenishment]:
    places = Location.objects.select_related("zone").in_bulk({reserve.location_id for _, reserve, _ in found})
    tasks = make_tasks(
        [
            NewTask(
                kind=TaskKind.REPLENISH,
                document=face.location.code,
                item_id=face.item_id,
                lot_id=reserve.lot_id,
                serial_id=reserve.serial_id,
                unit_id=reserve.unit_id,
                quantity=quantity,
                source_id=reserve.location_id,
                target_id=face.location_id,
                sequence=places[reserve.location_id].walking_place,
                priority=ORDERS_WAIT if demand.get(face.item_id) else BEFORE_PICKS,
            )
            for face, reserve, quantity in found
        ],
        warehouse_id=warehouse_id,
        at=at,
    )
    return Replenishment.objects.bulk_create(
        [
            Replenishment(task=task, reasons=_reasons(face, reserve, demand.get(face.item_id, NOTHING)))
            for task, (face, reserve, _) in zip(tasks, found, strict=True)
        ]
    )


def _reasons(face: PickFace, reserve: Reserve, demand: Decimal) -> list[str]:
    free: Decimal = face.free  # type: ignore[attr-defined]  # annotated
    coming: Decimal = face.coming  # type: ignore[attr-defined]
    below = (
        f"{face.location.code} has {plain(free)} free and {plain(coming)} on its way: below its minimum of "
        f"{plain(face.minimum)}, it is filled up to {plain(face.maximum)}."
    )
    reasons = [below]
    if demand:
        reasons.append(f"Orders wait for {plain(demand)} of it.")
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
