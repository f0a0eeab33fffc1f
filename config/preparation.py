"""Bring a database to the state that the code expects: rights, tables, reference data."""

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

from config.embedded.roles import grant_use, protect_migrations
from config.paths import CHECKOUT

REFERENCE_DATA: Final = "ensure_reference_data"


class StepFailedError(RuntimeError):
    """A command that everything after it needs has failed; it has said why itself."""

    def __init__(self, step: str, code: int) -> None:
        super().__init__(f"{step} failed (exit code {code}).")
        self.code = code


def manage(*arguments: str, environment: Mapping[str, str] | None = None, quiet: bool = False) -> None:
    """Run one management command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=CHECKOUT,
        env={**os.environ, **(environment or {})},
        check=False,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
    )
    if done.returncode:
        if quiet:
            sys.stderr.write(done.stdout)
        raise StepFailedError(f"manage.py {arguments[0]}", done.returncode)


def prepare_database(urls: Mapping[str, str], *, quiet: bool = False) -> None:
    """Grant, migrate as the owner, and load the reference data as the application."""
    owner, application = urls["DATABASE_OWNER_URL"], urls["DATABASE_URL"]
    grant_use(owner, application)
    manage("migrate", "--verbosity", "0" if quiet else "1", environment=urls, quiet=quiet)
    protect_migrations(owner, application)
    # The command belongs to an app; a checkout without it has nothing to load.
    if any(CHECKOUT.glob(f"apps/*/management/commands/{REFERENCE_DATA}.py")):
        manage(REFERENCE_DATA, environment=urls, quiet=quiet)
