"""The anchor: heads of the chain kept outside the database, where whoever rewrites history cannot reach.

A line a block: number, hash, when it was sealed, how many transactions are sealed up to it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from apps.ledger.form import instant
from apps.ledger.models import Block


class AnchorDisagrees(Exception):
    """The anchor knows another past than the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """A head as it was kept."""

    number: int
    hash: str
    sealed_at: str
    transactions: int

    @classmethod
    def of(cls, block: Block) -> Anchored:
        """As a block is kept."""
        return cls(
            number=block.number, hash=block.hash_text, sealed_at=instant(block.sealed_at), transactions=block.last
        )

    @classmethod
    def read(cls, line: str) -> Anchored:
        """One line. Raises `ValueError` for what is none."""
        number, digest, sealed_at, transactions = line.split(" ")
        if len(bytes.fromhex(digest)) != len(bytes(32)):
            message = f"{digest} is no hash"
            raise ValueError(message)
        return cls(number=int(number), hash=digest, sealed_at=sealed_at, transactions=int(transactions))

    def __str__(self) -> str:
        return f"{self.number} {self.hash} {self.sealed_at} {self.transactions}"


def read_anchor(path: Path) -> list[Anchored]:
    """All heads that were kept, oldest first. Raises `AnchorDisagrees` for a line that is none."""
    heads = []
    for n, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
        try:
            heads.append(Anchored.read(line))
        except ValueError:
            message = f"line {n} of the anchor is no head: {line[:80]}"
            raise AnchorDisagrees(message) from None
    return heads


def extend_anchor(path: Path) -> int:
    """Append every block that the anchor does not have; how many. They are on the disk when this returns.

    Raises `AnchorDisagrees` when the last head that was kept is not in the database: then somebody must look, and
    nothing is appended that would hide it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path) as file:
        kept = _last(file.read().splitlines())
        if kept is not None:
            known = Block.objects.filter(number=kept.number).first()
            if known is None or Anchored.of(known) != kept:
                message = f"block {kept.number} was anchored with another past than the database has now"
                raise AnchorDisagrees(message)
        blocks = Block.objects.filter(number__gt=kept.number if kept else 0).order_by("number")
        lines = [f"{Anchored.of(block)}\n" for block in blocks.iterator()]
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())
    return len(lines)


def _last(lines: Sequence[str]) -> Anchored | None:
    if not lines:
        return None
    try:
        return Anchored.read(lines[-1])
    except ValueError:
        message = f"the last line of the anchor is no head: {lines[-1][:80]}"
        raise AnchorDisagrees(message) from None


@contextmanager
def _alone(path: Path) -> Iterator[IO[str]]:
    """The file, for one writer at a time, read from its start and only ever appended to."""
    with path.open("a+", encoding="utf-8", errors="replace") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield file
