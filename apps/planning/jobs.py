"""Beat's job of reorders. Beat calls by the hour, and each warehouse has its own morning."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.journal import edge
from apps.locations.queries import sites_from
from apps.planning.operations import Proposed
from apps.planning.operations import propose_reorders as propose

MORNING = 5
"""The hour of a warehouse's day from which its reorders are proposed; a later call makes up for a missed one."""


@shared_task(name="planning.propose_reorders")
def propose_reorders(**_: Any) -> int:
    """Propose reorders, once a day, for each warehouse whose morning has come; for how many it is done."""
    system = User.objects.get(username=SYSTEM)
    done = 0
    for warehouse, today in sites_from(MORNING, at=clock.now()):
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
