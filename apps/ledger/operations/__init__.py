"""The only callers of the ledger's SQL functions, and so the only way stock changes."""

from apps.ledger.operations.decide import free_lot, freeze_lot, undo_posting
from apps.ledger.operations.freeze import hold_lots, release_holds
from apps.ledger.operations.handling import (
    Content,
    close_unit,
    merge_unit,
    move_unit,
    nest_unit,
    open_unit,
    relabel_unit,
    reopen_unit,
    retire_unit,
    split_unit,
    unnest_unit,
)
from apps.ledger.operations.post import Move, Place, post, reverse
from apps.ledger.operations.reserve import Candidate, Claim, candidates, expire_reservations, release, reserve
from apps.ledger.operations.seal import seal_block
from apps.ledger.operations.units import (
    carry_units,
    dispatch_units,
    let_go_units,
    move_units,
    next_sscc,
    open_units,
    retire_units,
    stack_units,
)

__all__ = [
    "Candidate",
    "Claim",
    "Content",
    "Move",
    "Place",
    "candidates",
    "carry_units",
    "close_unit",
    "dispatch_units",
    "expire_reservations",
    "free_lot",
    "freeze_lot",
    "hold_lots",
    "let_go_units",
    "merge_unit",
    "move_unit",
    "move_units",
    "nest_unit",
    "next_sscc",
    "open_unit",
    "open_units",
    "post",
    "relabel_unit",
    "release",
    "release_holds",
    "reopen_unit",
    "reserve",
    "retire_unit",
    "retire_units",
    "reverse",
    "seal_block",
    "split_unit",
    "stack_units",
    "undo_posting",
    "unnest_unit",
]
