"""Handling units: opened empty, placed by what is put into them, moved as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.core.numbering import Series
from apps.journal.actor import Actor
from apps.ledger.operations.call import call
from apps.ledger.operations.post import who
from apps.ledger.states import TransactionKind, UnitKind

UNIT_NUMBERS = Series("HU", 8)


def open_units(*, warehouse_id: int, kind: UnitKind, sscc: Sequence[str] = (), count: int | None = None) -> list[int]:
    """Make empty handling units, one for each SSCC, or `count` without; their ids."""
    numbers: Sequence[str] = sscc or UNIT_NUMBERS.next_many(count or 1)
    codes: list[str | None] = [*sscc] if sscc else [None] * len(numbers)
    rows = call(
        "ledger_open_units",
        [("bigint", warehouse_id), ("text", kind.value), ("text[]", list(numbers)), ("text[]", codes)],
    )
    return list(rows[0][0])


def move_units(
    unit_ids: Sequence[int],
    *,
    warehouse_id: int,
    target_id: int,
    kind: TransactionKind,
    by: Actor,
    at: datetime,
    document: str = "",
    reason: str = "",
) -> int:
    """Move whole units with all that is in them, in one posting; its id.

    Raises `UnitElsewhere` for a unit that has no place, is inside another or has left, and what `post` raises.
    """
    rows = call(
        "ledger_move_units",
        [
            ("bigint", warehouse_id),
            ("text", kind.value),
            ("text", document),
            ("text", reason),
            *who(by, at),
            ("bigint[]", list(unit_ids)),
            ("bigint", target_id),
        ],
    )
    return int(rows[0][0])
