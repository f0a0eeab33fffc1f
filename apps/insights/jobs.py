"""Beat's jobs on the figures. Beat calls by the hour, and each warehouse has its own evening."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.core.paper.shelf import keep
from apps.insights.day import end_of_day
from apps.insights.operations import note_end_of_day, plan_day
from apps.insights.paper import end_of_day_paper
from apps.journal import edge
from apps.locations.models import Warehouse
from apps.locations.queries import sites_from

EVENING = 18
"""The hour of a warehouse's day from which its tomorrow is planned; a later call makes up for a missed one."""
NIGHT = 20
"""The hour from which the report of a warehouse's day is printed."""


@shared_task(name="insights.plan_tomorrow")
def plan_tomorrow(**_: Any) -> int:
    """Plan tomorrow, once, for each warehouse whose evening has come; for how many it is planned."""
    system = User.objects.get(username=SYSTEM)
    planned = 0
    for warehouse, today in sites_from(EVENING, at=clock.now()):
        tomorrow = today + timedelta(days=1)
        edge.run(
            plan_day,
            by=system,
            job="insights.plan_tomorrow",
            key=f"{warehouse.code} {tomorrow}",
            render=dict,
            warehouse_id=warehouse.pk,
            day=tomorrow,
        )
        planned += 1
    return planned


@shared_task(name="insights.print_end_of_day")
def print_end_of_day(**_: Any) -> int:
    """Print the report of the day, once, for each warehouse whose night has come; for how many it is printed."""
    system = User.objects.get(username=SYSTEM)
    printed = 0
    for warehouse, today in sites_from(NIGHT, at=clock.now()):
        edge.run(
            note_end_of_day,
            by=system,
            job="insights.print_end_of_day",
            key=f"{warehouse.code} {today}",
            render=str,
            warehouse_id=warehouse.pk,
            on=today,
        )
        printed += 1
    return printed


@shared_task(name="insights.print_day")
def print_day(*, warehouse_id: int, on: str, user_id: int, **_: Any) -> str:
    """Write the report of a warehouse's day; the file's path. Again, it replaces the file."""
    at = clock.now()
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    told = end_of_day(warehouse, on=date.fromisoformat(on), at=at)
    paper = end_of_day_paper(told, warehouse, at=at, by=User.objects.get(pk=user_id))
    return str(keep(f"{warehouse.code}-{told.on}-end-of-day.pdf", paper))
