"""What the application's role must not be able to do: the deployment check that it cannot write stock by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import connections

MASTER_DATA = frozenset({"ledger_lot", "ledger_serialnumber", "ledger_historicallot"})
"""What the ORM writes: descriptions. All else in the ledger is written by its functions alone."""
TRAIL = ("journal_auditentry", "journal_approval")
"""What the application adds to and never changes."""

HINT = (
    "Let the application connect as the role of DATABASE_URL that config/embedded/roles.py describes (docs/sealing.md)."
)

ATTRIBUTES = """
select attribute from pg_roles r, lateral (values
    ('is a superuser', r.rolsuper), ('bypasses row security', r.rolbypassrls), ('may create roles', r.rolcreaterole),
    ('may create databases', r.rolcreatedb), ('may replicate', r.rolreplication)) a(attribute, has)
where r.rolname = current_user and a.has
"""
SCHEMA = """
select act from (values
    ('may create in the schema public', has_schema_privilege('public', 'create')),
    ('may create schemas', has_database_privilege(current_database(), 'create')),
    ('may switch triggers off', has_parameter_privilege('session_replication_role', 'set'))) a(act, may)
where may
"""
# A member may become the role, and has its rights meanwhile.
MEMBERSHIPS = """
select 'is a member of ' || r.rolname from pg_roles r
where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'member')
  and (r.rolsuper or r.rolname in ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program')
       or exists (select 1 from pg_class where relowner = r.oid and relnamespace = 'public'::regnamespace))
order by r.rolname
"""
OWNED = """
select 'owns ' || c.relname from pg_class c
where c.relowner = current_user::regrole and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm')
union
select 'owns ' || p.proname || '()' from pg_proc p
where p.proowner = current_user::regrole and p.pronamespace = 'public'::regnamespace
order by 1 limit 10
"""
TABLES = """
select lower(privilege) || ' on ' || c.relname
from pg_class c, unnest(%s::text[]) privilege
where c.relname = any(%s) and c.relnamespace = 'public'::regnamespace and has_table_privilege(c.oid, privilege)
order by 1
"""
COLUMNS = """
select lower(privilege) || ' on ' || c.relname || '.' || a.attname
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped, unnest(%s::text[]) privilege
where c.relname = any(%s) and c.relnamespace = 'public'::regnamespace
  and has_column_privilege(c.oid, a.attnum, privilege) and not has_table_privilege(c.oid, privilege)
order by 1
"""


def check_rights(
    *, app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **_: Any
) -> list[CheckMessage]:
    """Refuse a role that may do more than read the ledger and call its functions."""
    del app_configs
    if "default" not in (databases or ()) or not connections.settings["default"]["NAME"]:
        return []
    powers = list(_powers())
    writes = list(_writes())
    found: list[CheckMessage] = []
    if powers:
        found.append(Error(f"The application's role {_list(powers)}.", hint=HINT, id="ledger.E001"))
    if writes:
        found.append(
            Error(
                f"The application's role may write stock past its functions: {_list(writes)}.",
                hint=HINT,
                id="ledger.E002",
            )
        )
    return found


def _powers() -> Iterator[str]:
    for question in (ATTRIBUTES, SCHEMA, MEMBERSHIPS, OWNED):
        yield from _ask(question, None)


def _writes() -> Iterator[str]:
    tables = sorted({model._meta.db_table for model in apps.get_app_config("ledger").get_models()} - MASTER_DATA)
    yield from _ask(TABLES, [["INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER"], tables])
    yield from _ask(TABLES, [["DELETE", "TRUNCATE", "TRIGGER"], sorted(MASTER_DATA - {"ledger_historicallot"})])
    yield from _ask(TABLES, [["UPDATE", "DELETE", "TRUNCATE", "TRIGGER"], list(TRAIL)])
    yield from _ask(COLUMNS, [["INSERT", "UPDATE"], tables])
    yield from _ask(COLUMNS, [["UPDATE"], list(TRAIL)])


def _ask(question: str, values: list[Any] | None) -> list[str]:
    with connections["default"].cursor() as cursor:
        cursor.execute(question, values)
        return [row[0] for row in cursor.fetchall()]


def _list(words: list[str]) -> str:
    shown = ", ".join(words[:10])
    return f"{shown} and {len(words) - 10} more" if len(words) > 10 else shown  # noqa: PLR2004 - a line's worth
