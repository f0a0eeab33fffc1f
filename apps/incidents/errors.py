"""What the records of incidents refuse."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NotAnonymous(DomainError):
    """Only a near miss is told without a name: who is hurt is helped, and what is broken is mended."""

    code = "not_anonymous"
    message = "Only a near miss can be reported without a name."
    status = 400
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class NotYet(DomainError):
    """What is told has happened already."""

    code = "not_yet"
    message = "%(what)s lies in the future."
    status = 400
    recover = ("reenter",)

    what: str


@dataclass(kw_only=True, eq=False)
class ClosedByInvolved(DomainError):
    """An incident is closed by another than who reported and who investigated it."""

    code = "incident_closed_by_involved"
    message = "%(who)s reported or investigated %(incident)s; another person closes it."
    recover = ("ask_other",)

    incident: str
    who: str


@dataclass(kw_only=True, eq=False)
class ActionsOpen(DomainError):
    """It is closed when all is done that was to be done about it."""

    code = "incident_actions_open"
    message = "%(incident)s: %(actions)s are still to be done."
    recover = ("ask_other",)

    incident: str
    actions: str


@dataclass(kw_only=True, eq=False)
class DaysOverlap(DomainError):
    """Lost days are told in order: each after the one before, and only the last may go on."""

    code = "lost_days_overlap"
    message = "%(case)s: the days from %(first)s begin before those before them end."
    status = 400
    recover = ("reenter",)

    case: str
    first: str


@dataclass(kw_only=True, eq=False)
class EventUnknown(DomainError):
    """It is not noted of the case, or was reported already."""

    code = "severe_event_unknown"
    message = "%(case)s has no %(kind)s that is still to be reported, or has it already."
    recover = ("refresh",)

    case: str
    kind: str


@dataclass(kw_only=True, eq=False)
class NoEstablishment(DomainError):
    """Records bear the establishment's name and the hours worked there."""

    code = "no_establishment"
    message = "%(warehouse)s has no establishment with figures of %(year)s; enter it under Set-up."
    recover = ("ask_other",)

    warehouse: str
    year: int
