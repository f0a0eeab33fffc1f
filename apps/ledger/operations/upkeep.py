"""What the ledger does by itself: let reservations go in time, and prove that it is right."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from apps.catalog.models import Item
from apps.core.decimals import plain
from apps.core.invariants import Violation, check_invariants
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.anchor import AnchorDisagrees, read_anchor
from apps.ledger.models import HandlingUnit, Lot, SerialNumber
from apps.ledger.operations.reserve import expire_reservations
from apps.ledger.queries.position import seen_now, verified
from apps.ledger.verify import verify_blocks
from apps.locations.models import Location, Warehouse

SWEEP = 500


def sweep_reservations(*, by: Actor, at: datetime) -> int:
    """Let go what was reserved only until now, at most a sweep's worth; how many."""
    count = expire_reservations(limit=SWEEP)
    if count:
        record("expired", kind="reservations", number=f"{at:%Y-%m-%d %H:%M}", by=by, at=at, count=count)
    return count


def check_ledger(*, everything: bool, by: Actor, at: datetime) -> dict[str, Any]:
    """Hold every rule against the database and put the verdict on the audit trail; it stops and repairs nothing.

    Without `everything` only what came since the last check is looked at, where a rule can be asked so; as long as
    something is broken, all is.
    """
    position = seen_now()
    since = None if everything else verified()
    found = check_invariants(everything=since is None, changed=since.changed if since is not None else "")
    broken = [violation for violation in found if not violation.invariant.flag]
    verdict: dict[str, Any] = {
        "broken": [str(violation) for violation in broken],
        "flags": [str(violation) for violation in found if violation.invariant.flag],
        "everything": since is None,
        "first": in_words(broken[0]) if broken else "",
        "position": position.detail,
    }
    record("checked", kind="ledger", number=f"{at:%Y-%m-%d %H:%M}", by=by, at=at, **verdict)
    return verdict


def verify_history(*, anchor: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Hold sealed history against its hashes and against the anchor, where there is one; the verdict on the trail.

    An anchor that cannot be read is a fault like any other: history is then proven against its hashes alone.
    """
    file = Path(anchor)
    try:
        heads, unread = read_anchor(file) if file.exists() else [], ""
    except (AnchorDisagrees, OSError) as error:
        heads, unread = [], f"The anchor cannot be read: {error}."
    found = verify_blocks(heads)
    fault = " ".join(filter(None, (found.fault, unread)))
    verdict: dict[str, Any] = {"fault": fault, "blocks": found.blocks, "transactions": found.transactions}
    record("verified", kind="ledger", number=f"{at:%Y-%m-%d %H:%M}", by=by, at=at, **verdict)
    return verdict


NAMED: dict[str, Any] = {
    "warehouse_id": Warehouse,
    "item_id": Item,
    "location_id": Location,
    "lot_id": Lot,
    "serial_id": SerialNumber,
    "unit_id": HandlingUnit,
}
"""What a rule's row names by its key."""


def in_words(violation: Violation) -> str:
    """The first row that breaks a rule, with numbers and codes that people know."""
    said = []
    for name, value in violation.rows[0].items():
        if value is None:
            continue
        kind = NAMED.get(name)
        row = kind.objects.filter(pk=value).first() if kind is not None else None
        text = plain(value) if isinstance(value, Decimal) else value
        said.append(f"{name.removesuffix('_id').replace('_', ' ')} {row or text}")
    return f"{violation.invariant.number}: {violation.invariant.rule} Not so: {', '.join(said)}."
