"""Reservations: stock that is spoken for until it is picked or let go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.ledger.operations.call import call


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What one balance could give now; `first_in` orders balances by their last posting."""

    balance_id: int
    item_id: int
    lot_id: int | None
    serial_id: int | None
    owner_id: int | None
    unit_id: int | None
    location_id: int
    free: Decimal
    lot_number: str | None
    expires_on: date | None
    lot_created_at: datetime | None
    location_code: str
    location_kind: str
    pick_sequence: int
    first_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """So much of one balance."""

    balance_id: int
    quantity: Decimal


def candidates(*, warehouse_id: int, item_ids: Iterable[int]) -> list[Candidate]:
    """What may be reserved of these items, locked until commit: available, pickable, not held.

    Expired lots are among them: the caller's rules judge shelf life.
    """
    rows = call("ledger_candidates", [("bigint", warehouse_id), ("bigint[]", sorted(set(item_ids)))])
    return [Candidate(**dict(zip(Candidate.__slots__, row, strict=True))) for row in rows]


def reserve(
    claims: Sequence[Claim], *, warehouse_id: int, document: str | Sequence[str], expires_at: datetime | None = None
) -> list[int]:
    """Speak for all claims or none, for one document or each for its own; the reservations' ids in the same order.

    Raises `InsufficientStock`, `LotOnHold`, `LotExpired`, `InvalidQuantity`.
    """
    rows = call(
        "ledger_reserve",
        [
            ("bigint", warehouse_id),
            ("text[]", [document] * len(claims) if isinstance(document, str) else list(document)),
            ("timestamptz", expires_at),
            ("bigint[]", [claim.balance_id for claim in claims]),
            ("numeric[]", [claim.quantity for claim in claims]),
        ],
    )
    return list(rows[0][0])


def release(reservation_ids: Sequence[int], *, reason: str) -> int:
    """Let pending reservations go; how many. Raises `ReservationEnded`."""
    return int(call("ledger_release", [("bigint[]", list(reservation_ids)), ("text", reason)])[0][0])


def expire_reservations(*, limit: int) -> int:
    """Let go what was reserved only until now; how many. At most `limit`, skipping what others are working on."""
    return int(call("ledger_expire_reservations", [("integer", limit)])[0][0])
