"""Column types that Django does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class TransactionIdField(models.BigIntegerField):
    """PostgreSQL's 64-bit transaction id (`xid8`), which tells whether an older writer may still commit."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002 - Django's signature
        """Only PostgreSQL is supported."""
        return "xid8"

    def from_db_value(self, value: str | None, expression: object, connection: BaseDatabaseWrapper) -> int | None:
        """The driver does not know the type and gives its text."""
        del expression, connection
        return None if value is None else int(value)
