"""SQL beside the migrations: functions, triggers and grants live in `.sql` files, run by one migration operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


class RunSQLFile(Operation):
    """Runs the text of a file as it is on the day of the migration; `:role` in it is the application's role.

    Undone by `<name>.reverse.sql` beside it, where there is one. It asks nothing of the models, whereas RunPython would
    have Django render every model of every app for each file.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, path: Path) -> None:
        self.path = path

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 - Django's
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - Django's
        to_state: ProjectState,  # noqa: ARG002 - Django's
    ) -> None:
        """Run the file."""
        _run(self.path, schema_editor)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002 - Django's
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - Django's
        to_state: ProjectState,  # noqa: ARG002 - Django's
    ) -> None:
        """Run the file that undoes it, where there is one."""
        undo = self.path.with_suffix(".reverse.sql")
        if undo.exists():
            _run(undo, schema_editor)

    def describe(self) -> str:
        """Which file."""
        return f"Run {self.path.name}"


def _run(path: Path, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    role = connection.ops.quote_name(settings.DATABASE_APPLICATION_ROLE)
    with connection.cursor() as cursor:
        # Without parameters, so that psycopg sends the text as it is, several statements at once.
        cursor.execute(path.read_text().replace(":role", role))
