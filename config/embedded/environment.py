"""What the environment says about servers, and starting only what it does not give."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from config.embedded.errors import EmbeddedError
from config.embedded.postgres import Cluster
from config.embedded.valkey import Broker
from config.paths import VAR

DATABASE: Final = "stillage"
DATABASE_VARIABLES: Final = ("DATABASE_URL", "DATABASE_OWNER_URL")


def database_is_given() -> bool:
    """Tell whether the environment names a database; both roles of it, or neither."""
    given = [name for name in DATABASE_VARIABLES if os.environ.get(name)]
    if len(given) == 1:
        (missing,) = set(DATABASE_VARIABLES) - set(given)
        raise EmbeddedError(
            f"{given[0]} is set and {missing} is not. DATABASE_URL is the application's role, "
            "DATABASE_OWNER_URL the role that owns the tables: set both, or neither to have a "
            "PostgreSQL started for you."
        )
    return bool(given)


@contextmanager
def provided_services(
    *, database: str = DATABASE, fresh: bool = False, broker: bool = True, var: Path = VAR
) -> Iterator[dict[str, str]]:
    """Give DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL, starting what is not set.

    They are put into the environment too, for settings and for child processes.
    """
    with ExitStack() as stack:
        urls: dict[str, str] = {}
        if not database_is_given():
            cluster = stack.enter_context(Cluster.under(var))
            cluster.ensure_database(database, fresh=fresh)
            urls |= cluster.urls(database)
        if broker and not os.environ.get("REDIS_URL"):
            urls["REDIS_URL"] = stack.enter_context(Broker.under(var)).url
        os.environ.update(urls)
        try:
            yield urls
        finally:
            for name in urls:
                os.environ.pop(name, None)
