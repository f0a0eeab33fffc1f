"""Checks a proof that a transaction stands in the ledger as it was sealed. Needs Python and nothing else.

    python3 check_proof.py proof.json --anchor anchor.txt
    python3 check_proof.py proof.json --head 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

The hash to trust is one that was kept outside the database: a line of the anchor file, or what the API's /ledger/head
once answered. The canonical form is that of docs/sealing.md. Exit code 0: proven; 1: not proven; 2: it cannot be read.
"""

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

HEADER = [
    *("id", "warehouse_id", "kind", "document", "reason", "occurred_at", "recorded_at", "by_id", "device_id", "actor"),
    *("key", "reverses_id"),
]
MOVE = [
    *("id", "warehouse_id", "item_id", "lot_id", "serial_id", "owner_id", "quantity"),
    *("source_id", "source_unit_id", "source_status", "target_id", "target_unit_id", "target_status"),
    *("unit_cost", "recorded_at"),
]
BLOCK = ["number", "previous", "first", "count", "root", "sealed_at"]


class NotProven(Exception):
    """The proof does not hold, and why."""


def must(holds: object, otherwise: str) -> None:
    """Go on, or say why not."""
    if not holds:
        raise NotProven(otherwise)


def field(value: Any) -> bytes:
    """Its length in bytes, a colon and its text; a tilde where there is none."""
    if value is None:
        return b"~"
    if not isinstance(value, str):
        raise NotProven(f"{value!r} is not text")
    text = value.encode()
    return str(len(text)).encode() + b":" + text


def fields(row: Any, names: list[str], what: str) -> bytes:
    """A row's values in their order; it has these and no others."""
    must(isinstance(row, dict) and sorted(row) == sorted(names), f"{what} has not the fields that are sealed")
    return b"".join(field(row[name]) for name in names)


def leaf_of(proof: dict[str, Any]) -> bytes:
    """The leaf of the transaction that the proof shows."""
    moves = proof["moves"]
    ids = [int(move["id"]) for move in moves]
    must(ids == sorted(set(ids)), "the moves are not in their order")
    form = field("stillage transaction 1") + fields(proof["transaction"], HEADER, "the transaction")
    form += field(str(len(moves))) + b"".join(fields(move, MOVE, "a move") for move in moves)
    return sha256(b"\x00" + form).digest()


def root_of(leaf: bytes, index: int, count: int, path: list[str]) -> str:
    """Climb from the leaf; at each level the neighbour comes from the path, where there is one."""
    must(0 <= index < count, "the position is not in the block")
    rest = [bytes.fromhex(node) for node in path]
    while count > 1:
        if index ^ 1 < count:
            must(bool(rest), "the path is too short")
            beside = rest.pop(0)
            leaf = sha256(b"\x01" + (beside + leaf if index % 2 else leaf + beside)).digest()
        index, count = index // 2, (count + 1) // 2
    must(not rest, "the path is too long")
    return leaf.hex()


def hash_of(block: dict[str, Any]) -> str:
    """The hash of a block."""
    must(sorted(block) == sorted([*BLOCK, "hash"]), "a block has not the fields that are sealed")
    numbers = ("number", "first", "count")
    must(all(type(block[name]) is int for name in numbers), "a block's numbers are not numbers")
    values = [str(block[name]) if name in numbers else block[name] for name in BLOCK]
    return sha256(b"\x02" + field("stillage block 1") + b"".join(field(value) for value in values)).hexdigest()


def check(proof: dict[str, Any]) -> dict[str, Any]:
    """Follow the proof from the transaction to its last block, and give that. Raises `NotProven`."""
    must(proof.get("proof") == "stillage proof 1", "this is another kind of proof")
    must(set(proof) - {"move"} == {"proof", "transaction", "moves", "position", "path", "blocks"}, "it has other parts")
    if "move" in proof:
        must(proof["move"] in [move["id"] for move in proof["moves"]], f"move {proof['move']} is not in it")
    blocks = proof["blocks"]
    must(bool(blocks), "it has no block")
    own = blocks[0]
    must(type(proof["position"]) is int, "the position is not a number")
    root = root_of(leaf_of(proof), proof["position"] - own["first"], own["count"], proof["path"])
    must(root == own["root"], f"the transaction is not in block {own['number']} as it is shown here")
    for before, block in zip([None, *blocks], blocks, strict=False):
        must(hash_of(block) == block["hash"], f"the hash of block {block['number']} is another")
        if before is not None:
            must(
                block["previous"] == before["hash"], f"block {block['number']} does not follow block {before['number']}"
            )
            must(block["number"] == before["number"] + 1, f"a block is missing before block {block['number']}")
            must(block["first"] == before["first"] + before["count"], f"block {block['number']} begins elsewhere")
    last: dict[str, Any] = blocks[-1]
    return last


def main() -> int:
    """Read, check, say."""
    parser = argparse.ArgumentParser(description="Check a proof of inclusion against a hash that was kept.")
    parser.add_argument("proof", type=Path)
    trusted = parser.add_mutually_exclusive_group(required=True)
    trusted.add_argument("--anchor", type=Path, help="file of anchored heads")
    trusted.add_argument("--head", help="hash of the proof's last block, as it was kept")
    given = parser.parse_args()
    try:
        proof = json.loads(given.proof.read_text("utf-8"))
        lines = given.anchor.read_text("utf-8").splitlines() if given.anchor else []
        last = check(proof)
        if given.anchor:
            kept = [line.split(" ")[1] for line in lines if line.split(" ")[0] == str(last["number"])]
            must(bool(kept), f"the anchor has no block {last['number']}")
        else:
            kept = [given.head.strip().lower()]
        must(kept == [last["hash"]], f"block {last['number']} is not the one whose hash was kept")
    except NotProven as error:
        sys.stdout.write(f"NOT PROVEN: {error}.\n")
        return 1
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        sys.stderr.write(f"This cannot be read as a proof: {error!r}\n")
        return 2
    sys.stdout.write(
        f"Proven: transaction {proof['transaction']['id']} with {len(proof['moves'])} moves stands at position"
        f" {proof['position']}, sealed {proof['blocks'][0]['sealed_at']} in block {proof['blocks'][0]['number']}.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
