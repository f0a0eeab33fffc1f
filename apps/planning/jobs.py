"""Beat's job of reorders. Beat calls by the hour, and each warehouse has its own morning."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.journal import edge
from apps.locations.models import Warehouse
from apps.planning.operations import Proposed
from apps.planning.operations import propose_reorders as propose

MORNING = 5
"""The hour of a warehouse's day from which its reorders are proposed; a later call makes up for a missed one."""


@shared_task(name="planning.propose_reorders")
def propose_reorders(**_: Any) -> int:
    """Propose reorders, once a day, for each warehouse whose morning has come; for how many it is done."""
    at = clock.now()
    system = User.objects.get(username=SYSTEM)
    done = 0
    for warehouse in Warehouse.objects.filter(is_active=True):
        if at.astimezone(ZoneInfo(warehouse.timezone)).hour < MORNING:
            continue
        today = warehouse.local_date(at)
        edge.run(
            propose,
            by=system,
            job="planning.propose_reorders",
            key=f"{warehouse.code} {today}",
            render=_numbers,
            warehouse_id=warehouse.pk,
            on=today,
        )
        done += 1
    return done


def _numbers(run: Proposed) -> dict[str, list[str]]:
    return {
        "proposed": [proposal.number for proposal in run.proposed],
        "withdrawn": [proposal.number for proposal in run.withdrawn],
    }
