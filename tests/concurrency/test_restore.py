"""A dump that is taken while people post, restored into a cluster that counts its transactions from anew."""

import shutil
import subprocess
import threading
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from psycopg import sql
from psycopg.conninfo import make_conninfo

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.journal.actor import Actor
from apps.ledger import jobs
from apps.ledger.models import Block, SealedTransaction, StockTransaction
from apps.ledger.operations import upkeep
from apps.ledger.queries.position import seen_now, verified
from apps.ledger.rights import check_rights
from config.embedded import Cluster
from config.embedded.roles import APPLICATION, OWNER, ensure_database
from tests.concurrency.crowd import PATIENCE
from tests.databases import moved_to
from tests.factories.ledger import stock
from tests.invariants import assert_invariants

DATABASE = "restored"


class Posting:
    """A posting that has drawn its id, and is committed when it may, or given up."""

    def __init__(self, floor):
        self.drawn, self.allowed, self.commits = threading.Event(), threading.Event(), False
        self.thread = threading.Thread(target=self.work, args=[floor])
        self.thread.start()
        assert self.drawn.wait(PATIENCE)

    def work(self, floor):
        try:
            with transaction.atomic():
                self.pk = stock(floor.item, floor.a, 1, by=floor.by)
                self.drawn.set()
                self.allowed.wait(PATIENCE)
                transaction.set_rollback(not self.commits)
        finally:
            connection.close()

    def end(self, *, commits):
        self.commits = commits
        self.allowed.set()
        self.thread.join(PATIENCE)


@pytest.fixture
def under_way(floor):
    """Begins postings; one that is still open when the test ends is given up."""
    begun = []

    def begin():
        begun.append(Posting(floor))
        return begun[-1]

    yield begin
    for posting in begun:
        posting.end(commits=False)


@pytest.fixture
def another(tmp_path, superuser_dsn):
    """A cluster that was made a moment ago, with the two roles and an empty database."""
    with Cluster.under(tmp_path / "var", durable=False) as cluster:
        cluster.ensure_database(DATABASE)
        yield cluster


@pytest.fixture
def home(superuser_dsn):
    """An empty database in the tests' own cluster, which has counted far; its addresses."""
    name = f"{connections.settings['default']['NAME']}_home"
    ensure_database(superuser_dsn, name)
    yield {
        "DATABASE_URL": make_conninfo(superuser_dsn, user=APPLICATION, dbname=name),
        "DATABASE_OWNER_URL": make_conninfo(superuser_dsn, user=OWNER, dbname=name),
    }
    with psycopg.connect(superuser_dsn, autocommit=True) as superuser:
        superuser.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def address():
    """How the owner reaches the database that the test is connected to."""
    owner = connections.settings["owner"]
    return make_conninfo(host=owner["HOST"], user=owner["USER"], dbname=owner["NAME"])


def dump(cluster, path):
    """As an operator does it: as the owner, while others post."""
    run(cluster.program("pg_dump"), "--format=custom", f"--file={path}", f"--dbname={address()}")


def restore(cluster, path, urls):
    """As the owner too, all or nothing."""
    run(
        cluster.program("pg_restore"),
        *("--single-transaction", "--exit-on-error"),
        *(f"--dbname={urls['DATABASE_OWNER_URL']}", str(path)),
    )


def run(*command):
    """One of PostgreSQL's programs."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def post(floor):
    return stock(floor.item, floor.b, 1, by=floor.by)


def seal():
    """Seal and anchor, as beat does; the transactions of the new block."""
    known = SealedTransaction.objects.count()
    jobs.seal()
    jobs.anchor()
    new = SealedTransaction.objects.filter(position__gt=known).order_by("position")
    return list(new.values_list("transaction_id", flat=True))


def check(*, everything=False):
    """Check the ledger and keep how far; what came since the check before."""
    with transaction.atomic(), connection.cursor() as cursor:
        since = verified()
        fresh = []
        if since is not None:
            cursor.execute(f"with {since.changed} select id from fresh order by id")  # noqa: S608 - our own text
            fresh = [pk for (pk,) in cursor.fetchall()]
        by = Actor(user=User.objects.get(username=SYSTEM), job="ledger.check_ledger")
        assert upkeep.check_ledger(everything=everything, by=by, at=clock.now())["broken"] == []
        return fresh


def said_by(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def counted():
    """Up to where this cluster counts its transactions."""
    return int(seen_now().snapshot.split(":")[1])


def horizons():
    return [int(horizon) for horizon in Block.objects.values_list("horizon", flat=True)]


def everything_is_sealed_once():
    sealed = sorted(SealedTransaction.objects.values_list("transaction_id", flat=True))
    return sealed == sorted(StockTransaction.objects.values_list("pk", flat=True))


def edit(cluster, statement, *values):
    """As only the server's administrator can, past every trigger."""
    with psycopg.connect(cluster.superuser_dsn, dbname=DATABASE) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute(statement, values)


def test_a_dump_restored_into_another_cluster_is_proven_checked_and_sealed_on(
    floor, under_way, another, tmp_path, anchor_file
):
    sealed = [post(floor), post(floor)]
    assert seal() == sealed[:2]
    late = under_way()
    sealed.append(post(floor))
    assert seal() == sealed[2:]
    check(everything=True)
    late.end(commits=True)  # after the check, with an id below those that it saw
    unsealed = post(floor)
    never = under_way()
    kept, gone_on = tmp_path / "kept.txt", tmp_path / "gone-on.txt"
    dump(another, tmp_path / "dump")
    shutil.copy(anchor_file, kept)
    never.end(commits=True)  # on the old cluster alone, which goes on
    seal()
    anchor_file.rename(gone_on)
    shutil.copy(kept, anchor_file)
    urls = another.urls(DATABASE)
    restore(another, tmp_path / "dump", urls)

    with moved_to(urls):
        # It counts from anew, and has what was committed when the dump was taken.
        assert counted() < min(horizons())
        assert list(StockTransaction.objects.order_by("pk").values_list("pk", flat=True)) == sorted(
            [*sealed, late.pk, unsealed]
        )
        assert never.pk == unsealed + 1
        assert check_rights(app_configs=None, databases=["default"]) == []
        assert said_by("verify_ledger", f"--anchor={kept}") == (
            "2 blocks with 3 transactions are as they were sealed; 2 are not sealed yet.\n2 anchored heads agree.\n"
        )
        with pytest.raises(CommandError, match=r"Block 3 was anchored, and the database ends with block 2"):
            call_command("verify_ledger", f"--anchor={gone_on}")

        # The check that was kept is another cluster's: what it did not see is looked at, also what came late.
        assert said_by("check_ledger", "--changed") == "Every rule holds for what came since the last check.\n"
        assert {late.pk, unsealed} <= set(check())
        assert check() == []
        last = post(floor)
        assert check() == [last]

        # What was left unsealed is sealed, and so is what comes, also late.
        assert seal() == [late.pk, unsealed, last]
        again_late = under_way()
        posted = [post(floor), post(floor)]
        assert never.pk < again_late.pk < posted[0]
        assert seal() == posted
        assert check() == posted
        again_late.end(commits=True)
        assert seal() == [again_late.pk]
        assert check() == [again_late.pk]
        assert seal() == []
        assert everything_is_sealed_once()
        assert said_by("verify_ledger").endswith("5 anchored heads agree.\n")
        assert_invariants()

        # History that the old cluster sealed cannot be edited here either.
        edit(another, "update ledger_stockmove set quantity = 2 where transaction_id = %s", sealed[1])
        with pytest.raises(CommandError, match=rf"Transaction {sealed[1]} \(position 2, block 1\) is not as it was"):
            call_command("verify_ledger", f"--anchor={kept}")


def test_a_dump_that_comes_back_to_a_cluster_that_has_counted_further_is_sealed_on(
    floor, under_way, another, home, tmp_path
):
    sealed = [post(floor)]
    assert seal() == sealed
    dump(another, tmp_path / "there")
    urls = another.urls(DATABASE)
    restore(another, tmp_path / "there", urls)
    with moved_to(urls):
        for _ in range(2):
            sealed.append(post(floor))
            assert seal() == sealed[-1:]
        late = under_way()
        sealed.append(post(floor))
        assert seal() == sealed[-1:]
        check(everything=True)
        horizon = horizons()[-1]
        late.end(commits=True)
        unsealed = post(floor)
        dump(another, tmp_path / "back")
    restore(another, tmp_path / "back", home)

    with moved_to(home):
        assert counted() > horizon
        assert {late.pk, unsealed} <= set(check())
        again_late = under_way()
        posted = [post(floor), post(floor)]
        assert check() == posted
        assert seal() == [late.pk, unsealed, *posted]
        again_late.end(commits=True)
        assert check() == [again_late.pk]
        assert seal() == [again_late.pk]
        assert seal() == []
        assert everything_is_sealed_once()
        assert said_by("verify_ledger").endswith("6 anchored heads agree.\n")
        assert_invariants()
