"""Whatever is done to sealed history, past every right and trigger, is found and said in words."""

from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from apps.core import clock
from apps.journal.models import AuditEntry
from apps.ledger.anchor import extend_anchor, read_anchor
from apps.ledger.jobs import seal, verify
from apps.ledger.models import Block
from apps.ledger.operations import seal_block
from apps.ledger.verify import verify_blocks
from tests.factories.ledger import stock

RESEAL = """
do $$
declare
    b ledger_block;
    v_previous bytea := decode(repeat('00', 32), 'hex');
begin
    update ledger_sealedtransaction s set leaf = l.leaf
    from ledger_leaves(array(select transaction_id from ledger_sealedtransaction)) l
    where l.transaction_id = s.transaction_id;
    for b in select * from ledger_block order by number loop
        b.previous := v_previous;
        select ledger_root(array_agg(leaf order by position)) into b.root
        from ledger_sealedtransaction where block_id = b.number;
        b.hash := ledger_block_hash(b.number, b.previous, b.first, b.count, b.root, b.sealed_at);
        update ledger_block set previous = b.previous, root = b.root, hash = b.hash where number = b.number;
        v_previous := b.hash;
    end loop;
end $$;
"""
"""A forger who may do everything in the database makes the chain fit again."""

SECOND = "(select id from ledger_stocktransaction order by id offset 1 limit 1)"
LAST_BLOCK = "delete from ledger_sealedtransaction where block_id = 3; delete from ledger_block where number = 3;"
LAST_TRANSACTION = (
    "delete from ledger_stockmove where transaction_id = (select max(id) from ledger_stocktransaction);"
    "delete from ledger_stocktransaction where id = (select max(id) from ledger_stocktransaction);"
)
NOT_AS_SEALED = r"Transaction \d+ \(position 2, block 1\) is not as it was sealed"

FOUND_BY_THE_CHAIN = {
    "a quantity was edited": (
        "update ledger_stockmove set quantity = 6 where transaction_id = :second",
        NOT_AS_SEALED,
    ),
    "a move was removed": ("delete from ledger_stockmove where transaction_id = :second", NOT_AS_SEALED),
    "a move was added": (
        (
            "insert into ledger_stockmove (transaction_id, warehouse_id, item_id, quantity, source_id, source_status,"
            " target_id, target_status, recorded_at) select transaction_id, warehouse_id, item_id, quantity, source_id,"
            " source_status, target_id, target_status, recorded_at from ledger_stockmove"
            " where transaction_id = :second"
        ),
        NOT_AS_SEALED,
    ),
    "a move was put under another posting": (
        (
            "update ledger_stockmove set transaction_id = (select max(id) from ledger_stocktransaction)"
            " where transaction_id = :second"
        ),
        NOT_AS_SEALED,
    ),
    "another did it": (
        "update ledger_stocktransaction set actor = 'user:0' where id = :second",
        NOT_AS_SEALED,
    ),
    "it was at another time": (
        "update ledger_stocktransaction set recorded_at = recorded_at - interval '1 us' where id = :second",
        NOT_AS_SEALED,
    ),
    "a posting was removed": (
        (
            "delete from ledger_stockmove where transaction_id = :second;"
            "delete from ledger_stocktransaction where id = :second"
        ),
        r"Transaction \d+ \(position 2, block 1\) is gone\.",
    ),
    "a posting was removed with its place": (
        (
            "delete from ledger_stocktransaction where id = :second;"
            "delete from ledger_sealedtransaction where position = 2"
        ),
        r"Nothing stands at position 2 any more, which block 1 sealed\.",
    ),
    "a posting was slipped in": (
        (
            "insert into ledger_stocktransaction (id, warehouse_id, kind, document, reason, occurred_at, recorded_at,"
            " by_id, actor, xid) overriding system value select 0, warehouse_id, kind, 'FORGED', reason, occurred_at,"
            " recorded_at, by_id, actor, xid from ledger_stocktransaction limit 1"
        ),
        r"Transaction 0 is in no block, though all up to \d+ were sealed: it was slipped in\.",
    ),
    "a leaf was edited too": (
        (
            "update ledger_stockmove set quantity = 6 where transaction_id = :second;"
            "update ledger_sealedtransaction s set leaf = l.leaf from ledger_leaves(array(select transaction_id from"
            " ledger_sealedtransaction)) l where l.transaction_id = s.transaction_id"
        ),
        r"The transactions of block 1 are not those that were sealed: its root is another\.",
    ),
    "two postings were swapped": (
        (
            "update ledger_sealedtransaction set position = 99 where position = 1;"
            "update ledger_sealedtransaction set position = 1 where position = 2;"
            "update ledger_sealedtransaction set position = 2 where position = 99"
        ),
        r"The transactions of block 1 are not those that were sealed: its root is another\.",
    ),
    "a root was edited": (
        "update ledger_block set root = sha256('x') where number = 2",
        r"The head of block 2 was changed: its hash is another\.",
    ),
    "a block's time was edited": (
        "update ledger_block set sealed_at = sealed_at - interval '1 day' where number = 2",
        r"The head of block 2 was changed: its hash is another\.",
    ),
    "a block is missing": (
        "delete from ledger_block where number = 2",
        r"Block 2 is missing; block 3 comes next\.",
    ),
    "the first block is missing": (
        "delete from ledger_block where number = 1",
        r"Block 1 is missing; block 2 comes next\.",
    ),
    "a block was hashed anew": (
        (
            "update ledger_block set sealed_at = now(), hash = ledger_block_hash(number, previous, first, count, root,"
            " now()) where number = 2"
        ),
        r"Block 3 does not carry on the hash of the block before it\.",
    ),
    "a block begins elsewhere": (
        "update ledger_block set first = first + 1 where number = 2",
        r"Block 2 begins at position 4, not where the block before it ends\.",
    ),
    "a posting names another block": (
        "update ledger_sealedtransaction set block_id = 1 where position = 3",
        r"Transaction \d+ \(position 3, block 2\) says that it is in block 1\.",
    ),
    "a place without a block": (
        "delete from ledger_block where number = 3",
        r"Position 4 \(transaction \d+\) stands in no block\.",
    ),
}
FOUND_BY_THE_ANCHOR = {
    "the newest block was removed": (
        LAST_BLOCK,
        r"Block 3 was anchored, and the database ends with block 2: the newest history was removed\.",
    ),
    "the newest history was removed": (
        LAST_BLOCK + LAST_TRANSACTION,
        r"Block 3 was anchored, and the database ends with block 2: the newest history was removed\.",
    ),
    "everything was removed": (
        (
            "delete from ledger_sealedtransaction; delete from ledger_block;"
            "delete from ledger_stockmove; delete from ledger_stocktransaction"
        ),
        r"Block 1 was anchored, and the database has no block: the newest history was removed\.",
    ),
    "history was rewritten and sealed again": (
        "update ledger_stockmove set quantity = 6 where transaction_id = :second; :reseal",
        r"Block 1 is not the one that was anchored \([0-9a-f]{64} at .*, with 2 transactions\): history was rewritten",
    ),
    "the newest block was rewritten and sealed again": (
        "update ledger_stockmove set quantity = 6 where id = (select max(id) from ledger_stockmove); :reseal",
        r"Block 3 is not the one that was anchored",
    ),
}


@pytest.fixture
def sealed(transactional_db, floor, anchor_file):
    """Four postings in three blocks, anchored."""
    for count in (2, 1, 1):
        for _ in range(count):
            stock(floor.item, floor.a, 5)
        with transaction.atomic():
            seal_block(by=floor.by, at=clock.now())
    extend_anchor(anchor_file)
    return floor


def forge(dsn, statements):
    """As a superuser, whom no trigger stops."""
    with psycopg.connect(dsn) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute(statements.replace(":second", SECOND).replace(":reseal", RESEAL))


def run(*arguments):
    out = StringIO()
    call_command("verify_ledger", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_history_as_it_was_sealed_is_proven(sealed):
    stock(sealed.item, sealed.a, 5)

    assert run() == [
        "3 blocks with 4 transactions are as they were sealed; 1 are not sealed yet.",
        "3 anchored heads agree.",
    ]


def test_without_an_anchor_it_says_what_it_cannot_see(sealed, anchor_file):
    anchor_file.unlink()

    assert run()[1] == "No anchor was held against them: a full rewrite would not show."


def test_a_ledger_that_was_never_sealed_is_proven_as_far_as_it_goes(db):
    assert run()[0] == "0 blocks with 0 transactions are as they were sealed; 0 are not sealed yet."


@pytest.mark.parametrize("fault", FOUND_BY_THE_CHAIN)
def test_what_the_chain_alone_finds(sealed, superuser_dsn, anchor_file, fault):
    statements, words = FOUND_BY_THE_CHAIN[fault]
    anchor_file.unlink()

    forge(superuser_dsn, statements)

    with pytest.raises(CommandError, match=f"^{words}") as found:
        run()
    assert found.value.returncode == 1


@pytest.mark.parametrize("fault", FOUND_BY_THE_ANCHOR)
def test_what_only_the_anchor_finds(sealed, superuser_dsn, anchor_file, fault):
    statements, words = FOUND_BY_THE_ANCHOR[fault]

    forge(superuser_dsn, statements)

    assert verify_blocks([]).fault == ""
    with pytest.raises(CommandError, match=f"^{words}"):
        run("--anchor", str(anchor_file))


def test_it_says_how_far_history_is_proven(sealed, superuser_dsn):
    forge(superuser_dsn, "update ledger_stockmove set quantity = 6 where id = (select max(id) from ledger_stockmove)")

    with pytest.raises(CommandError, match=r"Before that, 2 blocks with 3 transactions are as they were sealed\.$"):
        run()


@pytest.mark.parametrize("text", ["nonsense\n", "1 ff now 1\n", None])
def test_an_anchor_that_cannot_be_read_is_another_matter(sealed, tmp_path, text):
    file = tmp_path / "theirs"
    if text is not None:
        file.write_text(text)

    with pytest.raises(CommandError, match="The anchor cannot be read") as found:
        run("--anchor", str(file))
    assert found.value.returncode == 2


def test_a_posting_after_a_forged_tail_is_not_anchored_over_it(sealed, superuser_dsn, anchor_file):
    before = anchor_file.read_text()
    forge(superuser_dsn, LAST_BLOCK)

    assert seal() == 1

    assert Block.objects.count() == 3
    assert anchor_file.read_text() == before
    assert verify_blocks(read_anchor(anchor_file)).fault.startswith("Block 3 is not the one that was anchored")


def test_the_nightly_proof_leaves_its_verdict_on_the_trail_and_in_the_log(sealed, superuser_dsn, caplog):
    forge(superuser_dsn, LAST_BLOCK)

    assert not verify()

    words = "Block 3 was anchored, and the database ends with block 2: the newest history was removed."
    assert words in caplog.text
    assert AuditEntry.objects.get(verb="verified").detail == {"fault": words, "blocks": 2, "transactions": 3}


@pytest.mark.parametrize("text", [b"nonsense\n", b"\xff\xfe\n"])
def test_an_anchor_that_cannot_be_read_is_a_verdict_too(sealed, anchor_file, text):
    anchor_file.write_bytes(text)

    assert not verify()

    detail = AuditEntry.objects.get(verb="verified").detail
    assert detail["fault"].startswith("The anchor cannot be read: line 1 of the anchor is no head: ")
    assert (detail["blocks"], detail["transactions"]) == (3, 4)


def test_history_that_was_changed_is_told_beside_an_anchor_that_cannot_be_read(sealed, superuser_dsn, anchor_file):
    anchor_file.write_text("nonsense\n")
    forge(superuser_dsn, "update ledger_stockmove set quantity = 6 where id = (select max(id) from ledger_stockmove)")

    assert not verify()

    fault = AuditEntry.objects.get(verb="verified").detail["fault"]
    assert fault.endswith("removed. The anchor cannot be read: line 1 of the anchor is no head: nonsense.")
