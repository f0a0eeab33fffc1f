"""The authority's upload files: columns in its own order. Codes are from memory, not verified; no file bears a name.

A privacy case is written with no more of its story than the log has.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from zoneinfo import ZoneInfo

from apps.incidents.queries import PRIVATE, Entry, YearLog
from apps.incidents.states import InjuryKind, Outcome

SUMMARY_COLUMNS = [
    "establishment_name",
    "ein",
    "company_name",
    "street_address",
    "city",
    "state",
    "zip",
    "naics_code",
    "industry_description",
    "size",
    "establishment_type",
    "year_filing_for",
    "annual_average_employees",
    "total_hours_worked",
    "no_injuries_illnesses",
    "total_deaths",
    "total_dafw_cases",
    "total_djtr_cases",
    "total_other_cases",
    "total_dafw_days",
    "total_djtr_days",
    "total_injuries",
    "total_skin_disorders",
    "total_respiratory_conditions",
    "total_poisonings",
    "total_hearing_loss",
    "total_other_illnesses",
    "change_reason",
]
CASE_COLUMNS = [
    "establishment_name",
    "year_of_filing",
    "case_number",
    "job_title",
    "date_of_incident",
    "incident_location",
    "incident_description",
    "incident_outcome",
    "dafw_num_away",
    "djtr_num_tr",
    "type_of_incident",
    "date_of_birth",
    "date_of_hire",
    "sex",
    "treatment_facility_type",
    "treatment_in_patient",
    "time_started_work",
    "time_of_incident",
    "time_unknown",
    "nar_before_incident",
    "nar_what_happened",
    "nar_injury_illness",
    "nar_object_substance",
    "date_of_death",
]
OUTCOMES = {Outcome.DEATH: "1", Outcome.AWAY: "2", Outcome.RESTRICTED: "3", Outcome.OTHER: "4"}
KINDS = {kind.value: str(number) for number, kind in enumerate(InjuryKind, start=1)}
WITH_CASES, WITHOUT_CASES = "1", "2"


def summary_row(log: YearLog) -> list[str]:
    """The year's one row of the 300A."""
    year, place = log.figures, log.figures.establishment
    kinds = log.kinds
    return [
        place.name,
        place.ein,
        place.company_name,
        place.street,
        place.city,
        place.region,
        place.postcode,
        place.naics_code,
        place.industry,
        place.size_code,
        place.type_code,
        str(year.year),
        str(year.average_employees),
        str(year.hours_worked),
        WITH_CASES if log.entries else WITHOUT_CASES,
        *(str(log.cases(outcome)) for outcome in Outcome),
        str(log.days_away),
        str(log.days_restricted),
        *(str(kinds[kind]) for kind in InjuryKind),
        year.change_reason,
    ]


def case_rows(log: YearLog) -> Iterator[list[str]]:
    """A row a recorded case of the 300 and 301."""
    for entry in log.entries:
        yield _case_row(log, entry)


def _case_row(log: YearLog, entry: Entry) -> list[str]:
    case, incident = entry.case, entry.case.incident
    there = incident.location.code if incident.location is not None else ""
    at = incident.occurred_at.astimezone(ZoneInfo(log.warehouse.timezone))
    told = (case.doing_before, case.what_happened, case.harm, case.harmed_by)
    return [
        log.figures.establishment.name,
        str(log.figures.year),
        str(case.case_number),
        case.job_title,
        _day(case.occurred_on),
        there,
        PRIVATE if case.privacy else case.harm,
        OUTCOMES[entry.outcome],
        str(entry.days.away),
        str(entry.days.restricted),
        KINDS[case.kind],
        _day(case.born_on),
        _day(case.hired_on),
        case.sex,
        _flag(case.in_emergency_room),
        _flag(case.in_patient),
        _time(case.work_began),
        "" if case.is_time_unknown else _time(at.time()),
        _flag(case.is_time_unknown),
        *((PRIVATE,) * len(told) if case.privacy else told),
        _day(case.died_on),
    ]


def _day(value: date | None) -> str:
    return value.strftime("%m/%d/%Y") if value else ""


def _time(value: time | None) -> str:
    return value.strftime("%H:%M") if value else ""


def _flag(value: bool) -> str:  # noqa: FBT001 - one value, said as the file has it
    return "1" if value else "0"
