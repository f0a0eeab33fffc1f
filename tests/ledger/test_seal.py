"""Sealing: each committed transaction in one block, in one order, hashed the same by database and Python."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal as D
from hashlib import sha256

import pytest
from django.db import connection, transaction

from apps.core import clock
from apps.journal.models import Command
from apps.ledger import form
from apps.ledger.anchor import AnchorDisagrees, Anchored, extend_anchor, read_anchor
from apps.ledger.jobs import anchor, seal, verify
from apps.ledger.models import Block, SealedTransaction, StockMove, StockTransaction
from apps.ledger.operations import Move, Place, post, seal_block
from apps.ledger.operations import seal as sealing
from apps.ledger.proof import sealed_values
from apps.ledger.states import StockStatus, TransactionKind
from config.paths import CHECKOUT
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock


def seal_now(**more):
    return seal_block(by=an_actor(), at=clock.now(), **more)


def order():
    return list(SealedTransaction.objects.order_by("position").values_list("position", "transaction_id", "block_id"))


def test_a_block_seals_what_was_posted_and_the_next_what_came_since(floor):
    first, second = stock(floor.item, floor.a, 5), stock(floor.item, floor.a, 2)
    one = seal_now()
    third = stock(floor.item, floor.b, 1)
    two = seal_now()

    assert (one.number, one.first, one.count, one.last) == (1, 1, 2, 2)
    assert (two.number, two.first, two.count, two.last) == (2, 3, 1, 3)
    assert order() == [(1, first, 1), (2, second, 1), (3, third, 2)]
    assert bytes(one.previous) == form.NOTHING
    assert bytes(two.previous) == bytes(one.hash)
    assert seal_now() is None


def test_a_full_block_leaves_the_rest_to_the_next(floor, monkeypatch):
    monkeypatch.setattr(sealing, "LARGEST", 2)
    posted = [stock(floor.item, floor.a, 1) for _ in range(5)]

    blocks = [seal_now() for _ in range(4)]

    assert [block and block.count for block in blocks] == [2, 2, 1, None]
    assert [pk for _, pk, _ in order()] == posted


def test_database_and_python_hash_the_same(floor):
    lot = LotFactory(item=ItemFactory(number="MILK", lots=True, scale=3))
    stock(lot.item, floor.a, D("1.250"), lot=lot, status=StockStatus.INSPECTION)
    source, target = Place(location_id=floor.supplier.pk), Place(location_id=floor.b.pk)
    post(
        [
            Move(item_id=floor.item.pk, quantity=D(3), source=source, target=target, unit_cost=D("1.100")),
            Move(item_id=floor.item.pk, quantity=D(1000), source=source, target=target),
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.ADJUST,
        by=replace(floor.by, key="k:1~", occurred_at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)),
        at=clock.now(),
        document="Größe:3",
        reason="два 箱 🍫",
    )
    block = seal_now()

    sealed = {row.transaction_id: bytes(row.leaf) for row in SealedTransaction.objects.all()}
    leaves = {pk: form.leaf_of(*values) for pk, values in sealed_values(list(sealed)).items()}

    assert leaves == sealed
    assert form.root_of([leaves[pk] for pk in sorted(leaves)]) == bytes(block.root)
    header = form.BlockHeader(
        number=1, previous=form.NOTHING, first=1, count=2, root=bytes(block.root), sealed_at=block.sealed_at
    )
    assert form.block_hash(header) == bytes(block.hash)


def test_the_form_is_what_the_document_says():
    occurred, recorded = "2026-01-02T03:04:05.000006Z", "2026-01-02T03:04:06.000000Z"
    header = ["7", "1", "move", "", "two: ~", occurred, recorded, "3", None, "user:3", None, None]
    move = ["9", "1", "5", None, None, None, "1.25", "20", None, "available", "21", None, "damaged", None, recorded]
    text = (
        "22:stillage transaction 11:71:14:move0:6:two: ~"
        "27:2026-01-02T03:04:05.000006Z27:2026-01-02T03:04:06.000000Z1:3~6:user:3~~"
        "1:11:91:11:5~~~4:1.252:20~9:available2:21~7:damaged~27:2026-01-02T03:04:06.000000Z"
    )

    leaf = sha256(b"\0" + text.encode())

    assert form.leaf_of(header, [move]) == leaf.digest()
    assert leaf.hexdigest() in (CHECKOUT / "docs" / "sealing.md").read_text("utf-8")


def test_every_column_is_sealed():
    columns = {
        model: {field.column for field in model._meta.concrete_fields} for model in (StockTransaction, StockMove)
    }

    # The one that a restored database cannot know, and the one that the header's place in the leaf says.
    assert columns[StockTransaction] - set(form.HEADER) == {"xid"}
    assert columns[StockMove] - set(form.MOVE) == {"transaction_id"}


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 9, 31, 100])
def test_the_database_builds_the_tree_of_rfc_6962(db, count):
    leaves = [sha256(b"%d" % n).digest() for n in range(count)]
    with connection.cursor() as cursor:
        cursor.execute("select ledger_root(%s::bytea[])", [leaves])
        built = bytes(cursor.fetchone()[0])

    assert built == form.root_of(leaves) == rfc_6962(leaves)


def rfc_6962(leaves):
    """The definition: split at the greatest power of two below the count."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + rfc_6962(leaves[:split]) + rfc_6962(leaves[split:])).digest()


def test_the_job_seals_everything_and_anchors_it_outside(transactional_db, floor, anchor_file, monkeypatch):
    monkeypatch.setattr("apps.ledger.jobs.LARGEST", 2)
    monkeypatch.setattr(sealing, "LARGEST", 2)
    for _ in range(3):
        stock(floor.item, floor.a, 1)

    assert [seal(), seal(), seal(added_later=True)] == [2, 0, 0]

    assert [str(head) for head in read_anchor(anchor_file)] == [
        str(Anchored.of(block)) for block in Block.objects.order_by("number")
    ]
    assert read_anchor(anchor_file)[1].transactions == 3
    assert Command.objects.filter(actor="job:ledger.seal").count() == 2


def test_a_minute_without_postings_leaves_no_trace(transactional_db, anchor_file):
    assert seal() == 0

    assert not Command.objects.exists()
    assert not anchor_file.exists()


def test_an_anchor_that_was_missed_is_made_up_for(transactional_db, floor, anchor_file):
    for _ in range(3):
        stock(floor.item, floor.a, 1)
        with transaction.atomic():
            seal_block(by=floor.by, at=clock.now())
    anchor_file.unlink()

    assert [anchor(), anchor(added_later=True)] == [3, 0]
    assert [head.number for head in read_anchor(anchor_file)] == [1, 2, 3]


@pytest.mark.parametrize("line", ["1 00 2026-01-01T00:00:00.000000Z 1", "nonsense", "1 " + "ab" * 32 + " now 1"])
def test_an_anchor_with_another_past_is_not_added_to(floor, anchor_file, line):
    stock(floor.item, floor.a, 1)
    seal_now()
    anchor_file.write_text(f"{line}\n")

    with pytest.raises(AnchorDisagrees):
        extend_anchor(anchor_file)

    assert anchor_file.read_text() == f"{line}\n"


def test_history_is_proven_once_a_day(transactional_db, floor, time_machine):
    stock(floor.item, floor.a, 1)
    seal()

    assert [verify(), verify(added_later=True)] == [True, True]
