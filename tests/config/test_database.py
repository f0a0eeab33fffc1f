"""What tests rest on: the application's role, on a clone, and a fresh clone after a commit."""

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection

pytestmark = pytest.mark.django_db

ADDRESS = {"host", "port", "user", "password", "dbname"}


def test_tests_run_as_the_applications_role(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("stillage_app", False, False, False)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.mine (id int)",
        "CREATE SCHEMA mine",
        "TRUNCATE django_session",
        "DROP TABLE django_session",
        "CREATE TEMPORARY TABLE mine (id int)",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_may_use_tables_and_nothing_else(statement):
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_what_a_committing_test_leaves_is_gone_before_the_next(run):
    assert not ContentType.objects.filter(app_label="left_behind").exists()

    ContentType.objects.create(app_label="left_behind", model="thing")

    assert ContentType.objects.filter(app_label="left_behind").exists()


def test_what_migrations_loaded_is_there():
    assert ContentType.objects.filter(app_label="accounts", model="user").exists()


def test_the_owner_may_change_tables_and_is_no_superuser(owner_connection: psycopg.Connection):
    assert owner_connection.execute(
        "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchone() == ("stillage_owner", False)
    owner_connection.execute("CREATE TABLE mine (id int)")


def test_the_superuser_reaches_the_same_database(superuser_dsn):
    with psycopg.connect(superuser_dsn) as superuser:
        assert superuser.execute("SELECT current_database()").fetchone() == (connection.settings_dict["NAME"],)


@pytest.mark.django_db(transaction=True)
def test_a_kept_connection_that_the_server_has_ended_is_not_used_again():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (mine,) = cursor.fetchone()
    assert connection.is_usable()

    address = {name: value for name, value in connection.get_connection_params().items() if name in ADDRESS}
    with psycopg.connect(**address) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [mine])

    assert not connection.is_usable()
    connection.close()
    assert not ContentType.objects.filter(app_label="left_behind").exists()
