"""The two roles: an owner that migrates, and the application that may only use.

The owner is no superuser. The application's role owns nothing, may not create, and is never granted
TRUNCATE; migrations take more away where only a function may write.
"""

from typing import Final

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

SUPERUSER: Final = "postgres"
OWNER: Final = "stillage_owner"
APPLICATION: Final = "stillage_app"


def ensure_roles(superuser_dsn: str) -> None:
    """Have both roles exist with exactly the rights they should have."""
    with psycopg.connect(superuser_dsn) as connection:
        # Two first users at once would both find the roles missing.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('stillage roles'))")
        for role, rights in ((OWNER, "CREATEDB"), (APPLICATION, "NOCREATEDB")):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if known.fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {}").format(
                        sql.Identifier(role), sql.SQL(rights)
                    )
                )


def ensure_database(
    admin_dsn: str,
    database: str,
    *,
    template: str | None = None,
    owner: str = OWNER,
    application: str = APPLICATION,
    fresh: bool = False,
) -> None:
    """Have the database exist, owned by the owner and open to the two roles alone."""
    name = sql.Identifier(database)
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        if fresh:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if known.fetchone() is not None:
            return
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                name, sql.Identifier(owner), sql.Identifier(template or "template1")
            )
        )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(application)))


def grant_use(owner_url: str, application_url: str) -> None:
    """Let the application use the tables that the owner's migrations will make from now on.

    Called before migrations, as the owner, on any database, also one that somebody else set up.
    """
    application = conninfo_to_dict(application_url).get("user")
    if not isinstance(application, str) or application == conninfo_to_dict(owner_url).get("user"):
        return
    role = sql.Identifier(application)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
        ):
            connection.execute(sql.SQL(statement).format(role))


def protect_migrations(owner_url: str, application_url: str) -> None:
    """Leave the record of migrations to the owner."""
    application = conninfo_to_dict(application_url).get("user")
    if not isinstance(application, str) or application == conninfo_to_dict(owner_url).get("user"):
        return
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}").format(sql.Identifier(application))
        )
