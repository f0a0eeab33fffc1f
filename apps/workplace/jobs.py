"""Beat's jobs of the workplace. Safe to run twice or late: what is due is made once, what expires is told once."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.journal import edge
from apps.locations.queries import sites_from
from apps.workplace import operations


@shared_task(name="workplace.plan_inspections")
def plan_inspections(**_: Any) -> int:
    """Make what is due to be inspected, by each site's own calendar; how many inspections were made."""
    system = User.objects.get(username=SYSTEM)
    made = 0
    for warehouse, today in sites_from(0, at=clock.now()):
        made += edge.run(
            operations.plan_inspections,
            by=system,
            job="workplace.plan_inspections",
            render=len,
            warehouse_id=warehouse.pk,
            on=today,
        )
    return made


@shared_task(name="workplace.remind_expiring")
def remind_expiring(**_: Any) -> int:
    """Tell of certificates that will expire, by the calendar of the site where their holders work; of how many."""
    system = User.objects.get(username=SYSTEM)
    now = clock.now()
    told = 0
    for site, today in [*((site.pk, today) for site, today in sites_from(0, at=now)), (None, now.date())]:
        told += edge.run(
            operations.remind_expiring,
            by=system,
            job="workplace.remind_expiring",
            render=len,
            warehouse_id=site,
            on=today,
        )
    return told
