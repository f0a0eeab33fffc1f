"""Document numbers: one PostgreSQL sequence a kind, so that numbering never waits; gaps are allowed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, migrations


@dataclass(frozen=True, slots=True)
class Series:
    """A kind of document and how its numbers read: `Series("PO")` gives PO-000001, PO-000002."""

    prefix: str
    width: int = 6

    @property
    def sequence(self) -> str:
        """The PostgreSQL sequence behind the series."""
        return f"number_{self.prefix.lower()}_seq"

    def next(self) -> str:
        """The next number, unique for good, even if the transaction that drew it is rolled back."""
        return self.next_many(1)[0]

    def next_many(self, count: int) -> list[str]:
        """That many numbers in one round trip."""
        with connection.cursor() as cursor:
            cursor.execute("select nextval(%s) from generate_series(1, %s)", [self.sequence, count])
            return [f"{self.prefix}-{row[0]:0{self.width}d}" for row in cursor.fetchall()]

    def migration(self) -> migrations.RunSQL:
        """The operation that makes the sequence."""
        return migrations.RunSQL(f"create sequence {self.sequence}", f"drop sequence {self.sequence}")
