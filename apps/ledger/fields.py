"""Column types that Django does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    BigIntegers = models.BigIntegerField[int, int]
else:
    BigIntegers = models.BigIntegerField  # takes no type arguments at run time


class TransactionIdField(BigIntegers):
    """PostgreSQL's 64-bit transaction id (`xid8`), which tells whether an older writer may still commit."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002 - Django's signature
        """Only PostgreSQL is supported."""
        return "xid8"

    def from_db_value(self, value: str | None, expression: object, connection: BaseDatabaseWrapper) -> int | None:
        """The driver does not know the type and gives its text."""
        del expression, connection
        return None if value is None else int(value)
