"""A proof of one move holds against a head that was kept, without the database; whatever is altered in it, it fails."""

import copy
import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.core import clock
from apps.core.errors import NotFound
from apps.ledger.anchor import extend_anchor, read_anchor
from apps.ledger.models import StockMove
from apps.ledger.operations import seal_block
from apps.ledger.proof import proof_of
from config.paths import CHECKOUT
from tests.factories.ledger import an_actor, stock

SCRIPT = CHECKOUT / "scripts" / "check_proof.py"


@pytest.fixture
def history(floor, anchor_file):
    """Seven postings in a block, one in each of two more, all anchored."""
    posted = []
    for count in (7, 1, 1):
        posted += [stock(floor.item, floor.a, n + 1) for n in range(count)]
        seal_block(by=an_actor(), at=clock.now())
    extend_anchor(anchor_file)
    return posted


def exported(move_id, *options):
    out = StringIO()
    call_command("export_proof", str(move_id), *options, stdout=out)
    return json.loads(out.getvalue())


def check(tmp_path, proof, *trusted):
    """Run the script as an auditor would: a Python of their own, an empty folder, nothing of ours."""
    (tmp_path / "proof.json").write_text(json.dumps(proof))
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), "proof.json", *trusted],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )


def move_of(transaction_id):
    return StockMove.objects.get(transaction=transaction_id).pk


@pytest.mark.parametrize("place", range(9))
def test_each_move_is_proven_against_the_anchor(history, tmp_path, anchor_file, place):
    done = check(tmp_path, exported(move_of(history[place])), "--anchor", str(anchor_file))

    assert (done.returncode, done.stderr) == (0, "")
    words = f"Proven: transaction {history[place]} with 1 moves stands at position {place + 1}, sealed 20"
    assert done.stdout.startswith(words)


def test_a_head_that_somebody_wrote_down_is_enough(history, tmp_path, anchor_file):
    second = read_anchor(anchor_file)[1]
    proof = exported(move_of(history[2]), "--to", "2")

    assert check(tmp_path, proof, "--head", second.hash.upper()).returncode == 0
    assert check(tmp_path, proof, "--head", read_anchor(anchor_file)[2].hash).returncode == 1


def test_an_anchor_without_that_block_proves_nothing(history, tmp_path, anchor_file):
    lines = anchor_file.read_text().splitlines(keepends=True)
    anchor_file.write_text("".join(lines[:2]))

    done = check(tmp_path, exported(move_of(history[2])), "--anchor", str(anchor_file))

    assert (done.returncode, done.stdout) == (1, "NOT PROVEN: the anchor has no block 3.\n")


def test_whatever_is_altered_in_it_is_noticed(history, tmp_path, anchor_file):
    proof = exported(move_of(history[4]))
    places = list(leaves(proof))
    assert len(places) > 45
    program = f"""
import json, runpy, sys
check = runpy.run_path({str(SCRIPT)!r})
head = {read_anchor(anchor_file)[-1].hash!r}
def holds(proof):
    try:
        return check["check"](proof)["hash"] == head
    except (check["NotProven"], ValueError, KeyError, TypeError):
        return False
print(json.dumps([holds(proof) for proof in json.load(sys.stdin)]))
"""
    forged = [altered(proof, place) for place in places]
    done = subprocess.run(
        [sys.executable, "-I", "-c", program],
        input=json.dumps([proof, *forged]),
        capture_output=True,
        text=True,
        check=True,
    )

    held = json.loads(done.stdout)

    assert held[0] is True
    assert [place for place, answer in zip(places, held[1:], strict=True) if answer] == []


@pytest.mark.parametrize("place", [("transaction", "reason"), ("moves", 0, "quantity"), ("position",), ("path", 1)])
def test_the_script_says_that_it_is_not_proven(history, tmp_path, anchor_file, place):
    proof = altered(exported(move_of(history[4])), place)

    done = check(tmp_path, proof, "--anchor", str(anchor_file))

    assert done.returncode == 1
    assert done.stdout == "NOT PROVEN: the transaction is not in block 1 as it is shown here.\n"


@pytest.mark.parametrize("part", ["proof", "transaction", "moves", "position", "path", "blocks"])
def test_a_proof_without_one_of_its_parts_is_none(history, tmp_path, anchor_file, part):
    proof = exported(move_of(history[4]))
    del proof[part]

    assert check(tmp_path, proof, "--anchor", str(anchor_file)).returncode in {1, 2}


def test_what_is_no_proof_is_told_apart(tmp_path):
    assert check(tmp_path, ["no", "proof"], "--head", "00").returncode == 2


def test_what_is_not_sealed_yet_has_no_proof(history, floor):
    fresh = stock(floor.item, floor.a, 1)

    with pytest.raises(NotFound):
        proof_of(fresh)
    with pytest.raises(CommandError, match="There is no sealed transaction"):
        exported(move_of(fresh))
    with pytest.raises(CommandError, match=r"There is no move 0\."):
        exported(0)


@pytest.mark.parametrize("to", [0, 1, 99])
def test_a_chain_ends_at_a_block_that_comes_after(history, to):
    with pytest.raises(NotFound):
        proof_of(history[8], to=to)


def leaves(value, place=()):
    """The place of each single value."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*place, key))
    else:
        yield place


def altered(proof, place):
    """The proof with one value changed."""
    forged = copy.deepcopy(proof)
    *way, last = place
    inside = forged
    for key in way:
        inside = inside[key]
    value = inside[last]
    if isinstance(value, int):
        inside[last] = value + 1
    elif not value:
        inside[last] = "1"
    else:
        inside[last] = ("0" if value[0] != "0" else "1") + value[1:]
    return forged
