"""Beat's jobs on the ledger. Each may run twice or late: a sweep finds nothing left, a check has its minutes."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.journal import edge
from apps.ledger.models import Reservation
from apps.ledger.operations import upkeep

log = logging.getLogger(__name__)


@shared_task(name="ledger.expire_reservations")
def expire_reservations(**_: Any) -> int:
    """Let expired reservations go; how many. A minute in which none has expired leaves no trace."""
    if not Reservation.objects.pending().filter(expires_at__lte=clock.now()).exists():
        return 0
    return int(
        edge.run(
            upkeep.sweep_reservations,
            by=User.objects.get(username=SYSTEM),
            job="ledger.expire_reservations",
            render=int,
        )
    )


@shared_task(name="ledger.check_ledger")
def check_ledger(*, everything: bool = False, **_: Any) -> bool:
    """Check the ledger once in these five minutes; whether it is right. What is broken goes to the log as an error."""
    now = clock.now()
    verdict = edge.run(
        upkeep.check_ledger,
        by=User.objects.get(username=SYSTEM),
        job="ledger.check_ledger",
        key=f"{now:%Y-%m-%dT%H}:{now.minute // 5 * 5:02}{' everything' if everything else ''}",
        render=dict,
        everything=everything,
    )
    for violation in verdict["broken"]:
        log.error("the ledger is broken: %s", violation)
    for flag in verdict["flags"]:
        log.warning("the ledger is worth a look: %s", flag)
    return not verdict["broken"]
