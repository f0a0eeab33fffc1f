"""Beat's jobs on the ledger. Each may run twice or late: a sweep finds nothing left, a check has its minutes."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from celery import shared_task
from django.conf import settings

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.journal import edge
from apps.ledger.anchor import extend_anchor
from apps.ledger.models import Block, Reservation
from apps.ledger.operations import upkeep
from apps.ledger.operations.seal import LARGEST, seal_block

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


@shared_task(name="ledger.seal")
def seal(*, everything: bool = False, **_: Any) -> int:
    """Seal all that is committed, block after block; how many blocks. When nothing was posted it leaves no trace."""
    if not everything and not Block.objects.unsealed().exists():
        return 0
    blocks, sealed = 0, LARGEST
    while sealed == LARGEST:
        sealed = edge.run(
            seal_block,
            by=User.objects.get(username=SYSTEM),
            job="ledger.seal",
            render=lambda block: block.count if block else 0,
            everything=everything,
        )
        blocks += bool(sealed)
    return blocks


@shared_task(name="ledger.anchor")
def anchor(**_: Any) -> int:
    """Keep the heads of new blocks outside the database; how many. Late or twice, the anchor ends the same."""
    return extend_anchor(Path(settings.LEDGER_ANCHOR))


@shared_task(name="ledger.verify")
def verify(**_: Any) -> bool:
    """Prove the sealed history once in this day, against its anchor; whether it stands as it was sealed."""
    verdict = edge.run(
        upkeep.verify_history,
        by=User.objects.get(username=SYSTEM),
        job="ledger.verify",
        key=f"{clock.now():%Y-%m-%d}",
        render=dict,
        anchor=str(settings.LEDGER_ANCHOR),
    )
    if verdict["fault"]:
        log.error("sealed history is not proven: %s", verdict["fault"])
    return not verdict["fault"]
