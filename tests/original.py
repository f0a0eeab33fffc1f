"""A clone that a test has committed to becomes again what it was: another copy means thousands of files to make.

Rows go and come back, counters are set back. What a test has done to the schema is not mended: then there is another
copy after all, and so when much was written.
"""

import dataclasses
from typing import Any, Self

import psycopg
from psycopg import sql

PATIENCE_MS = 10_000
"""How long connections that a test has left may take to go."""
MUCH = 4_000_000
"""Bytes that tables may have grown by: what was deleted lies about until it is vacuumed, and is read over."""

# Of what each table, column, function, trigger and right was made by; to vacuum or to analyze makes none anew.
SCHEMA = """
select sum(hashtextextended(made::text, 0)) from (
    select row('class', oid, xmin) made from pg_class where relnamespace = 'public'::regnamespace
    union all select row('attribute', a.attrelid, a.attnum, a.xmin) from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relnamespace = 'public'::regnamespace
    union all select row('proc', oid, xmin) from pg_proc where pronamespace = 'public'::regnamespace
    union all select row('trigger', oid, xmin) from pg_trigger
    union all select row('constraint', oid, xmin) from pg_constraint where connamespace = 'public'::regnamespace
    union all select row('default', oid, xmin) from pg_attrdef
    union all select row('policy', oid, xmin) from pg_policy
    union all select row('rule', oid, xmin) from pg_rewrite
    union all select row('namespace', oid, xmin) from pg_namespace where nspname !~ '^pg_(toast_)?temp_'
    union all select row('extension', oid, xmin) from pg_extension
    union all select row('rights', oid, xmin) from pg_default_acl
    union all select row('setting', setdatabase, setrole, setconfig) from pg_db_role_setting
        where setdatabase in (0, (select oid from pg_database where datname = current_database()))
) part
"""
SIZES = """
select relname, pg_relation_size(oid) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
"""
COUNTERS = """
select sequencename, coalesce(last_value, start_value), last_value is not null from pg_sequences
where schemaname = 'public'
"""
OTHERS = """
select coalesce(bool_and(pg_terminate_backend(pid, %s)), true) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""


@dataclasses.dataclass(frozen=True)
class Original:
    """What a clone has when it is made."""

    schema: Any
    size: int
    rows: dict[str, bytes]
    """Of the tables that have any, as COPY writes them."""
    counters: dict[str, tuple[int, bool]]
    """The number that each gives, and whether it was given."""

    @classmethod
    def of(cls, dsn: str) -> Self:
        """Look at a clone that nobody has used, past every right."""
        with psycopg.connect(dsn) as connection:
            sizes = _sizes(connection)
            return cls(
                schema=_schema(connection),
                size=sum(sizes.values()),
                rows={table: _copied(connection, table) for table, size in sizes.items() if size},
                counters=_counters(connection),
            )

    def put_back(self, dsn: str) -> bool:
        """Whether the clone is as it was; when it is not, nothing was done to it. Nobody stays connected."""
        with psycopg.connect(dsn) as connection:
            (gone,) = connection.execute(OTHERS, [PATIENCE_MS]).fetchone() or (False,)
            sizes = _sizes(connection)
            if not gone or sum(sizes.values()) > self.size + MUCH or _schema(connection) != self.schema:
                return False
            # No trigger forbids or follows: neither what is only ever added to, nor what refers to it.
            connection.execute("set local session_replication_role = replica")
            now = _counters(connection)
            filled = [table for table, size in sizes.items() if size]
            changed = [table for table in filled if _copied(connection, table) != self.rows.get(table, b"")]
            for table in changed:
                connection.execute(sql.SQL("delete from {}").format(sql.Identifier(table)))
                if self.rows.get(table):
                    with connection.cursor().copy(_copy(table, "from stdin")) as copy:
                        copy.write(self.rows[table])
            for counter, (number, given) in self.counters.items():
                if now[counter] != (number, given):
                    name = sql.Identifier(counter).as_string(connection)
                    # To restart it would make it anew.
                    connection.execute("select setval(%s::regclass, %s, %s)", [name, number, given])
        return True


def _schema(connection: psycopg.Connection) -> Any:
    return connection.execute(SCHEMA).fetchone()


def _sizes(connection: psycopg.Connection) -> dict[str, int]:
    return dict(connection.execute(SIZES).fetchall())


def _counters(connection: psycopg.Connection) -> dict[str, tuple[int, bool]]:
    return {name: (number, given) for name, number, given in connection.execute(COUNTERS)}


def _copied(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(_copy(table, "to stdout")) as copy:
        return b"".join(bytes(part) for part in copy)


def _copy(table: str, where: str) -> sql.Composed:
    return sql.SQL("copy {} " + where).format(sql.Identifier(table))
