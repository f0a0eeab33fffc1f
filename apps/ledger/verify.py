"""Holds sealed history against its hashes: recomputes everything and says the first thing that is wrong, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max

from apps.ledger.anchor import Anchored
from apps.ledger.form import NOTHING, BlockHeader, block_hash, leaf_of, root_of
from apps.ledger.models import Block, SealedTransaction, StockTransaction
from apps.ledger.proof import sealed_values

AT_ONCE = 1_000
"""Transactions that are read at a time, their moves with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How far history was proven, and what is wrong where it ends; empty when nothing is."""

    blocks: int
    transactions: int
    fault: str


class _Wrong(Exception):
    """History is not what was sealed."""


def verify_blocks(anchors: Iterable[Anchored]) -> Verdict:
    """Every block, each transaction and move in it, what stands beside them, and every head that was kept outside."""
    kept = defaultdict(list)
    for anchored in anchors:
        kept[anchored.number].append(anchored)
    # In this order: whatever is sealed meanwhile is beyond both.
    ceiling = SealedTransaction.objects.aggregate(Max("position", default=0))["position__max"]
    head = Block.objects.head()
    before: Block | None = None
    try:
        for block in Block.objects.filter(number__lte=head.number if head else 0).order_by("number").iterator():
            _check_link(block, before)
            _check_content(block)
            for anchored in kept.pop(block.number, ()):
                _check_anchor(block, anchored)
            before = block
        _check_rest(before, ceiling)
        if kept:
            _check_tail(min(kept), before)
    except _Wrong as wrong:
        return _verdict(before, str(wrong))
    return _verdict(before, "")


def _verdict(proven: Block | None, fault: str) -> Verdict:
    return Verdict(blocks=proven.number if proven else 0, transactions=proven.last if proven else 0, fault=fault)


def _check_link(block: Block, before: Block | None) -> None:
    number = before.number + 1 if before else 1
    if block.number != number:
        raise _Wrong(f"Block {number} is missing; block {block.number} comes next.")
    if bytes(block.previous) != (bytes(before.hash) if before else NOTHING):
        raise _Wrong(f"Block {number} does not carry on the hash of the block before it.")
    if block.first != (before.last + 1 if before else 1):
        raise _Wrong(f"Block {number} begins at position {block.first}, not where the block before it ends.")
    header = BlockHeader(
        number=block.number,
        previous=bytes(block.previous),
        first=block.first,
        count=block.count,
        root=bytes(block.root),
        sealed_at=block.sealed_at,
    )
    if block_hash(header) != bytes(block.hash):
        raise _Wrong(f"The head of block {number} was changed: its hash is another.")


def _check_content(block: Block) -> None:
    members = SealedTransaction.objects.filter(position__range=(block.first, block.last)).order_by("position")
    leaves = []
    for start in range(block.first, block.last + 1, AT_ONCE):
        end = min(start + AT_ONCE - 1, block.last)
        rows = list(members.filter(position__range=(start, end)))
        _check_positions(block, [row.position for row in rows], range(start, end + 1))
        values = sealed_values([row.transaction_id for row in rows])
        for row in rows:
            where = f"Transaction {row.transaction_id} (position {row.position}, block {block.number})"
            if row.block_id != block.number:
                raise _Wrong(f"{where} says that it is in block {row.block_id}.")
            if row.transaction_id not in values:
                raise _Wrong(f"{where} is gone.")
            if leaf_of(*values[row.transaction_id]) != bytes(row.leaf):
                raise _Wrong(
                    f"{where} is not as it was sealed: it, or one of its moves, was changed, added or removed."
                )
            leaves.append(bytes(row.leaf))
    if root_of(leaves) != bytes(block.root):
        raise _Wrong(f"The transactions of block {block.number} are not those that were sealed: its root is another.")


def _check_positions(block: Block, found: Sequence[int], wanted: range) -> None:
    missing = sorted(set(wanted) - set(found))
    if missing:
        raise _Wrong(f"Nothing stands at position {missing[0]} any more, which block {block.number} sealed.")


def _check_anchor(block: Block, anchored: Anchored) -> None:
    if Anchored.of(block) != anchored:
        raise _Wrong(
            f"Block {block.number} is not the one that was anchored ({anchored.hash} at {anchored.sealed_at}, with"
            f" {anchored.transactions} transactions): history was rewritten, up to this block or in it."
        )


def _check_rest(head: Block | None, ceiling: int) -> None:
    """What is beside the blocks: positions past the head, and transactions where all were sealed."""
    last, floor = (head.last, head.floor) if head else (0, 0)
    stray = SealedTransaction.objects.filter(position__lte=ceiling).exclude(position__range=(1, last))
    if (row := stray.order_by("position").first()) is not None:
        raise _Wrong(f"Position {row.position} (transaction {row.transaction_id}) stands in no block.")
    slipped = StockTransaction.objects.filter(pk__lte=floor, seal=None).order_by("pk").first()
    if slipped is not None:
        raise _Wrong(
            f"Transaction {slipped.pk} is in no block, though all up to {floor} were sealed: it was slipped in."
        )


def _check_tail(number: int, head: Block | None) -> None:
    ends = f"ends with block {head.number}" if head else "has no block"
    raise _Wrong(f"Block {number} was anchored, and the database {ends}: the newest history was removed.")
