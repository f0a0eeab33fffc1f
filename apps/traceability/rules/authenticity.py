"""Whether one unit, by its serial number, is what it says it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.traceability.states import Authenticity

ELSEWHERE_WITHIN = timedelta(hours=24)
"""Two places that ask about one unit within so long hold two. Our own rule: a longer time would find copies that are
shown seldom, and call genuine goods copies that are passed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUnit:
    """What the ledger knows of a serial number, and who asked about it lately."""

    recalled: bool
    suspect: str
    """The case in which it, or all of its lot, is doubted or was found illegitimate; empty: none."""
    here: str
    """The site where it stands; empty when it stands at none of ours."""
    left_on: date | None
    """The day on which it last went to a customer."""
    asked_at: Sequence[str]
    """Other places that asked about it within `ELSEWHERE_WITHIN`."""


def judge(unit: KnownUnit | None, *, outside: bool) -> tuple[Authenticity, str]:
    """The verdict on a unit that somebody holds, outside our sites or at one, and why.

    A recall outweighs all: whoever holds such goods is told that before anything else.
    """
    if unit is None:
        return Authenticity.UNKNOWN, "No such serial number was ever made or received here."
    if unit.recalled:
        return Authenticity.RECALLED, "Its lot is recalled."
    if unit.suspect:
        return Authenticity.SUSPECT, f"Whether it is genuine is doubted in {unit.suspect}."
    copied = _why_a_copy(unit, outside=outside)
    if copied:
        return Authenticity.DUPLICATE, copied
    if unit.here:
        return Authenticity.GENUINE, f"It stands at {unit.here}."
    gone = f"It went to a customer on {unit.left_on}." if unit.left_on is not None else "It stands nowhere with us."
    return Authenticity.GENUINE, gone


def _why_a_copy(unit: KnownUnit, *, outside: bool) -> str:
    """Why there must be another unit of this number; empty when nothing says so."""
    if outside and unit.here:
        return f"The unit of this number stands at {unit.here}."
    if outside and unit.left_on is None:
        return "The unit of this number never went to a customer."
    return f"It was asked about at {' and '.join(unit.asked_at)} within a day." if unit.asked_at else ""
