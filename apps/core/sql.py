"""SQL beside the migrations: functions, triggers and grants live in `.sql` files, run by one migration operation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps


def run_sql_file(path: Path) -> migrations.RunPython:
    """A migration operation that runs a file; `:role` in it stands for the application's role.

    Undone by `<name>.reverse.sql` beside it, where there is one.
    """
    undo = path.with_suffix(".reverse.sql")
    backwards = _Runner(undo) if undo.exists() else migrations.RunPython.noop
    return migrations.RunPython(_Runner(path), backwards)


class _Runner:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG002 - Django's
        connection = schema_editor.connection
        role = connection.ops.quote_name(settings.DATABASE_APPLICATION_ROLE)
        with connection.cursor() as cursor:
            # Without parameters, so that psycopg sends the text as it is, several statements at once.
            cursor.execute(self.path.read_text().replace(":role", role))
