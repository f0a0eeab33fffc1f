"""Taking down what readers saw, and looking for units that were seen elsewhere than the ledger has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from apps.counting.models import CycleCount
from apps.counting.operations import opened
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.journal.rules import CLOCK_MAY_BE_AHEAD
from apps.ledger.models import HandlingUnit
from apps.ledger.operations import move_unit
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.locations.models.place import ZONE_STRIDE
from apps.rfid.errors import NotYourReader, PlaceNeeded, ReadAhead, ReaderOff
from apps.rfid.models import Reader, ReadEvent
from apps.rfid.queries import Sight, Tag, read_tags, searches, sights_of
from apps.rfid.rules import Span, merge
from apps.storage.operations.planning import named_on_task
from apps.storage.queries import goods_on
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import NewTask, cancel_tasks, complete_task, lock_task, make_tasks
from apps.tasks.states import TaskKind, TaskState

SEARCH_PRIORITY = 60
"""A little before what waits anyhow: the longer ago a tag was read, the less it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRead:
    """A reader saw this tag at this moment, by its own clock."""

    epc: str
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of a batch: events that are new or have grown, and the tasks that were made and called off."""

    reader: Reader
    new: int = 0
    merged: int = 0
    repeated: int = 0
    events: list[ReadEvent] = field(default_factory=list)
    made: list[WarehouseTask] = field(default_factory=list)
    called_off: list[WarehouseTask] = field(default_factory=list)


def record_reads(*, reader_id: int, tag_reads: Sequence[TagRead], by: Actor, at: datetime) -> Told:
    """Take down what a reader saw; what comes twice or late does no harm.

    A handling unit that was seen elsewhere than the ledger has it, after it was last moved, gets one task to look for
    it, and loses it when it is seen in its place again before anybody took the task. Raises `ReaderOff`,
    `NotYourReader`, `ReadAhead`.
    """
    reader = Reader.objects.lock_one(reader_id)
    _check_reader(reader, tag_reads, by, at)
    tags = read_tags({read.epc for read in tag_reads}, warehouse_id=reader.warehouse_id)
    told = _written(reader, tag_reads, tags, at)
    seen: dict[int, datetime] = {}
    for event in told.events:
        if event.unit_id is not None:
            seen[event.unit_id] = max(event.last_at, seen.get(event.unit_id, event.last_at))
    sights = sights_of(seen)
    called_off = _call_off(reader, sights)
    # What was called off was seen in its place, so it is not astray.
    made = _ask(reader, seen, told.events, at) if any(sight.is_astray(reader) for sight in sights) else []
    return replace(told, made=made, called_off=called_off)


def confirm_search(
    *, task_id: int, version: int | None, location_id: int | None, missing: bool, reason: str, by: Actor, at: datetime
) -> WarehouseTask:
    """A worker says where the unit stands: the ledger has it there from now on, with all that is in it.

    A unit that was not found stays in the ledger where it is, and that place is counted. One that serves a document by
    now is that document's to move. Raises `PlaceNeeded`, `TaskStale`, `TaskTaken`, and what moving a unit raises.
    """
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    unit = HandlingUnit.objects.select_related("warehouse").get(pk=task.unit_id or 0)
    if (missing and not reason) or (not missing and location_id is None):
        raise PlaceNeeded(task=task.number, unit=unit.number)
    if missing:
        _count_where_it_should_be(unit, task, reason, by, at)
    elif location_id is not None and location_id != unit.location_id and not unit.document:
        move_unit(unit_id=unit.pk, location_id=location_id, by=by, at=at, reason=f"found by {task.number}")
    return complete_task(task, by=by, at=at)


def _check_reader(reader: Reader, reads: Sequence[TagRead], by: Actor, at: datetime) -> None:
    if not reader.is_active:
        raise ReaderOff(reader=reader.code)
    if reader.device is not None and (by.device is None or by.device.pk != reader.device_id):
        raise NotYourReader(reader=reader.code, device=reader.device.number)
    latest = max(read.read_at for read in reads)
    if latest - at > CLOCK_MAY_BE_AHEAD:
        raise ReadAhead(reader=reader.code, read_at=latest, at=at)


def _written(reader: Reader, reads: Sequence[TagRead], tags: Mapping[str, Tag], at: datetime) -> Told:
    """The events, in a fixed number of statements; the reader's lock keeps another batch of its reads out."""
    window = timedelta(seconds=reader.window_seconds)
    times: dict[str, list[datetime]] = defaultdict(list)
    for read in reads:
        times[tags[read.epc].epc].append(read.read_at)
    by_epc = {tag.epc: tag for tag in tags.values()}
    moments = [read.read_at for read in reads]
    near = ReadEvent.objects.filter(
        reader=reader,
        epc__among=sorted(times),
        first_at__lte=max(moments) + window,
        last_at__gte=min(moments) - window,
    )
    known: dict[str, list[ReadEvent]] = defaultdict(list)
    for event in near.order_by("first_at"):
        known[event.epc].append(event)
    new: list[ReadEvent] = []
    grown: list[ReadEvent] = []
    merged = repeated = 0
    for epc, each in times.items():
        rows = {event.pk: event for event in known[epc]}
        spans = [Span(first=row.first_at, last=row.last_at, reads=row.reads, pk=row.pk) for row in known[epc]]
        outcome = merge(spans, each, window=window)
        merged, repeated = merged + outcome.merged, repeated + outcome.repeated
        for span in outcome.changed:
            event = _event(reader, by_epc[epc], at) if span.pk is None else rows[span.pk]
            event.first_at, event.last_at, event.reads = span.first, span.last, span.reads
            (new if span.pk is None else grown).append(event)
    ReadEvent.objects.bulk_create(new)
    ReadEvent.objects.bulk_update(grown, ["first_at", "last_at", "reads"], batch_size=1000)
    return Told(reader=reader, new=len(new), merged=merged, repeated=repeated, events=[*new, *grown])


def _event(reader: Reader, tag: Tag, at: datetime) -> ReadEvent:
    return ReadEvent(
        reader=reader,
        epc=tag.epc,
        told_at=at,
        kind=tag.kind,
        unit_id=tag.unit_id,
        item_id=tag.item_id,
        serial_id=tag.serial_id,
        location_id=tag.location_id,
        asset_id=tag.asset_id,
    )


def _call_off(reader: Reader, sights: Sequence[Sight]) -> list[WarehouseTask]:
    """Nobody needs to look for what was seen in its place, unless somebody is looking already."""
    waiting = [
        task.pk
        for sight in sights
        if sight.is_back(reader)
        for task in searches(sight)
        if task.state == TaskState.READY and sight.seen_at > task.created_at
    ]
    return cancel_tasks(waiting) if waiting else []


def _ask(
    reader: Reader, seen: Mapping[int, datetime], events: Sequence[ReadEvent], at: datetime
) -> list[WarehouseTask]:
    """One task for each unit that is astray, however often and by however many readers it was seen."""
    # One at a time for a warehouse, and looked at again: another reader may have seen the same unit.
    Warehouse.objects.lock_one(reader.warehouse_id)
    astray = [sight.standing for sight in sights_of(seen) if sight.is_astray(reader)]
    carried = goods_on([standing.unit.pk for standing in astray])
    new = []
    for standing in astray:
        goods = carried.get(standing.unit.pk)
        item, lot, quantity = named_on_task(goods) if goods else (None, None, Decimal(1))
        new.append(
            NewTask(
                kind=TaskKind.LOCATE,
                document=reader.code,
                quantity=quantity,
                item_id=item,
                lot_id=lot,
                unit_id=standing.unit.pk,
                source_id=standing.place.pk,
                target_id=reader.location_id,
                sequence=_walking_place(reader),
                priority=SEARCH_PRIORITY,
            )
        )
    made = make_tasks(new, warehouse_id=reader.warehouse_id, at=at)
    of_unit = {task.unit_id: task for task in made}
    causes = [event for event in events if event.unit_id in of_unit]
    for event in causes:
        event.task = of_unit[event.unit_id]
    ReadEvent.objects.bulk_update(causes, ["task"], batch_size=1000)
    return made


def _walking_place(reader: Reader) -> int:
    """Where the walk to what the reader watches leads."""
    if reader.location is not None:
        return reader.location.walking_place
    return reader.zone.pick_sequence * ZONE_STRIDE if reader.zone is not None else 0


def _count_where_it_should_be(unit: HandlingUnit, task: WarehouseTask, reason: str, by: Actor, at: datetime) -> None:
    """What is not where a reader saw it may be where the ledger has it, or nowhere: somebody counts that place."""
    place = Location.objects.lock_one(unit.location_id) if unit.location_id is not None else None
    count = None
    if place is not None and place.kind != LocationKind.TRANSIT and not place.is_virtual:
        under_way = CycleCount.objects.under_way().filter(location=place).exists()
        count = None if under_way else opened(place, by=by, at=at)
    record(
        "not found",
        kind="handling unit",
        number=unit.number,
        by=by,
        at=at,
        warehouse_code=unit.warehouse.code,
        task=task.number,
        reason=reason,
        count=count.number if count is not None else "",
    )
