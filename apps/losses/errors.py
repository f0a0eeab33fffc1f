"""What is refused of doors, cases of losses and odd adjustments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class DoorOff(DomainError):
    """A door that is out of use tells nothing."""

    code = "door_off"
    message = "Door %(door)s is out of use."
    recover = ("refresh",)

    door: str


@dataclass(kw_only=True, eq=False)
class DoorAhead(DomainError):
    """The clock of a door is not believed when it is ahead of the warehouse's."""

    code = "door_ahead"
    message = "An event of door %(door)s happened at %(happened_at)s, which is ahead."

    door: str
    happened_at: datetime


@dataclass(kw_only=True, eq=False)
class NotALoss(DomainError):
    """A case looks into postings that took goods off the book of its site, and into at least one."""

    code = "not_a_loss"
    message = "Posting %(posting)s took nothing off the book of %(warehouse)s."
    recover = ("reenter",)

    posting: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class LossInCase(DomainError):
    """A loss is looked into once at a time: two findings of one loss would contradict each other."""

    code = "loss_in_case"
    message = "Posting %(posting)s is looked into in %(case)s."
    recover = ("refresh",)

    posting: str
    case: str


@dataclass(kw_only=True, eq=False)
class LossCaseOver(DomainError):
    """Nothing is added to an investigation whose finding is told or approved."""

    code = "loss_case_over"
    message = "%(case)s is %(state)s."
    recover = ("refresh",)

    case: str
    state: str


@dataclass(kw_only=True, eq=False)
class FindingByOneself(DomainError):
    """A finding is approved by another than who told it, and by none of those whose posting it is about."""

    code = "finding_by_oneself"
    message = "%(who)s told the finding of %(case)s, or made one of its postings; another approves it."
    recover = ("ask_other",)

    case: str
    who: str


@dataclass(kw_only=True, eq=False)
class AlreadyDismissed(DomainError):
    """An odd adjustment is dismissed once for each reason that it is odd."""

    code = "already_dismissed"
    message = "Posting %(posting)s was dismissed already."
    recover = ("refresh",)

    posting: str
