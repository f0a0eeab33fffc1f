"""`check --deploy --database default` refuses a role that may do more than read the ledger and call its functions."""

from io import StringIO

import psycopg
import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connections
from psycopg import sql

from apps.ledger.rights import check_rights

TOO_MUCH = {
    "alter role {role} superuser": "is a superuser",
    "alter role {role} bypassrls": "bypasses row security",
    "alter role {role} createrole": "may create roles",
    "alter role {role} createdb": "may create databases",
    "grant create on schema public to {role}": "may create in the schema public",
    "grant stillage_owner to {role}": "is a member of stillage_owner",
    "grant pg_write_all_data to {role}": "is a member of pg_write_all_data",
    "grant set on parameter session_replication_role to {role}": "may switch triggers off",
    "alter table ledger_hold owner to {role}": "owns ledger_hold",
    "alter function ledger_post owner to {role}": "owns ledger_post()",
    "grant insert on ledger_stockmove to {role}": "insert on ledger_stockmove",
    "grant update on ledger_stockbalance to public": "update on ledger_stockbalance",
    "grant update (reserved) on ledger_stockbalance to {role}": "update on ledger_stockbalance.reserved",
    "grant update (closed_at) on ledger_handlingunit to {role}": "update on ledger_handlingunit.closed_at",
    "grant delete on ledger_block to {role}": "delete on ledger_block",
    "grant truncate on ledger_stocktransaction to {role}": "truncate on ledger_stocktransaction",
    "grant trigger on ledger_stockmove to {role}": "trigger on ledger_stockmove",
    "grant delete on ledger_lot to {role}": "delete on ledger_lot",
    "grant update on journal_auditentry to {role}": "update on journal_auditentry",
}


@pytest.fixture
def role(transactional_db, superuser_dsn, monkeypatch):
    """A role that may do what the application may, and through which this test connects."""
    name = "probe_of_" + connections.settings["default"]["NAME"]
    quoted = sql.Identifier(name)
    with psycopg.connect(superuser_dsn, autocommit=True) as superuser:
        superuser.execute(sql.SQL("create role {} login in role stillage_app").format(quoted))
        connections["default"].close()
        monkeypatch.setitem(connections["default"].settings_dict, "USER", name)
        yield quoted
        connections["default"].close()
        monkeypatch.undo()
        superuser.execute(sql.SQL("reassign owned by {} to stillage_owner").format(quoted))
        superuser.execute(sql.SQL("drop owned by {}").format(quoted))
        superuser.execute(sql.SQL("drop role {}").format(quoted))


def findings():
    return {error.id: error.msg for error in check_rights(app_configs=None, databases=["default"])}


def test_the_applications_role_passes(db):
    assert findings() == {}


def test_a_role_with_the_same_rights_passes(role):
    assert findings() == {}


@pytest.mark.parametrize("grant", TOO_MUCH)
def test_a_role_that_may_do_more_is_refused(role, superuser_dsn, grant):
    with psycopg.connect(superuser_dsn) as superuser:
        superuser.execute(sql.SQL(grant).format(role=role))

    assert TOO_MUCH[grant] in " ".join(findings().values())


def test_the_deployment_check_asks_when_it_is_given_the_database(role, superuser_dsn):
    with psycopg.connect(superuser_dsn) as superuser:
        superuser.execute(sql.SQL("grant insert on ledger_stockmove to {}").format(role))

    with pytest.raises(SystemCheckError, match=r"ledger\.E002.* insert on ledger_stockmove"):
        call_command("check", "--deploy", "--database", "default", stdout=StringIO(), stderr=StringIO())


def test_without_a_database_nothing_is_asked(monkeypatch):
    assert check_rights(app_configs=None, databases=None) == []
    assert not [error for error in run_checks(include_deployment_checks=True) if str(error.id).startswith("ledger.")]
