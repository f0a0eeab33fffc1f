"""Turn DATABASE_URL into what Django wants, read the way PostgreSQL's own library reads it."""

from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

CONNECTION_MAX_AGE = 60
LOCK_TIMEOUT = "5s"
RANDOM_PAGE_COST = 1.1


def application_database(url: str) -> dict[str, Any]:
    """Give the application's role its settings: what it sends often is prepared by the server.

    Binding on the server and preparing are off in Django unless asked for; posting calls the same
    few statements all day. No lock is waited for longer than a picker would wait.
    """
    database = owner_database(url)
    database["ENGINE"] = "config.postgresql"
    database["CONN_MAX_AGE"] = CONNECTION_MAX_AGE
    database["CONN_HEALTH_CHECKS"] = True
    database["OPTIONS"] |= {
        "server_side_binding": True,
        "prepare_threshold": 5,
        "options": f"-c lock_timeout={LOCK_TIMEOUT} -c random_page_cost={RANDOM_PAGE_COST}",
    }
    return database


def owner_database(url: str) -> dict[str, Any]:
    """Give the role that migrates its settings: plain statements, since tables change under it."""
    try:
        given = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured(
            f"A database URL cannot be read ({error}). It looks like postgresql://user:password@host:5432/stillage"
        ) from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.pop("dbname", ""),
        "USER": given.pop("user", ""),
        "PASSWORD": given.pop("password", ""),
        "HOST": given.pop("host", ""),
        "PORT": given.pop("port", ""),
        "OPTIONS": dict(given),
    }
