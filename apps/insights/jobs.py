"""Beat's jobs on the figures. Beat calls by the hour, and each warehouse has its own evening."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.insights.operations import plan_day
from apps.journal import edge
from apps.locations.models import Warehouse

EVENING = 18
"""The hour of a warehouse's day from which its tomorrow is planned; a later call makes up for a missed one."""


@shared_task(name="insights.plan_tomorrow")
def plan_tomorrow(**_: Any) -> int:
    """Plan tomorrow, once, for each warehouse whose evening has come; for how many it is planned."""
    at = clock.now()
    system = User.objects.get(username=SYSTEM)
    planned = 0
    for warehouse in Warehouse.objects.filter(is_active=True):
        if at.astimezone(ZoneInfo(warehouse.timezone)).hour < EVENING:
            continue
        tomorrow = warehouse.local_date(at) + timedelta(days=1)
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
