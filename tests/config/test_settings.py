"""Settings: production starts only when everything is decided; addresses are read as libpq does."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.paths import CHECKOUT
from config.settings.databases import application_database, owner_database

DECIDED = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "stillage.example",
    "DATABASE_URL": "postgresql://app@/stillage",
    "DATABASE_OWNER_URL": "postgresql://owner@/stillage",
    "REDIS_URL": "redis://broker.example/0",
}


def start_production(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import config.settings.prod"],
        cwd=CHECKOUT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_everything_is_decided():
    assert start_production(DECIDED).returncode == 0


@pytest.mark.parametrize("missing", sorted(DECIDED))
def test_production_names_what_is_missing(missing):
    done = start_production({name: value for name, value in DECIDED.items() if name != missing})

    assert done.returncode == 1
    reason = done.stderr.split("ImproperlyConfigured: ")[1].splitlines()
    assert [line.split(":")[0].strip() for line in reason[1:]] == [missing]


def test_a_socket_address_is_read_with_its_escapes():
    database = owner_database("postgresql://me@/stillage?host=/a%20b/100%25")

    assert (database["USER"], database["NAME"], database["HOST"]) == ("me", "stillage", "/a b/100%")


def test_options_of_the_address_reach_the_server():
    database = application_database("postgresql://me:secret@db.example:6432/stillage?sslmode=require")

    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("db.example", "6432", "secret")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["server_side_binding"] is True


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ImproperlyConfigured, match="looks like postgresql://"):
        owner_database("mysql://me@db/stillage")


@pytest.mark.django_db
def test_only_the_admin_may_evaluate_script(client):
    admin = client.get("/admin/login/").headers["Content-Security-Policy"]
    other = client.get("/healthz").headers["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-eval'" in admin
    assert "unsafe" not in other


@pytest.mark.django_db
def test_ready_means_that_the_database_answers(client):
    assert client.get("/readyz").content == b"ready\n"
