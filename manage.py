#!/usr/bin/env python3
"""Run one management command, on the databases the environment names or on this checkout's own."""

import os
import sys
from contextlib import ExitStack

from config.embedded import DATABASE, EmbeddedError, provided_services

# These look at code, not at data.
NEED_NOTHING = {"help", "--help", "-h", "version", "--version", "collectstatic", "diffsettings"}
# These change tables, which is the owner's right alone.
OWNERS = {"migrate"}


def main() -> None:
    """Have servers for as long as the command runs, and the role that it calls for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in OWNERS:
        os.environ["STILLAGE_ROLE"] = "owner"
    with ExitStack() as stack:
        if command not in NEED_NOTHING:
            try:
                database = os.environ.get("STILLAGE_DATABASE", DATABASE)
                stack.enter_context(provided_services(database=database))
            except EmbeddedError as error:
                sys.exit(f"stillage: {error}")
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the environment is set

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
