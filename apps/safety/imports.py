"""The hazardous materials table as a file, and what its rows say."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from apps.safety.choices import PackingGroup
from apps.safety.models import HazmatEntry

COLUMNS = ("un", "name", "class", "pg", "subsidiary", "labels", "forbidden", "symbols", "special")
FORBIDDEN = "Forbidden"
COMBUSTIBLE = "Comb liq"
NUMBER = re.compile(r"(UN|NA|ID)[0-9]{4}")
CLASS = re.compile(r"([1-9](?:\.[1-6])?)([A-LNS])?")
ZONES = {"1": "A", "2": "B", "3": "C", "4": "D"}
"""Special provisions 1 to 4 say the hazard zone of what is poisonous to inhale (49 CFR 172.102(c)(1)).

Not verified: nobody has compared it with the text.
"""


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row; the first row below the titles is 2, as a spreadsheet counts."""

    row: int
    problem: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.problem}"


def read_table(lines: Iterable[str], *, source: str, effective_on: date) -> Iterator[HazmatEntry | RowError]:
    """Each row as an entry, or what is wrong with it; the file's first line names the columns."""
    rows = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        yield RowError(1, f"columns are missing: {', '.join(missing)}")
        return
    for number, row in enumerate(rows, start=2):
        said = {name: (row[name] or "").strip() for name in COLUMNS}
        problem = _problem(said)
        yield RowError(number, problem) if problem else _entry(said, number, source, effective_on)


def _problem(said: dict[str, str]) -> str:
    is_forbidden = said["class"] == FORBIDDEN
    if not said["name"]:
        return "a proper shipping name is missing"
    if not is_forbidden and not NUMBER.fullmatch(said["un"]):
        return f"{said['un'] or 'nothing'} is no identification number"
    if said["class"] not in {"", FORBIDDEN, COMBUSTIBLE} and not CLASS.fullmatch(said["class"]):
        return f"{said['class']} is no class"
    if said["pg"] not in {"", *PackingGroup.values}:
        return f"{said['pg']} is no packing group"
    beside = [each for each in said["subsidiary"].split(";") if each]
    wrong = [each for each in beside if not CLASS.fullmatch(each)]
    return f"{wrong[0]} is no class" if wrong else ""


def _entry(said: dict[str, str], number: int, source: str, effective_on: date) -> HazmatEntry:
    parts = CLASS.fullmatch(said["class"])
    provisions = [each.strip() for each in said["special"].split(";") if each.strip()]
    zones = [ZONES[each] for each in provisions if each in ZONES]
    return HazmatEntry(
        row=number,
        un_number=said["un"],
        name=said["name"],
        hazard_class=parts[1] if parts else said["class"].replace(FORBIDDEN, ""),
        group=(parts[2] or "") if parts else "",
        packing_group=said["pg"],
        subsidiary=[each for each in said["subsidiary"].split(";") if each],
        zone=zones[0] if zones else "",
        is_forbidden=said["class"] == FORBIDDEN,
        symbols=said["symbols"].replace(";", " "),
        special_provisions=provisions,
        source=source,
        effective_on=effective_on,
    )
