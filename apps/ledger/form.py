"""What is hashed, byte for byte, and how hashes are joined: the canonical form of docs/sealing.md.

Pure functions on values. apps/ledger/sql/seal.sql says the same to the database, which seals; here it is said again so
that what the database holds is proven by other means than the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

NOTHING = bytes(32)
"""The hash before the first block's."""
HEADER = (
    "id",
    "warehouse_id",
    "kind",
    "document",
    "reason",
    "occurred_at",
    "recorded_at",
    "by_id",
    "device_id",
    "actor",
    "key",
    "reverses_id",
)
"""The columns of a transaction, in their order."""
MOVE = (
    "id",
    "warehouse_id",
    "item_id",
    "lot_id",
    "serial_id",
    "owner_id",
    "quantity",
    "source_id",
    "source_unit_id",
    "source_status",
    "target_id",
    "target_unit_id",
    "target_status",
    "unit_cost",
    "recorded_at",
)
"""The columns of a move, in their order."""

Values = Sequence[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockHeader:
    """What a block's hash is over."""

    number: int
    previous: bytes
    first: int
    count: int
    root: bytes
    sealed_at: datetime


def field(value: str | None) -> bytes:
    """Its length in bytes, a colon and its text; a tilde where there is none."""
    if value is None:
        return b"~"
    text = value.encode()
    return b"%d:%s" % (len(text), text)


def instant(at: datetime) -> str:
    """In UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def leaf_of(header: Values, moves: Sequence[Values]) -> bytes:
    """The leaf of a transaction: its header's values, the number of its moves, and theirs in the order of their ids."""
    values = ["stillage transaction 1", *header, str(len(moves)), *(value for move in moves for value in move)]
    return sha256(b"\x00" + b"".join(field(value) for value in values)).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """Two hashes joined."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree's root as in RFC 6962: a hash that is left over at a level goes up as it is."""
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def path_of(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from one leaf to the root, the nearest first."""
    level, path = list(leaves), []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        level, index = _above(level), index // 2
    return path


def _above(level: list[bytes]) -> list[bytes]:
    joined = [node_of(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return joined + level[len(joined) * 2 :]


def block_hash(block: BlockHeader) -> bytes:
    """The hash of a block, which the next one carries on."""
    values = (
        "stillage block 1",
        str(block.number),
        block.previous.hex(),
        str(block.first),
        str(block.count),
        block.root.hex(),
        instant(block.sealed_at),
    )
    return sha256(b"\x02" + b"".join(field(value) for value in values)).digest()
