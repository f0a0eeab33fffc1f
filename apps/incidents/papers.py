"""What stands on the forms, from the rows."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from apps.accounts.models import User
from apps.core.paper.formats import day
from apps.incidents.models import Establishment, InjuryCase
from apps.incidents.pdf import (
    FormHead,
    LogLine,
    ReportItem,
    Summary,
    case_form,
    confidential_form,
    log_form,
    summary_form,
)
from apps.incidents.queries import PRIVATE, YearLog
from apps.incidents.states import InjuryKind, Outcome
from apps.locations.models import Warehouse
from apps.locations.queries import letterhead, printed

LETTERS = dict(zip(Outcome, "GHIJ", strict=True))
NUMBERS = {kind.value: number for number, kind in enumerate(InjuryKind, start=1)}
NOT_KNOWN = "n/a"


def log_paper(log: YearLog, *, at: datetime, by: User) -> bytes:
    """The 300 of a year."""
    lines = tuple(
        LogLine(
            case_number=str(entry.case.case_number),
            name=entry.name,
            job_title=entry.case.job_title,
            occurred_on=entry.case.occurred_on,
            where=entry.case.incident.location.code if entry.case.incident.location is not None else "",
            harm=", ".join(filter(None, (entry.case.harm, entry.case.harmed_by))),
            outcome=LETTERS[entry.outcome],
            days_away=entry.days.away,
            days_restricted=entry.days.restricted,
            kind=NUMBERS[entry.case.kind],
        )
        for entry in log.entries
    )
    return log_form(_head(log.warehouse, log.figures.year, at=at, by=by), lines)


def confidential_paper(log: YearLog, *, at: datetime, by: User) -> bytes:
    """The names of the privacy cases of a year."""
    lines = tuple(
        (str(entry.case.case_number), entry.case.person, entry.case.get_privacy_display(), entry.case.occurred_on)
        for entry in log.entries
        if entry.case.privacy
    )
    return confidential_form(_head(log.warehouse, log.figures.year, at=at, by=by), lines)


def summary_paper(log: YearLog, *, at: datetime, by: User) -> bytes:
    """The 300A of a year."""
    year, kinds = log.figures, log.kinds
    totals = [(f"{LETTERS[outcome]} {outcome.label}", log.cases(outcome)) for outcome in Outcome]
    totals += [("K Days away from work", log.days_away), ("L Days of transfer or restriction", log.days_restricted)]
    totals += [(f"M{number} {InjuryKind(kind).label}", kinds[kind]) for kind, number in NUMBERS.items()]
    return summary_form(
        _head(log.warehouse, year.year, at=at, by=by),
        Summary(
            totals=tuple(totals),
            average_employees=year.average_employees,
            hours_worked=year.hours_worked,
            rates=(
                ("Total recordable incident rate (TRIR)", NOT_KNOWN if log.trir is None else str(log.trir)),
                ("Days away, restricted or transferred (DART)", NOT_KNOWN if log.dart is None else str(log.dart)),
            ),
            executive=(year.executive, year.executive_title, year.executive_phone),
            certified_on=year.certified_on,
        ),
    )


def case_paper(case: InjuryCase, *, at: datetime, by: User) -> bytes:
    """The 301 of a case; of a privacy case without name and address."""
    site = case.incident.warehouse
    hidden = bool(case.privacy)
    address = ", ".join(filter(None, (case.street, case.city, case.region, case.postcode)))
    clock = case.incident.occurred_at.astimezone(ZoneInfo(site.timezone)).strftime("%H:%M")
    answers = (
        ("1", "Full name", PRIVATE if hidden else case.person),
        ("2", "Address", PRIVATE if hidden else address),
        ("3", "Date of birth", day(case.born_on)),
        ("4", "Date hired", day(case.hired_on)),
        ("5", "Sex", case.sex),
        ("6", "Physician or other health care professional", case.physician),
        ("7", "Facility, if treated away from the worksite", case.clinic),
        ("8", "Treated in an emergency room?", _yes(said=case.in_emergency_room)),
        ("9", "Hospitalised overnight as an in-patient?", _yes(said=case.in_patient)),
        ("10", "Case number from the log", str(case.case_number or "")),
        ("11", "Date of injury or illness", day(case.occurred_on)),
        ("12", "Time employee began work", case.work_began.strftime("%H:%M") if case.work_began else ""),
        ("13", "Time of event", "Cannot be determined" if case.is_time_unknown else clock),
        ("14", "What was the employee doing just before?", case.doing_before),
        ("15", "What happened?", case.what_happened),
        ("16", "What was the injury or illness?", case.harm),
        ("17", "What object or substance harmed the employee?", case.harmed_by),
        ("18", "Date of death", day(case.died_on)),
        ("", "Completed by, on", ", ".join(filter(None, (case.completed_by, day(case.completed_on))))),
    )
    items = tuple(ReportItem(number=number, question=question, answer=said) for number, question, said in answers)
    return case_form(_head(site, case.year, at=at, by=by), case.number, items)


def _head(site: Warehouse, year: int, *, at: datetime, by: User) -> FormHead:
    place = Establishment.objects.filter(warehouse=site).first()
    lines: tuple[str, ...] = (site.name,)
    if place is not None:
        lines = (
            place.name,
            place.street,
            f"{place.city}, {place.region} {place.postcode}",
            f"NAICS {place.naics_code}",
        )
    return FormHead(
        company=letterhead(),
        printed=printed(at, by, site),
        year=year,
        dated=site.local_date(at),
        establishment=lines,
    )


def _yes(*, said: bool) -> str:
    return "Yes" if said else "No"
