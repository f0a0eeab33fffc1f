"""What an import refuses: the whole file, with every row and field that is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError

SHOWN = 50
SHORT = 40


@dataclass(kw_only=True, eq=False)
class ImportRefused(DomainError):
    """A file with anything wrong in it changes nothing."""

    code = "import_refused"
    message = "Nothing was imported: %(count)s to put right."
    status = 400
    recover = ("correct_file",)

    count: int
    problems: list[str]
    """The first of them, each with its row and field. Rows count as in a spreadsheet: the header is row 1."""


class Problems:
    """Gathers what is wrong, so that one look at the file mends it."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def add(self, message: str, *, row: int | None = None, field: str = "", value: str = "") -> None:
        """Something is wrong: with the file, a row, or one field of it."""
        where = ", ".join(filter(None, (f"row {row}" if row else "", field)))
        shown = f" ({value[:SHORT]!r})" if value else ""
        self.found.append((row or 0, f"{where}: {message}{shown}" if where else f"{message}{shown}"))

    def refuse_any(self) -> None:
        """Raise `ImportRefused` with all that was found, row by row, if anything was."""
        if not self.found:
            return
        texts = [text for _, text in sorted(self.found, key=lambda problem: problem[0])]
        more = len(texts) - SHOWN
        if more > 0:
            texts[SHOWN:] = [f"and {more} more"]
        raise ImportRefused(count=len(self.found), problems=texts)
