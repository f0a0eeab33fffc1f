"""How lost days are counted and what a case counts as; 29 CFR 1904.7, from memory and marked so in the rules' rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from apps.incidents.states import LostKind, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days on which somebody was away or restricted, both ends included; without a last day it goes on."""

    kind: LostKind
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Columns K and L of a case, in calendar days; whether it goes on, and whether the count was cut off."""

    away: int = 0
    restricted: int = 0
    goes_on: bool = False
    is_capped: bool = False


def count_days(occurred_on: date, spans: Iterable[Span], *, until: date, most: int) -> Days:
    """Calendar days, weekends and holidays too, from the day after the injury; `most` of both kinds together.

    What goes on is counted up to `until`, included. A day that is both is a day away. Days are days of the calendar:
    a clock change makes none longer, and those after the new year count for the year of the injury. The first ones
    count when there are more than `most`.
    """
    kinds: dict[date, LostKind] = {}
    goes_on = False
    for span in spans:
        goes_on |= span.last is None
        day = max(span.first, occurred_on + timedelta(days=1))
        last = until if span.last is None else span.last
        while day <= last:
            if kinds.get(day) != LostKind.AWAY:
                kinds[day] = span.kind
            day += timedelta(days=1)
    counted = [kinds[day] for day in sorted(kinds)][:most]
    return Days(
        away=counted.count(LostKind.AWAY),
        restricted=counted.count(LostKind.RESTRICTED),
        goes_on=goes_on and len(kinds) < most,
        is_capped=len(kinds) > most,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What decides whether a case is recorded."""

    is_work_related: bool = False
    is_new_case: bool = False
    is_treated: bool = False
    is_unconscious: bool = False
    is_significant: bool = False
    has_died: bool = False


def outcome_of(facts: Facts, days: Days) -> Outcome | None:
    """The most serious outcome, the one column of G to J in which it stands; None for a case that is not recorded.

    Recorded is what is work-related, new, and death, days away, restriction, treatment beyond first aid, loss of
    consciousness or a significant diagnosis.
    """
    if not (facts.is_work_related and facts.is_new_case):
        return None
    if facts.has_died:
        return Outcome.DEATH
    if days.away:
        return Outcome.AWAY
    if days.restricted:
        return Outcome.RESTRICTED
    is_other = facts.is_treated or facts.is_unconscious or facts.is_significant
    return Outcome.OTHER if is_other else None
