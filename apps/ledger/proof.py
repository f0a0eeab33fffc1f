"""Proofs of inclusion: what a stranger needs to hold one transaction against a hash that was kept outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from apps.core.errors import NotFound
from apps.ledger.form import HEADER, MOVE, instant, path_of
from apps.ledger.models import Block, SealedTransaction

FORM = "stillage proof 1"
MOST_BLOCKS = 1_000
"""A chain that nobody chose ends so many blocks after its transaction's: about three days of sealing."""

_INSTANTS = {"occurred_at", "recorded_at"}
_NUMBERS = {"quantity", "unit_cost"}

Sealed = tuple[list[str | None], list[list[str | None]]]
"""A transaction's values and those of its moves, as text."""


def sealed_values(transaction_ids: Sequence[int]) -> dict[int, Sealed]:
    """What is hashed of these transactions, as the database holds it now; those that are gone are left out."""
    ids = list(transaction_ids)
    with connection.cursor() as cursor:
        cursor.execute(_query("ledger_stocktransaction", "id", HEADER), [ids])
        found: dict[int, Sealed] = {pk: (values, []) for pk, values in cursor.fetchall()}
        cursor.execute(_query("ledger_stockmove", "transaction_id", MOVE), [ids])
        for pk, values in cursor.fetchall():
            if pk in found:
                found[pk][1].append(values)
    return found


def _query(table: str, key: str, columns: Sequence[str]) -> str:
    texts = ", ".join(_text(column) for column in columns)
    return f"select {key}, array[{texts}] from {table} where {key} = any(%s) order by id"  # noqa: S608 - our own names


def _text(column: str) -> str:
    if column in _INSTANTS:
        return f"""to_char({column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    if column in _NUMBERS:
        return f"trim_scale({column})::text"
    return f"{column}::text"


def proof_of(transaction_id: int, *, to: int | None = None) -> dict[str, Any]:
    """The transaction, its path to its block's root, and the blocks from there on to block `to`.

    Whoever kept the hash of that last block, from the anchor or from the API, can check the rest without us. Raises
    `NotFound` while the transaction is not sealed, and when block `to` does not stand after its own.
    """
    seal = SealedTransaction.objects.select_related("block").filter(transaction=transaction_id).first()
    if seal is None:
        raise NotFound(kind="sealed transaction", number=str(transaction_id))
    last = seal.block.number + MOST_BLOCKS - 1 if to is None else to
    blocks = list(Block.objects.filter(number__range=(seal.block.number, last)).order_by("number"))
    if not blocks or (to is not None and blocks[-1].number != to):
        raise NotFound(kind="block from this transaction on", number=str(last))
    leaves = SealedTransaction.objects.filter(position__range=(seal.block.first, seal.block.last)).order_by("position")
    header, moves = sealed_values([transaction_id])[transaction_id]
    path = path_of([bytes(leaf) for leaf in leaves.values_list("leaf", flat=True)], seal.position - seal.block.first)
    return {
        "proof": FORM,
        "transaction": dict(zip(HEADER, header, strict=True)),
        "moves": [dict(zip(MOVE, move, strict=True)) for move in moves],
        "position": seal.position,
        "path": [node.hex() for node in path],
        "blocks": [_block(block) for block in blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "number": block.number,
        "previous": bytes(block.previous).hex(),
        "first": block.first,
        "count": block.count,
        "root": bytes(block.root).hex(),
        "sealed_at": instant(block.sealed_at),
        "hash": block.hash_text,
    }
