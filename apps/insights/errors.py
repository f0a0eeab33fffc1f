"""What the figures refuse."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class TooLongForPaper(DomainError):
    """Nobody reads a hundred pages: a report that long is a spreadsheet."""

    code = "too_long_for_paper"
    message = "The report would have %(lines)s lines, and paper takes %(most)s. Ask for one site, or as XLSX."

    lines: int
    most: int
