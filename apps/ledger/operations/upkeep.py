"""What the ledger does by itself: let reservations go in time, and prove that it is right."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from apps.core.invariants import check_invariants
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.anchor import read_anchor
from apps.ledger.operations.reserve import expire_reservations
from apps.ledger.verify import verify_blocks

SWEEP = 500


def sweep_reservations(*, by: Actor, at: datetime) -> int:
    """Let go what was reserved only until now, at most a sweep's worth; how many."""
    count = expire_reservations(limit=SWEEP)
    if count:
        record("expired", kind="reservations", number=f"{at:%Y-%m-%d %H:%M}", by=by, at=at, count=count)
    return count


def check_ledger(*, everything: bool, by: Actor, at: datetime) -> dict[str, Any]:
    """Hold every rule against the database and put the verdict on the audit trail; it stops and repairs nothing."""
    found = check_invariants(everything=everything)
    verdict: dict[str, Any] = {
        "broken": [str(violation) for violation in found if not violation.invariant.flag],
        "flags": [str(violation) for violation in found if violation.invariant.flag],
        "everything": everything,
    }
    record("checked", kind="ledger", number=f"{at:%Y-%m-%d %H:%M}", by=by, at=at, **verdict)
    return verdict


def verify_history(*, anchor: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Hold sealed history against its hashes and against the anchor, where there is one; the verdict on the trail."""
    file = Path(anchor)
    found = verify_blocks(read_anchor(file) if file.exists() else [])
    verdict: dict[str, Any] = {"fault": found.fault, "blocks": found.blocks, "transactions": found.transactions}
    record("verified", kind="ledger", number=f"{at:%Y-%m-%d %H:%M}", by=by, at=at, **verdict)
    return verdict
