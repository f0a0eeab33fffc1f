"""What a test has committed is gone after it, and what it was given is there again."""

import psycopg
import pytest
from django.db import connections

from apps.catalog.models import Unit
from tests.original import Original

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def original(superuser_dsn):
    connections.close_all()
    return Original.of(superuser_dsn)


def write(dsn, statement):
    with psycopg.connect(dsn) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "insert into catalog_unit (code, name, scale) values ('ZZ', 'new', 0)",
        "update catalog_unit set name = upper(name)",
        "delete from safety_transportrule",
        "select nextval('catalog_item_id_seq'), nextval('auth_permission_id_seq')",
    ],
)
def test_what_was_written_is_put_back(original, superuser_dsn, statement):
    write(superuser_dsn, statement)
    assert Original.of(superuser_dsn) != original

    assert original.put_back(superuser_dsn)

    # The bytes of a table that was given grow with rows that nobody sees.
    again = Original.of(superuser_dsn)
    assert {table: rows for table, rows in again.rows.items() if rows} == original.rows
    assert (again.counters, again.schema) == (original.counters, original.schema)


@pytest.mark.parametrize(
    "statement",
    ["drop trigger append_only_rows on ledger_stockmove", "grant insert on ledger_stockmove to stillage_app"],
)
def test_a_changed_schema_wants_another_copy(original, superuser_dsn, statement):
    write(superuser_dsn, statement)

    assert not original.put_back(superuser_dsn)


def test_whoever_is_still_connected_writes_no_more(original, superuser_dsn):
    with psycopg.connect(superuser_dsn) as left:
        left.execute("insert into catalog_unit (code, name, scale) values ('ZZ', 'new', 0)")

        assert original.put_back(superuser_dsn)

        with pytest.raises(psycopg.OperationalError):
            left.commit()
    assert not Unit.objects.filter(code="ZZ").exists()
