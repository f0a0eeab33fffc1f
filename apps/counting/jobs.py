"""Prints the count sheet, and plans each day's counts: beat calls by the hour, each warehouse has its own morning."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.core.paper.shelf import keep
from apps.counting import operations
from apps.counting.models import CountPlan, CycleCount
from apps.counting.pdf import count_sheet
from apps.counting.queries import count_sheet_of
from apps.journal import edge

MORNING = 5
"""The hour of a warehouse's day from which its counts are planned; a later call makes up for a missed one."""


@shared_task(name="counting.print_count_sheet")
def print_count_sheet(*, count: str, user_id: int, **_: Any) -> str:
    """Write a count's sheet; the file's path."""
    found = CycleCount.objects.select_related("warehouse", "location__zone", "task").get(number=count)
    paper = count_sheet_of(found, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{count}.pdf", count_sheet(paper)))


@shared_task(name="counting.plan_counts")
def plan_counts(**_: Any) -> int:
    """Plan the day's counts, once, for each warehouse with a plan whose morning has come; for how many."""
    at = clock.now()
    system = User.objects.get(username=SYSTEM)
    planned = 0
    for plan in CountPlan.objects.filter(is_active=True, warehouse__is_active=True).select_related("warehouse"):
        warehouse = plan.warehouse
        if at.astimezone(ZoneInfo(warehouse.timezone)).hour < MORNING:
            continue
        today = warehouse.local_date(at)
        edge.run(
            operations.plan_counts,
            by=system,
            job="counting.plan_counts",
            key=f"{warehouse.code} {today}",
            render=str,
            warehouse_id=warehouse.pk,
            on=today,
        )
        planned += 1
    return planned
