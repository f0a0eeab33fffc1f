"""Who took records of foods out: they name suppliers, customers and quantities."""

from __future__ import annotations

from datetime import datetime

from apps.food.errors import FoodRecordsTooWide
from apps.food.rules.events import FoodRecords
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.shipping.models import Shipment
from apps.traceability.operations import may_read_traces

MOST_ROWS = 20_000


def note_records_read(*, what: str, by: Actor, at: datetime) -> None:
    """Record that somebody took out the records of a lot or a period. Raises `NotAllowed`."""
    may_read_traces(by)
    record("read food records", kind="food records", number=what, by=by, at=at)


def note_shipment_read(*, shipment_id: int, by: Actor, at: datetime) -> Shipment:
    """Record that somebody took out what a shipment's recipient is sent: no more than is on its papers."""
    shipment = Shipment.objects.get(pk=shipment_id)
    record("read food records", kind="shipment", number=shipment.number, by=by, at=at)
    return shipment


def check_size(records: FoodRecords) -> FoodRecords:
    """The records. Raises `FoodRecordsTooWide` for more rows than one spreadsheet takes."""
    if len(records) > MOST_ROWS:
        raise FoodRecordsTooWide(rows=len(records), most=MOST_ROWS)
    return records
