"""Posting: goods go from a place to a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.journal.actor import Actor
from apps.ledger.operations.call import call
from apps.ledger.states import StockStatus, TransactionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where goods are: a location, perhaps in a handling unit, in a status."""

    location_id: int
    unit_id: int | None = None
    status: StockStatus | str = StockStatus.AVAILABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A quantity (base units) of an item goes from a place to a place, perhaps consuming its reservation."""

    item_id: int
    quantity: Decimal
    source: Place
    target: Place
    lot_id: int | None = None
    serial_id: int | None = None
    owner_id: int | None = None
    unit_cost: Decimal | None = None
    consumes: int | None = None


def post(
    moves: Sequence[Move],
    *,
    warehouse_id: int,
    kind: TransactionKind,
    by: Actor,
    at: datetime,
    document: str = "",
    reason: str = "",
) -> int:
    """Post all moves in one transaction of the ledger, or none; its id.

    One call a database transaction: merge what belongs together (two calls can deadlock with another worker).
    Raises `InsufficientStock`, `LotOnHold`, `LotExpired`, `ReservationEnded`, `MoveRefused`, `UnitElsewhere`,
    `SerialElsewhere`, `AlreadyPosted`.
    """
    rows = call(
        "ledger_post",
        [
            ("bigint", warehouse_id),
            ("text", kind.value),
            ("text", document),
            ("text", reason),
            *who(by, at),
            ("bigint", None),
            ("bigint[]", [move.item_id for move in moves]),
            ("numeric[]", [move.quantity for move in moves]),
            ("bigint[]", [move.lot_id for move in moves]),
            ("bigint[]", [move.serial_id for move in moves]),
            ("bigint[]", [move.owner_id for move in moves]),
            ("bigint[]", [move.source.location_id for move in moves]),
            ("bigint[]", [move.source.unit_id for move in moves]),
            ("text[]", [str(move.source.status) for move in moves]),
            ("bigint[]", [move.target.location_id for move in moves]),
            ("bigint[]", [move.target.unit_id for move in moves]),
            ("text[]", [str(move.target.status) for move in moves]),
            ("numeric[]", [move.unit_cost for move in moves]),
            ("bigint[]", [move.consumes for move in moves]),
        ],
    )
    return int(rows[0][0])


def reverse(transaction_id: int, *, by: Actor, at: datetime, reason: str) -> int:
    """Correct a posting by its exact mirror, once; the reversal's id.

    Raises `NotReversible`, `UnitElsewhere`, and `InsufficientStock` when the goods have moved on.
    """
    rows = call("ledger_reverse", [("bigint", transaction_id), ("text", reason), *who(by, at)])
    return int(rows[0][0])


def who(by: Actor, at: datetime) -> list[tuple[str, object]]:
    """The arguments that say who posts, when by their clock, and under which key."""
    return [
        ("timestamptz", by.occurred_at or at),
        ("bigint", by.user.pk),
        ("bigint", by.device.pk if by.device is not None else None),
        ("text", by.name),
        ("text", by.key),
    ]
