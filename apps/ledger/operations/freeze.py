"""Holds: a lot is frozen everywhere at once."""

from __future__ import annotations

from collections.abc import Sequence

from apps.journal.actor import Actor
from apps.ledger.operations.call import call
from apps.ledger.states import HoldReason


def hold_lots(lot_ids: Sequence[int], *, reason: HoldReason, by: Actor, note: str = "", source: str = "") -> list[int]:
    """Freeze lots in every warehouse and let their pending reservations go; the holds' ids."""
    rows = call(
        "ledger_hold",
        [
            ("bigint[]", list(lot_ids)),
            ("text", reason.value),
            ("text", note),
            ("text", source),
            ("bigint", by.user.pk),
        ],
    )
    return list(rows[0][0])


def release_holds(hold_ids: Sequence[int], *, by: Actor, note: str = "") -> int:
    """End holds; how many. A lot is free when no other hold on it is open. Raises `HoldEnded`."""
    rows = call("ledger_unhold", [("bigint[]", list(hold_ids)), ("text", note), ("bigint", by.user.pk)])
    return int(rows[0][0])
