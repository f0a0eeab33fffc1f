"""What carriers report, from their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.core.imports import Column, Plan, Problems, cells, read_records
from apps.core.querysets import Viewer
from apps.journal.actor import Actor
from apps.journal.imports import note
from apps.shipping.choices import EventKind
from apps.shipping.models import CarrierEvent, Carton
from apps.shipping.operations import note_carrier_event
from apps.shipping.states import ShipmentState


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text.strip())
    if found.tzinfo is None:
        raise ValueError("needs its offset, as in 2026-03-01T14:05:00+01:00")
    return found


EVENTS = (
    Column(name="tracking_number", meaning="as on the label", required=True),
    Column(
        name="kind",
        meaning="picked_up, in_transit, delivered, exception or lost",
        required=True,
        read=cells.choice(EventKind),
    ),
    Column(name="occurred_at", meaning="as 2026-03-01T14:05:00+01:00", required=True, read=_instant),
    Column(name="place", meaning="text"),
    Column(name="signed_by", meaning="who took it; a delivery needs it"),
    Column(name="note", meaning="text"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    carton: Carton
    told: dict[str, Any]
    is_known: bool

    def __str__(self) -> str:
        return f"{self.carton.tracking_number} {self.told['kind']}"


def preview_carrier_events(text: str, viewer: Viewer | None = None) -> Plan:
    """What the file would do, brought in by `viewer`."""
    plan = Plan()
    for event in _read(text, viewer):
        _count(plan, event)
    return plan


def import_carrier_events(*, text: str, by: Actor, at: datetime) -> Plan:
    """Note every event of the file, all or none; one that is known is left. Raises `ImportRefused`."""
    plan = Plan()
    for event in _read(text, by.user):
        _count(plan, event)
        if not event.is_known:
            note_carrier_event(carton_id=event.carton.pk, by=by, at=at, **event.told)
    note(plan, kind="carrier events", by=by, at=at)
    return plan


def _count(plan: Plan, event: _Event) -> None:
    if event.is_known:
        plan.unchanged += 1
    else:
        plan.created.append(str(event))


def _read(text: str, viewer: Viewer | None) -> Iterator[_Event]:
    """The file's events, each parcel's by time; whatever is wrong is told at once. Raises `ImportRefused`."""
    problems = Problems()
    records = read_records(text, EVENTS, problems, viewer=viewer)
    cartons = Carton.objects.for_user(viewer) if viewer is not None else Carton.objects.all()
    numbers = {record.values["tracking_number"] for record in records}
    found = {
        carton.tracking_number: carton
        for carton in cartons.filter(tracking_number__in=numbers).select_related("shipment")
    }
    known = set(CarrierEvent.objects.filter(carton__in=found.values()).values_list("carton", "kind", "occurred_at"))
    for record in records:
        carton = found.get(record.values["tracking_number"])
        if carton is None:
            problems.add("is of no parcel of ours", row=record.row, field="tracking_number")
        elif carton.shipment.state != ShipmentState.SHIPPED:
            problems.add("has not left", row=record.row, field="tracking_number")
        elif record.values["kind"] == EventKind.DELIVERED and not record.values.get("signed_by"):
            problems.add("is empty; a delivery says who took it", row=record.row, field="signed_by")
    problems.refuse_any()
    for record in sorted(records, key=lambda each: each.values["occurred_at"]):
        values = dict(record.values)
        carton = found[values.pop("tracking_number")]
        key = (carton.pk, values["kind"], values["occurred_at"])
        told = {name: value or "" for name, value in values.items() if name != "occurred_at"}
        told["happened_at"] = values["occurred_at"]
        yield _Event(carton=carton, told=told, is_known=key in known)
        known.add(key)
