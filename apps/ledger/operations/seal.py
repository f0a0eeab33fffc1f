"""Sealing: what is committed goes into a block, and the block's hash to where the database cannot reach."""

from __future__ import annotations

from datetime import datetime

from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.ledger.models import Block
from apps.ledger.operations.call import call

LARGEST = 5_000
"""Transactions in a block: sealed well within a second, and a proof of one has 13 hashes."""


def seal_block(*, everything: bool = False, by: Actor, at: datetime) -> Block | None:
    """Seal what is committed and in no block yet, at most `LARGEST`; None when there is nothing.

    `everything` looks behind what is known to be sealed, too: nothing should be there, and a sweep makes sure. The
    block's time is the database's clock, as everything's in it.
    """
    del by
    rows = call("ledger_seal", [("integer", LARGEST), ("boolean", everything)])
    number = rows[0][0]
    if number is None:
        return None
    enqueue("ledger.anchor", at=at)
    return Block.objects.get(pk=number)
