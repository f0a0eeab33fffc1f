"""Injury cases: assessed, their days counted, what is severe told to the authority. The safety role alone.

The journal says who did what to which case, never what is in it; the command log keeps no more than a number either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Max

from apps.core.errors import NotAllowed
from apps.incidents.errors import DaysOverlap, EventUnknown, NotYet
from apps.incidents.models import InjuryCase, LostDays, SevereEvent
from apps.incidents.models.cases import reads_medical
from apps.incidents.queries import days_and_outcome, rule_value
from apps.incidents.rules.clocks import report_due
from apps.incidents.states import SevereKind
from apps.journal.actor import Actor
from apps.journal.operations import record, record_all
from apps.locations.models import Warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the 301 form asks for and what decides whether the case is recorded."""

    person: str
    kind: str
    is_work_related: bool
    is_new_case: bool
    job_title: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    born_on: date | None = None
    hired_on: date | None = None
    sex: str = ""
    work_began: time | None = None
    is_time_unknown: bool = False
    doing_before: str = ""
    what_happened: str = ""
    harm: str = ""
    harmed_by: str = ""
    physician: str = ""
    clinic: str = ""
    in_emergency_room: bool = False
    in_patient: bool = False
    is_treated: bool = False
    is_unconscious: bool = False
    is_significant: bool = False
    died_on: date | None = None
    privacy: str = ""
    completed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostSpan:
    """Days away or restricted, both ends included; without a last day they go on."""

    kind: str
    first: date
    last: date | None = None
    is_estimate: bool = False


def assess_injury(*, case_id: int, facts: CaseFacts, by: Actor, at: datetime) -> InjuryCase:
    """Fill in the 301 and decide whether the case is recorded; it gets its number on the year's log then.

    A number that was given stays with its case. Raises `NotAllowed`.
    """
    case = _locked(case_id, by)
    for name, value in asdict(facts).items():
        setattr(case, name, value)
    case.completed_on = case.incident.warehouse.local_date(at)
    case.save()
    _number(case, at)
    _note("assess", case, by, at)
    return case


def count_lost_days(*, case_id: int, spans: Sequence[LostSpan], by: Actor, at: datetime) -> InjuryCase:
    """Say anew on which days somebody was away or restricted, in order. Raises `NotAllowed`, `DaysOverlap`.

    The physician's recommendation rules over what the person did, so it is what is told here. Who leaves because of
    the injury is estimated: a last day that is marked as an estimate.
    """
    case = _locked(case_id, by)
    for earlier, later in pairwise(spans):
        if earlier.last is None or later.first <= earlier.last:
            raise DaysOverlap(case=case.number, first=str(later.first))
    for span in spans:
        if span.last is not None and span.last < span.first:
            raise DaysOverlap(case=case.number, first=str(span.first))
    case.lost_days.all().delete()
    LostDays.objects.bulk_create(LostDays(case=case, **asdict(span)) for span in spans)
    _number(case, at)
    _note("count days", case, by, at)
    return case


def note_severe(
    *, case_id: int, kind: str, happened_at: datetime, learned_at: datetime, by: Actor, at: datetime
) -> SevereEvent:
    """What is told to the authority within hours of learning of it. Raises `NotAllowed`, `NotYet`, `EventUnknown`."""
    case = _locked(case_id, by)
    if learned_at > at:
        raise NotYet(what=learned_at.isoformat())
    if happened_at > learned_at:
        raise NotYet(what=happened_at.isoformat())
    if case.severe_events.filter(kind=kind).exists():
        raise EventUnknown(case=case.number, kind=kind)
    death = kind == SevereKind.DEATH
    window, within = ("death_window_days", "death_hours") if death else ("severe_window_hours", "severe_hours")
    length = rule_value(window, on=case.occurred_on)
    event = SevereEvent.objects.create(
        case=case,
        kind=kind,
        happened_at=happened_at,
        learned_at=learned_at,
        due_at=report_due(
            occurred_at=case.incident.occurred_at,
            happened_at=happened_at,
            learned_at=learned_at,
            window=timedelta(days=length) if death else timedelta(hours=length),
            within=timedelta(hours=rule_value(within, on=case.occurred_on)),
        ),
    )
    _note("note severe", case, by, at)
    return event


def tell_authority(*, case_id: int, kind: str, reference: str, by: Actor, at: datetime) -> SevereEvent:
    """It was reported: when and how stands with it. Raises `NotAllowed`, `EventUnknown`."""
    case = _locked(case_id, by)
    event = case.severe_events.filter(kind=kind, reported_at=None).first()
    if event is None:
        raise EventUnknown(case=case.number, kind=kind)
    event.reported_at, event.reference = by.occurred_at or at, reference
    event.save(update_fields=["reported_at", "reference"])
    _note("tell authority", case, by, at)
    return event


def note_read(*, numbers: Sequence[str], what: str, by: Actor, at: datetime) -> None:
    """Record that somebody read medical data: a line for each case. Raises `NotAllowed`."""
    _check(by)
    record_all("read", kind="injury case", numbers=numbers, by=by, at=at, what=what)


def _locked(case_id: int, by: Actor) -> InjuryCase:
    _check(by)
    return InjuryCase.objects.lock_one(case_id)


def _check(by: Actor) -> None:
    if not reads_medical(by.user):
        raise NotAllowed(who=by.user.get_username(), act="read or write injury cases")


def _number(case: InjuryCase, at: datetime) -> None:
    """The next on the year's log of its site, when it is recorded and has none."""
    _, outcome = days_and_outcome(case, until=case.incident.warehouse.local_date(at))
    if outcome is None or case.case_number is not None:
        return
    # One at a time at a site, so that no number is given twice.
    Warehouse.objects.lock_one(case.incident.warehouse_id)
    same = InjuryCase.objects.filter(year=case.year, incident__warehouse=case.incident.warehouse_id)
    case.case_number = (same.aggregate(last=Max("case_number"))["last"] or 0) + 1
    case.save(update_fields=["case_number"])


def _note(verb: str, case: InjuryCase, by: Actor, at: datetime, **more: Any) -> None:
    code = case.incident.warehouse.code
    record(verb, kind="injury case", number=case.number, by=by, at=at, warehouse_code=code, **more)
