"""The embedded servers: started for whoever needs them, gone with the last, whole after a crash."""

import contextlib
import os
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from config.embedded import Broker, Cluster, EmbeddedError, provided_services
from config.embedded.ground import SOCKET_PATH_LIMIT
from config.paths import CHECKOUT

SLOW = 20.0

# A user of a cluster in a process of its own: says where, then stays until it is ended.
USER = """
import sys, time
from pathlib import Path
from config.embedded import Cluster
with Cluster.under(Path(sys.argv[1]), durable=False) as cluster:
    print(cluster.superuser_dsn, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A folder that root's servers can reach as well: pytest closes its own to others."""
    if os.geteuid() == 0:
        folder = tmp_path
        while folder.owner() == "root" and folder.name.startswith(("test_", "pytest-", "popen-")):
            folder.chmod(0o755)
            folder = folder.parent
    return tmp_path / "var"


@contextlib.contextmanager
def another_user(var: Path):
    """Use the cluster from another process; killed at the end."""
    with subprocess.Popen(
        [sys.executable, "-c", USER, str(var)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            dsn = process.stdout.readline().strip()
            assert dsn
            yield process, dsn
        finally:
            process.kill()


def ask(dsn: str, question: str, *values: object):
    with psycopg.connect(dsn, autocommit=True) as connection:
        cursor = connection.execute(question, values)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def postmaster_pid(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def gone(dsn: str) -> bool:
    try:
        psycopg.connect(dsn, connect_timeout=1).close()
    except psycopg.OperationalError:
        return True
    return False


def wait_for(condition) -> None:
    deadline = time.monotonic() + SLOW
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def test_a_cluster_starts_from_nothing_and_stops_with_its_last_user(var):
    with Cluster.under(var, durable=False) as cluster:
        dsn = cluster.superuser_dsn
        assert ask(dsn, "SELECT current_setting('listen_addresses')") == ""
        assert ask(dsn, "SELECT current_setting('data_checksums')") == "on"
        assert ask(dsn, "SELECT datcollate FROM pg_database WHERE datname = 'postgres'") == "C.UTF-8"

    assert gone(dsn)
    assert not (cluster.data / "postmaster.pid").exists()


def test_the_servers_folder_is_closed_to_everyone_else(var):
    with Cluster.under(var, durable=False) as cluster:
        for folder in (cluster.folder, cluster.data, Path(cluster.host)):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_second_start_finds_what_the_first_stored(var):
    with Cluster.under(var, durable=False) as cluster:
        cluster.ensure_database("stillage")
        ask(cluster.url("stillage_owner", "stillage"), "CREATE TABLE kept AS SELECT 7 AS value")

    with Cluster.under(var, durable=False) as cluster:
        cluster.ensure_database("stillage")
        assert ask(cluster.url("stillage_owner", "stillage"), "SELECT value FROM kept") == 7


def test_a_fresh_database_is_empty(var):
    with Cluster.under(var, durable=False) as cluster:
        cluster.ensure_database("stillage")
        ask(cluster.url("stillage_owner", "stillage"), "CREATE TABLE kept AS SELECT 7 AS value")

        cluster.ensure_database("stillage", fresh=True)

        assert ask(cluster.url("stillage_owner", "stillage"), "SELECT to_regclass('kept')") is None


@pytest.mark.parametrize("name", ["with space", "100%", 'ümlaut\'s "quotes"', "d" * 80])
def test_a_folder_may_have_any_name_and_length(var, name):
    with Cluster.under(var / name, durable=False) as cluster, Broker.under(var / name) as broker:
        assert len(os.fsencode(cluster.host)) < SOCKET_PATH_LIMIT
        assert ask(cluster.superuser_dsn, "SELECT 1") == 1
        assert stat.S_IMODE(Path(cluster.host).stat().st_mode) == 0o700
        assert broker.answers()


def test_two_checkouts_do_not_meet(var):
    with Cluster.under(var / "one", durable=False) as one, Cluster.under(var / "two", durable=False) as two:
        one.ensure_database("stillage")

        assert ask(two.superuser_dsn, "SELECT count(*) FROM pg_database WHERE datname = 'stillage'") == 0


def test_the_server_stays_while_another_process_uses_it(var):
    with another_user(var) as (_, dsn):
        with Cluster.under(var, durable=False) as cluster:
            pid = postmaster_pid(cluster)

        assert ask(dsn, "SELECT 1") == 1
        assert postmaster_pid(cluster) == pid
    wait_for(lambda: gone(dsn))


def test_many_may_start_it_at_once(var):
    with contextlib.ExitStack() as stack:
        # Each is entered in a thread: the first line comes only once the cluster is up.
        with ThreadPoolExecutor(4) as pool:
            users = list(pool.map(lambda _: stack.enter_context(another_user(var)), range(4)))
        dsns = {dsn for _, dsn in users}

        assert len(dsns) == 1
        assert ask(dsns.pop(), "SELECT 1") == 1


def test_a_killed_user_takes_the_server_along(var):
    with another_user(var) as (process, dsn):
        process.kill()
        process.wait()

        wait_for(lambda: gone(dsn))


def test_a_killed_server_is_started_again_with_its_rows(var):
    with Cluster.under(var) as cluster:
        cluster.ensure_database("stillage")
        url = cluster.url("stillage_owner", "stillage")
        ask(url, "CREATE TABLE kept AS SELECT 7 AS value")
        os.kill(postmaster_pid(cluster), signal.SIGKILL)

        with Cluster.under(var) as again:
            assert ask(url, "SELECT value FROM kept") == 7
            assert again.host == cluster.host


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_a_killed_keeper_takes_the_server_along_and_the_next_start_recovers(var):
    with Cluster.under(var) as cluster:
        cluster.ensure_database("stillage")
        keeper = int(Path(f"/proc/{postmaster_pid(cluster)}/stat").read_text().rsplit(")", 1)[1].split()[1])
        os.kill(keeper, signal.SIGKILL)
        wait_for(lambda: gone(cluster.superuser_dsn))

    with Cluster.under(var) as cluster:
        assert ask(cluster.url("stillage_app", "stillage"), "SELECT 1") == 1


def test_a_pid_file_that_names_a_stranger_is_in_nobodys_way(var):
    with Cluster.under(var, durable=False) as cluster:
        content = (cluster.data / "postmaster.pid").read_text().split("\n")
    content[0] = str(os.getpid())
    (cluster.data / "postmaster.pid").write_text("\n".join(content))

    with Cluster.under(var, durable=False) as cluster:
        assert ask(cluster.superuser_dsn, "SELECT 1") == 1


def test_an_interrupted_initialisation_is_begun_again(var):
    unfinished = Cluster.under(var, durable=False).folder / "data.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18")

    with Cluster.under(var, durable=False) as cluster:
        assert ask(cluster.superuser_dsn, "SELECT 1") == 1


def test_a_start_that_fails_says_what_the_server_said(var, monkeypatch):
    monkeypatch.setattr("config.embedded.server.RETRY_EXITS_FOR", 0.0)
    with Cluster.under(var, durable=False) as cluster:
        pass
    with (cluster.data / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")

    with pytest.raises(EmbeddedError, match="no_such_setting"), Cluster.under(var, durable=False):
        pass


@pytest.mark.parametrize(
    ("role", "rights"),
    [("stillage_owner", (False, True, False, True)), ("stillage_app", (False, False, False, True))],
)
def test_the_roles_have_exactly_their_rights(var, role, rights):
    with Cluster.under(var, durable=False) as cluster, psycopg.connect(cluster.superuser_dsn) as connection:
        found = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolcanlogin FROM pg_roles WHERE rolname = %s", [role]
        ).fetchone()
    assert found == rights


def test_the_application_creates_nothing(var):
    with Cluster.under(var, durable=False) as cluster:
        cluster.ensure_database("stillage")
        url = cluster.url("stillage_app", "stillage")
        for statement in ("CREATE TABLE mine (id int)", "CREATE SCHEMA mine", "CREATE DATABASE mine"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(url, statement)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs its servers as somebody else")
def test_out_of_reach_of_the_servers_account_they_live_elsewhere(var, monkeypatch, tmp_path):
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    monkeypatch.setattr("config.embedded.ground.STATE_ROOT", state)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    var.parent.chmod(0o755)

    with Cluster.under(closed / "var", durable=False) as cluster, Broker.under(closed / "var") as broker:
        assert ask(cluster.superuser_dsn, "SELECT 1") == 1
        assert broker.answers()
        assert cluster.data.is_relative_to(state)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_the_broker_keeps_what_it_took_across_a_kill(var):
    redis = pytest.importorskip("redis")
    with Broker.under(var) as broker:
        with contextlib.closing(redis.from_url(broker.url)) as client:
            client.config_set("appendfsync", "always")
            client.set("job", "1")
            os.kill(client.info("server")["process_id"], signal.SIGKILL)
        wait_for(lambda: not broker.answers())

        with Broker.under(var), contextlib.closing(redis.from_url(broker.url)) as client:
            assert client.get("job") == b"1"


class TestWhatTheEnvironmentGives:
    """Addresses that are set are used, and nothing of their kind is started."""

    @pytest.fixture(autouse=True)
    def nothing_given(self, monkeypatch):
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
            monkeypatch.delenv(name, raising=False)

    def test_given_addresses_start_nothing(self, var, monkeypatch):
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
            monkeypatch.setenv(name, "given")

        with provided_services(var=var) as urls:
            assert urls == {}
        assert not var.exists()

    @pytest.mark.parametrize("given", ["DATABASE_URL", "DATABASE_OWNER_URL"])
    def test_one_role_without_the_other_is_refused(self, var, monkeypatch, given):
        (missing,) = {"DATABASE_URL", "DATABASE_OWNER_URL"} - {given}
        monkeypatch.setenv(given, "postgresql://somewhere/stillage")

        with pytest.raises(EmbeddedError, match=f"{given} is set and {missing} is not"), provided_services(var=var):
            pass
        assert not var.exists()

    def test_what_is_not_given_is_started_and_named(self, var, monkeypatch):
        monkeypatch.setenv("REDIS_URL", "given")

        with provided_services(var=var):
            assert ask(os.environ["DATABASE_URL"], "SELECT current_user") == "stillage_app"
            assert ask(os.environ["DATABASE_OWNER_URL"], "SELECT current_user") == "stillage_owner"
            assert os.environ["REDIS_URL"] == "given"
        assert "DATABASE_URL" not in os.environ


def test_importing_settings_starts_nothing(var):
    done = subprocess.run(
        [sys.executable, "-c", "import config.embedded, config.paths, config.settings.test"],
        cwd=CHECKOUT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.test", "TMPDIR": str(var.parent)},
        check=True,
        capture_output=True,
    )
    assert done.stdout == b""
    assert list(var.parent.iterdir()) == []
