"""The log of a year: its cases with their days and outcome, the totals of its columns, and the rates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from apps.incidents.errors import NoEstablishment
from apps.incidents.models import EstablishmentYear, InjuryCase, RecordRule
from apps.incidents.rules.counting import Days, Facts, Span, count_days, outcome_of
from apps.incidents.rules.rates import rate
from apps.incidents.states import LostKind, Outcome
from apps.locations.models import Warehouse

PRIVATE = "Privacy case"


def rule_value(code: str, *, on: date) -> int:
    """What a rule says on a day: the latest text that holds by then; of a day before all of them, the first."""
    rows = RecordRule.objects.filter(code=code)
    held = rows.filter(Q(effective_on=None) | Q(effective_on__lte=on))
    latest = held.order_by(F("effective_on").desc(nulls_last=True)).first()
    return latest.value if latest is not None else rows.order_by("effective_on")[0].value


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the log."""

    case: InjuryCase
    days: Days
    outcome: Outcome

    @property
    def name(self) -> str:
        """Who, unless it is a privacy case."""
        return PRIVATE if self.case.privacy else self.case.person


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLog:
    """The recorded cases of a site and year, with what is made of them."""

    warehouse: Warehouse
    figures: EstablishmentYear
    entries: tuple[Entry, ...]
    per_hours: int

    def cases(self, outcome: Outcome) -> int:
        """The total of a column of G to J."""
        return sum(entry.outcome == outcome for entry in self.entries)

    @property
    def days_away(self) -> int:
        """The total of column K."""
        return sum(entry.days.away for entry in self.entries)

    @property
    def days_restricted(self) -> int:
        """The total of column L."""
        return sum(entry.days.restricted for entry in self.entries)

    @property
    def kinds(self) -> Counter[str]:
        """The totals of columns M1 to M6."""
        return Counter(entry.case.kind for entry in self.entries)

    @property
    def trir(self) -> Decimal | None:
        """Recorded cases for each 200,000 hours; None where no hours were worked."""
        return rate(len(self.entries), hours=self.figures.hours_worked, per=self.per_hours)

    @property
    def dart(self) -> Decimal | None:
        """Those with days away or restricted."""
        count = self.cases(Outcome.AWAY) + self.cases(Outcome.RESTRICTED)
        return rate(count, hours=self.figures.hours_worked, per=self.per_hours)


def days_and_outcome(case: InjuryCase, *, until: date) -> tuple[Days, Outcome | None]:
    """The days of a case as they count by then, and the one column in which it stands; None: not recorded."""
    return _judged(case, until=until, most=rule_value("most_days", on=case.occurred_on))


def _judged(case: InjuryCase, *, until: date, most: int) -> tuple[Days, Outcome | None]:
    spans = [Span(kind=LostKind(row.kind), first=row.first, last=row.last) for row in case.lost_days.all()]
    days = count_days(case.occurred_on, spans, until=until, most=most)
    facts = Facts(
        is_work_related=case.is_work_related,
        is_new_case=case.is_new_case,
        is_treated=case.is_treated,
        is_unconscious=case.is_unconscious,
        is_significant=case.is_significant,
        has_died=case.died_on is not None,
    )
    return days, outcome_of(facts, days)


def year_log(warehouse: Warehouse, year: int, *, until: date) -> YearLog:
    """The log as it stands by a day; a case stays in the year of its injury. Raises `NoEstablishment`."""
    years = EstablishmentYear.objects.filter(establishment__warehouse=warehouse, year=year)
    figures = years.select_related("establishment").first()
    if figures is None:
        raise NoEstablishment(warehouse=warehouse.code, year=year)
    cases = InjuryCase.objects.filter(incident__warehouse=warehouse, year=year, case_number__isnull=False)
    rows = cases.select_related("incident__location").prefetch_related("lost_days").order_by("case_number")
    most = rule_value("most_days", on=date(year, 12, 31))
    judged = [(case, *_judged(case, until=until, most=most)) for case in rows]
    return YearLog(
        warehouse=warehouse,
        figures=figures,
        entries=tuple(
            Entry(case=case, days=days, outcome=outcome) for case, days, outcome in judged if outcome is not None
        ),
        per_hours=rule_value("rate_hours", on=date(year, 12, 31)),
    )
