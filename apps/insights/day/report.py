"""The end-of-day report's figures, put together."""

from __future__ import annotations

from datetime import date, datetime

from apps.core.clock import day_bounds
from apps.insights.day.figures import DayStatus, EndOfDay
from apps.insights.day.left import left_of
from apps.insights.day.moved import inbound_of, outbound_of
from apps.insights.day.worked import (
    counts_of,
    filled_of,
    postings_of,
    recalls_of,
    reorders_of,
    returned_of,
    work_of,
)
from apps.insights.queries import ledger_verdict
from apps.locations.models import Warehouse


def end_of_day(warehouse: Warehouse, *, on: date, at: datetime) -> EndOfDay:
    """A warehouse's day by its own calendar, as far as it has come at `at`; as many queries for any day."""
    day = day_bounds(on, warehouse.timezone)
    today = warehouse.local_date(at)
    return EndOfDay(
        warehouse=warehouse.code,
        name=warehouse.name,
        on=on,
        status=DayStatus.OVER if on < today else DayStatus.UNDER_WAY if on == today else DayStatus.TO_COME,
        as_of=at,
        inbound=inbound_of(warehouse, day),
        outbound=outbound_of(warehouse, day),
        work=work_of(warehouse, day),
        filled=filled_of(warehouse, day),
        counts=counts_of(warehouse, day),
        returned=returned_of(warehouse, day),
        recalls=recalls_of(warehouse, day),
        reorders=reorders_of(warehouse, on),
        postings=postings_of(warehouse, day),
        left=left_of(warehouse, at),
        ledger=ledger_verdict(),
    )
