"""Bins and other places from other systems' files. Zones and aisles that a file names are made when missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history

from apps.core.imports import Column, Plan, Problems, Record, Reference, Upsert, UpsertPlan, cells, read_records
from apps.core.querysets import Viewer
from apps.journal.actor import Actor
from apps.journal.imports import write
from apps.locations.choices import VIRTUAL, DoorUse, LocationKind
from apps.locations.models import Aisle, Location, Warehouse, Zone
from apps.safety.models import StorageCondition

P = TypeVar("P", Zone, Aisle)


def _check(location: Location) -> Iterator[tuple[str, str]]:
    if location.kind in VIRTUAL:
        yield "kind", "a warehouse has its virtual places from the start"


LOCATIONS = Upsert(
    model=Location,
    key=("warehouse", "code"),
    columns=(
        Column(
            name="warehouse",
            meaning="code of the warehouse; the key with `code`",
            required=True,
            refers=Reference(model=Warehouse, field="code"),
        ),
        Column(name="code", meaning="as on the label that is scanned", required=True),
        Column(
            name="kind",
            meaning="storage, pick_face, dock, staging, pack, tote, quarantine or transit",
            required=True,
            read=cells.choice(LocationKind),
            fixed=True,
        ),
        Column(name="zone", meaning="code of the zone; made when missing", blank=None),
        Column(name="aisle", meaning="code of the aisle; made when missing", blank=None),
        Column(name="bay", meaning="a whole number", read=cells.whole, blank=None),
        Column(name="level", meaning="0 is the floor", read=cells.whole, blank=None),
        Column(name="x_mm", meaning="a whole number", read=cells.whole, blank=None),
        Column(name="y_mm", meaning="a whole number", read=cells.whole, blank=None),
        Column(name="z_mm", meaning="a whole number", read=cells.whole, blank=None),
        Column(name="pick_sequence", meaning="order in which pickers pass it", read=cells.whole, blank=0),
        Column(name="max_weight_g", meaning="a number", read=cells.number, blank=None),
        Column(name="max_volume_mm3", meaning="a whole number", read=cells.whole, blank=None),
        Column(name="max_units", meaning="base units it can hold", read=cells.number, blank=None),
        Column(name="mixes_items", meaning="may hold more than one item", read=cells.yes_no, blank=True),
        Column(name="mixes_lots", meaning="may hold more than one lot of an item", read=cells.yes_no, blank=True),
        Column(
            name="storage_condition",
            meaning="code of a storage condition; empty: its zone's",
            refers=Reference(model=StorageCondition, field="code"),
            blank=None,
        ),
        Column(
            name="door_use",
            meaning="both, inbound or outbound: of a dock or staging, for which trucks",
            read=cells.choice(DoorUse),
            blank=DoorUse.BOTH,
        ),
        Column(name="active", meaning="yes or no", read=cells.yes_no, blank=True, attribute="is_active"),
    ),
    check=_check,
)


def preview_locations(text: str, viewer: Viewer | None = None) -> Plan:
    """What the file would do, brought in by `viewer`."""
    return _plan(text, viewer, lock=False)[0]


def import_locations(*, text: str, by: Actor, at: datetime) -> Plan:
    """Create and change places as the file says, with the zones and aisles it names; all or nothing."""
    plan, zones, aisles = _plan(text, by.user, lock=True)
    for model, rows in ((Zone, zones), (Aisle, aisles)):
        if rows:
            bulk_create_with_history(rows, model, default_user=by.user, default_date=at, default_change_reason="import")
    return write(plan, kind="locations", by=by, at=at)


def _plan(text: str, viewer: Viewer | None, *, lock: bool) -> tuple[UpsertPlan[Location], list[Zone], list[Aisle]]:
    problems = Problems()
    records = read_records(text, LOCATIONS.columns, problems, viewer=viewer)
    zones = _named(records, "zone", Zone)
    aisles = _named(records, "aisle", Aisle)
    plan = LOCATIONS.plan_records(records, problems, lock=lock)
    problems.refuse_any()
    return plan, zones, aisles


def _named(records: Sequence[Record], column: str, model: type[P]) -> list[P]:
    """Put the zone or aisle of that warehouse in place of its code; those that are still to be made."""
    rows: QuerySet[P] = QuerySet(model)
    there = {(row.warehouse_id, row.code): row for row in rows}
    new: list[P] = []
    for record in records:
        code = record.values.get(column)
        if not code:
            continue
        warehouse = record.values["warehouse"]
        if (warehouse.pk, code) not in there:
            made = model(warehouse=warehouse, code=code)
            if isinstance(made, Zone):
                made.name = code
            there[warehouse.pk, code] = made
            new.append(made)
        record.values[column] = there[warehouse.pk, code]
    return new
