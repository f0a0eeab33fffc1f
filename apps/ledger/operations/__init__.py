"""The only callers of the ledger's SQL functions, and so the only way stock changes."""

from apps.ledger.operations.decide import free_lot, freeze_lot, undo_posting
from apps.ledger.operations.freeze import hold_lots, release_holds
from apps.ledger.operations.post import Move, Place, post, reverse
from apps.ledger.operations.reserve import Candidate, Claim, candidates, expire_reservations, release, reserve
from apps.ledger.operations.seal import seal_block
from apps.ledger.operations.units import move_units, open_units

__all__ = [
    "Candidate",
    "Claim",
    "Move",
    "Place",
    "candidates",
    "expire_reservations",
    "free_lot",
    "freeze_lot",
    "hold_lots",
    "move_units",
    "open_units",
    "post",
    "release",
    "release_holds",
    "reserve",
    "reverse",
    "seal_block",
    "undo_posting",
]
