"""An incident is reported, investigated, acted on, and closed by another person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.incidents.errors import ActionsOpen, ClosedByInvolved, NotAnonymous, NotYet
from apps.incidents.models import CASE_NUMBERS, INCIDENT_NUMBERS, Incident, IncidentAction, InjuryCase
from apps.incidents.states import IncidentKind, IncidentState, RootCause
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Warehouse
from apps.workplace.operations import open_told_action
from apps.workplace.states import ActionState

MAY_INVESTIGATE = (Role.SAFETY, Role.SUPERVISOR)
MAY_CLOSE_INCIDENTS = (Role.SAFETY, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)


def report_incident(
    *,
    warehouse_id: int,
    kind: str,
    what_happened: str,
    by: Actor,
    at: datetime,
    happened_at: datetime | None = None,
    location_id: int | None = None,
    person: str = "",
    is_anonymous: bool = False,
) -> Incident:
    """Take down what happened; of an injury what was told and who was hurt go to its case, and nowhere else.

    A near miss may be told without a name: the edge then lets it be done by the system, so that no row, no key and no
    line of the journal names anybody. Raises `NotAnonymous`, `NotYet`.
    """
    if is_anonymous and kind != IncidentKind.NEAR_MISS:
        raise NotAnonymous
    occurred_at = happened_at or by.occurred_at or at
    if occurred_at > at:
        raise NotYet(what=occurred_at.isoformat())
    is_injury = kind == IncidentKind.INJURY
    incident = Incident.objects.create(
        number=INCIDENT_NUMBERS.next(),
        created_at=at,
        warehouse_id=warehouse_id,
        kind=kind,
        occurred_at=occurred_at,
        location_id=location_id,
        what_happened="" if is_injury else what_happened,
        reported_by=None if is_anonymous else by.user,
    )
    if is_injury:
        day = Warehouse.objects.get(pk=warehouse_id).local_date(occurred_at)
        InjuryCase.objects.create(
            number=CASE_NUMBERS.next(),
            incident=incident,
            created_at=at,
            year=day.year,
            occurred_on=day,
            person=person or by.user.get_full_name() or by.user.get_username(),
            told=what_happened,
        )
    _note("report", incident, by, at, kind_of=kind)
    return incident


def investigate(*, incident_id: int, findings: str, root_cause: str, by: Actor, at: datetime) -> Incident:
    """What was found out, and what lies behind it. Raises `NotAllowed`, `IllegalTransition`."""
    _check(by, MAY_INVESTIGATE, "investigate incidents")
    incident = Incident.objects.lock_one(incident_id)
    incident.must_allow(IncidentState.INVESTIGATED)
    incident.findings, incident.root_cause = findings, RootCause(root_cause)
    incident.investigated_by, incident.investigated_at = by.user, at
    incident.advance(IncidentState.INVESTIGATED, "findings", "root_cause", "investigated_by", "investigated_at")
    _note("investigate", incident, by, at, root_cause=root_cause)
    return incident


def act_on_incident(
    *, incident_id: int, task: str, owner_id: int, due_on: date, by: Actor, at: datetime
) -> IncidentAction:
    """A corrective action that another than its owner will close. Raises `NotAllowed`, `IllegalTransition`."""
    _check(by, MAY_INVESTIGATE, "ask for corrective actions")
    incident = Incident.objects.lock_one(incident_id)
    if incident.state != IncidentState.REPORTED:  # one that is closed takes no more
        incident.must_allow(IncidentState.CLOSED)
    action = open_told_action(
        warehouse_id=incident.warehouse_id, task=task, owner_id=owner_id, due_on=due_on, by=by, at=at
    )
    _note("act", incident, by, at, action=action.number)
    return IncidentAction.objects.create(incident=incident, action=action)


def close_incident(*, incident_id: int, note: str, by: Actor, at: datetime) -> Incident:
    """Another than who reported and who investigated it finds that all is done.

    Raises `NotAllowed`, `IllegalTransition`, `ClosedByInvolved`, `ActionsOpen`.
    """
    _check(by, MAY_CLOSE_INCIDENTS, "close incidents")
    incident = Incident.objects.lock_one(incident_id)
    incident.must_allow(IncidentState.CLOSED)
    if by.user.pk in {incident.reported_by_id, incident.investigated_by_id}:
        raise ClosedByInvolved(incident=incident.number, who=by.user.get_username())
    still = incident.actions.filter(action__state=ActionState.OPEN).order_by("action__number")
    if numbers := ", ".join(still.values_list("action__number", flat=True)):
        raise ActionsOpen(incident=incident.number, actions=numbers)
    incident.closed_by, incident.closed_at, incident.note = by.user, at, note
    incident.advance(IncidentState.CLOSED, "closed_by", "closed_at", "note")
    _note("close", incident, by, at, note=note)
    return incident


def _check(by: Actor, roles: tuple[Role, ...], act: str) -> None:
    if not by.user.has_role(*roles):
        raise NotAllowed(who=by.user.get_username(), act=act)


def _note(verb: str, incident: Incident, by: Actor, at: datetime, **more: Any) -> None:
    code = incident.warehouse.code
    record(verb, kind="incident", number=incident.number, by=by, at=at, warehouse_code=code, **more)
