"""Postings that commit late, sealers that run at once, a database that moved: each posting is sealed once."""

import threading
from time import monotonic

import psycopg
import pytest
from django.db import connection, transaction

from apps.core import clock
from apps.ledger.models import Block, SealedTransaction, StockTransaction
from apps.ledger.operations import seal_block
from apps.ledger.verify import verify_blocks
from tests.concurrency.crowd import PATIENCE, persist, together
from tests.factories.ledger import an_actor, stock

# A test beside this one is one transaction: how many seconds the longest may take on a slow machine.
AS_LONG_AS_A_TEST = 300


@pytest.fixture
def sealer(floor):
    """Seals in a transaction of its own; which transactions went into the block."""
    by = an_actor()

    def seal(**more):
        block = persist(lambda: seal_block(by=by, at=clock.now(), **more))
        return sealed_in(block.number) if block else []

    return seal


@pytest.fixture
def late(floor):
    """Begins a posting, whose id is drawn; what it gives commits it and says the id."""
    begun = []

    def begin():
        drawn, allowed, posted = threading.Event(), threading.Event(), []

        def work():
            try:
                with transaction.atomic():
                    posted.append(stock(floor.item, floor.a, 1, by=floor.by))
                    drawn.set()
                    allowed.wait(PATIENCE)
            finally:
                connection.close()

        def commit():
            allowed.set()
            thread.join(PATIENCE)
            return posted[0]

        thread = threading.Thread(target=work)
        thread.start()
        begun.append(commit)
        assert drawn.wait(PATIENCE)
        return commit

    yield begin
    for commit in begun:
        commit()


def sealed_in(block):
    return list(
        SealedTransaction.objects.filter(block=block).order_by("position").values_list("transaction_id", flat=True)
    )


def floors():
    return list(Block.objects.order_by("number").values_list("floor", flat=True))


def when_nobody_is_late():
    """Wait for whoever began before the last block on this server: in another database too, where other tests run."""
    until = monotonic() + AS_LONG_AS_A_TEST
    horizon = Block.objects.latest("number").horizon
    with connection.cursor() as cursor:
        while monotonic() < until:
            cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= %s", [horizon])
            if cursor.fetchone()[0]:
                return
    message = "somebody is late all the time"
    raise TimeoutError(message)


def everything_is_sealed_once():
    sealed = sorted(SealedTransaction.objects.values_list("transaction_id", flat=True))
    return sealed == sorted(StockTransaction.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("blocks_between", [1, 2, 4])
def test_a_posting_that_commits_after_its_ids_were_passed_is_sealed(floor, late, sealer, blocks_between):
    commit = late()
    posted = []
    for _ in range(blocks_between):
        posted.append(stock(floor.item, floor.b, 1, by=floor.by))
        assert sealer() == posted[-1:]

    first = commit()

    assert first < posted[0]
    assert floors()[-1] < first
    assert sealer() == [first]
    assert everything_is_sealed_once()
    assert verify_blocks([]).fault == ""


def test_the_floor_follows_once_nobody_is_late(floor, sealer):
    posted = [stock(floor.item, floor.a, 1, by=floor.by)]
    sealer()
    when_nobody_is_late()
    posted.append(stock(floor.item, floor.a, 1, by=floor.by))
    sealer()

    found = floors()
    assert found == sorted(found)
    assert all(below < own for below, own in zip(found, posted, strict=True))
    assert found[-1] >= posted[0]


def test_a_posting_that_is_rolled_back_holds_nothing_up(floor, sealer):
    with transaction.atomic():
        stock(floor.item, floor.a, 1, by=floor.by)
        transaction.set_rollback(True)
    posted = [stock(floor.item, floor.a, 1, by=floor.by) for _ in range(2)]

    assert sealer() == posted
    assert sealer() == []


def test_sealers_that_run_at_once_seal_each_posting_once(floor, sealer):
    posted = [stock(floor.item, floor.a, 1, by=floor.by) for _ in range(5)]

    blocks = together(*[sealer] * 6, in_transaction=False)

    assert sorted(blocks) == [*[[]] * 5, posted]
    assert Block.objects.count() == 1


def test_sealing_beside_those_who_post_loses_nothing(floor, sealer):
    stock(floor.item, floor.a, 1, by=floor.by)  # its balance is there

    together(
        *[lambda: stock(floor.item, floor.a, 1, by=floor.by)] * 12,
        *[lambda: seal_block(by=floor.by, at=clock.now())] * 6,
    )
    sealer()

    assert everything_is_sealed_once()
    assert verify_blocks([]).fault == ""


# A dump carries the horizons of the server that it came from, and the new server counts its transactions from anew:
# far behind them, or by then far beyond.
@pytest.mark.parametrize("horizon", [2**62, 3], ids=["a new server, far behind", "an old server, far beyond"])
def test_after_a_restore_into_another_server_nothing_is_skipped(floor, sealer, late, superuser_dsn, horizon):
    for _ in range(3):
        stock(floor.item, floor.a, 1, by=floor.by)
        sealer()
    unsealed_when_dumped = stock(floor.item, floor.a, 1, by=floor.by)
    with psycopg.connect(superuser_dsn) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute("update ledger_block set horizon = %s::text::xid8", [horizon])
        superuser.execute("update ledger_stocktransaction set xid = %s::text::xid8", [horizon])

    commit = late()
    assert sealer() == [unsealed_when_dumped]
    later = [stock(floor.item, floor.b, 1, by=floor.by) for _ in range(2)]
    assert sealer() == later
    assert sealer() == []
    first = commit()
    last = stock(floor.item, floor.a, 1, by=floor.by)
    assert sealer() == [first, last]
    assert everything_is_sealed_once()


def test_a_sweep_finds_what_stands_behind_the_floor(floor, sealer, superuser_dsn):
    for _ in range(3):
        stock(floor.item, floor.a, 1, by=floor.by)
        sealer()
    with psycopg.connect(superuser_dsn) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute("update ledger_block set floor = 1000000")
    left_behind = stock(floor.item, floor.a, 1, by=floor.by)

    assert sealer() == []
    assert sealer(everything=True) == [left_behind]
