"""From bytes to rows: UTF-8 with or without a mark, commas, semicolons or tabs, quoted line breaks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.core.imports.cells import Column
from apps.core.imports.errors import Problems

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
MOST_CHARACTERS = 10_000
"""Of one cell."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it stands in the file: its number as a spreadsheet shows it, and its cells by column."""

    number: int
    cells: dict[str, str]


def decode(content: bytes) -> str:
    """The file's text. Raises `ImportRefused` for a file that is too large or not UTF-8, naming the first such byte."""
    problems = Problems()
    text = ""
    if len(content) > MOST_BYTES:
        problems.add(f"the file has {len(content):,} bytes; {MOST_BYTES:,} are the most")
    elif content.startswith(UTF_16):
        problems.add("the file is UTF-16; save it as CSV UTF-8")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problems.add(
                f"byte {error.start + 1} (0x{content[error.start]:02x}) is not UTF-8;"
                " the file may be Latin-1 or Windows-1252: save it as CSV UTF-8",
                row=content.count(b"\n", 0, error.start) + 1,
            )
    problems.refuse_any()
    return text


def read_rows(text: str, columns: Sequence[Column], problems: Problems) -> list[Row]:
    """The rows below the header, with what is wrong with header and shape noted."""
    records = _records(text, problems)
    header = next(records, None)
    if header is None:
        problems.add("the file is empty")
        return []
    names = [name.strip().casefold() for name in header[1]]
    if not _check_header(names, columns, problems):
        return []
    rows: list[Row] = []
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            problems.add(f"has {len(cells)} cells, the header {len(names)}", row=number)
            continue
        if len(rows) == MOST_ROWS:
            problems.add(f"more than {MOST_ROWS:,} rows: split the file", row=number)
            break
        rows.append(Row(number=number, cells=dict(zip(names, cells, strict=True))))
    return rows


def _records(text: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number; a quoting mistake ends the file, for nothing after it can be trusted."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.add(f"cannot be read: {error}", row=number)
            return


def _check_header(names: Sequence[str], columns: Sequence[Column], problems: Problems) -> bool:
    known = {column.name for column in columns}
    missing = [column.name for column in columns if column.required and column.name not in names]
    unknown = [name or "(empty)" for name in names if name not in known]
    twice = sorted({name for name in names if names.count(name) > 1})
    for what, these in (("missing", missing), ("unknown", unknown), ("repeated", twice)):
        if these:
            problems.add(f"{what} columns: {', '.join(these)}", row=1)
    return not (missing or unknown or twice)
