"""What the database lets the application do: read the ledger, call its functions, and nothing past them."""

import pytest
from django.apps import apps
from django.db import connection

from apps.ledger.rights import MASTER_DATA

LEDGER = apps.get_app_config("ledger")
CALLABLE = {
    "ledger_post",
    "ledger_reserve",
    "ledger_candidates",
    "ledger_release",
    "ledger_expire_reservations",
    "ledger_hold",
    "ledger_unhold",
    "ledger_open_units",
    "ledger_move_units",
    "ledger_reverse",
    "ledger_seal",
    "ledger_nest_unit",
    "ledger_unnest_unit",
    "ledger_merge_units",
    "ledger_close_unit",
    "ledger_relabel_unit",
    "ledger_retire_units",
    "ledger_place_unit",
    "ledger_dispatch",
    "ledger_let_go_units",
}
HASHES = {"ledger_field", "ledger_instant", "ledger_leaves", "ledger_root", "ledger_block_hash"}
"""Anybody may compute them; they write nothing."""
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
APPEND_ONLY = (
    "ledger_stocktransaction",
    "ledger_stockmove",
    "ledger_block",
    "ledger_sealedtransaction",
    "journal_auditentry",
)

pytestmark = pytest.mark.django_db


def ask(question, *values):
    """The first column of the answer."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return [row[0] for row in cursor.fetchall()]


def test_stock_is_written_by_functions_alone():
    tables = {model._meta.db_table for model in LEDGER.get_models()} - MASTER_DATA
    written = ask(
        "select table_name || ' ' || privilege_type from information_schema.role_table_grants"
        " where grantee = current_user and table_name = any(%s) and privilege_type = any(%s)",
        sorted(tables),
        list(WRITES),
    )

    assert tables
    assert written == []
    for table in tables:
        assert ask("select has_table_privilege(current_user, %s, 'SELECT')", table) == [True]


def test_no_column_of_the_ledger_is_the_applications():
    columns = ask(
        "select table_name || '.' || column_name from information_schema.column_privileges"
        " where grantee = current_user and table_name like 'ledger%%' and privilege_type in ('INSERT', 'UPDATE')"
        " and table_name <> all(%s)",
        sorted(MASTER_DATA),
    )

    assert columns == []


def test_exactly_these_functions_may_be_called():
    callable_ = ask(
        "select proname from pg_proc where proname like 'ledger%%'"
        " and has_function_privilege(current_user, oid, 'EXECUTE')"
    )

    assert sorted(callable_) == sorted(CALLABLE | HASHES)


def test_a_function_that_acts_as_its_owner_looks_up_names_where_it_was_told():
    loose = ask(
        "select proname from pg_proc join pg_roles on pg_roles.oid = proowner"
        " where prosecdef and pronamespace = 'public'::regnamespace"
        " and not coalesce(array_to_string(proconfig, ','), '') like '%%search_path=pg_catalog, public, pg_temp%%'"
    )

    assert loose == []


def test_the_application_owns_nothing_and_rules_nobody():
    assert ask("select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user") == [False]
    assert ask("select count(*) from pg_class where relowner = current_user::regrole") == [0]
    assert ask("select has_schema_privilege(current_user, 'public', 'CREATE')") == [False]
    assert ask("select current_user = tableowner from pg_tables where tablename = 'ledger_stockmove'") == [False]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_history_has_its_guards(table):
    guards = ask("select tgname from pg_trigger where tgrelid = %s::regclass and not tgisinternal", table)

    assert {"append_only_rows", "append_only_table"} <= set(guards)
