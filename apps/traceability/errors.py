"""What recalls refuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NothingToRecall(DomainError):
    """A recall names at least one lot, or asks for some that there are."""

    code = "nothing_to_recall"
    message = "Name at least one lot; no lot fits what was asked for."
    status = 400


@dataclass(kw_only=True, eq=False)
class ReachTooWide(DomainError):
    """A query that finds more lots than anybody can have meant is narrowed before anything is frozen."""

    code = "reach_too_wide"
    message = "%(lots)s lots fit; a case takes %(most)s at most. Ask for fewer."
    status = 400

    lots: int
    most: int


@dataclass(kw_only=True, eq=False)
class AlreadyRecalled(DomainError):
    """A lot of one open recall comes into a second only when that is said: answers to both are then kept apart."""

    code = "already_recalled"
    message = "Lot %(lot)s is already in recall %(recall)s."
    recover = ("refresh",)

    lot: str
    recall: str


@dataclass(kw_only=True, eq=False)
class RecallOver(DomainError):
    """Nothing is added to a case whose closure is asked for or approved."""

    code = "recall_over"
    message = "Recall %(recall)s is %(state)s."
    recover = ("refresh",)

    recall: str
    state: str


@dataclass(kw_only=True, eq=False)
class NotOfRecall(DomainError):
    """The lot is not in the case, or is free of it already."""

    code = "not_of_recall"
    message = "Lot %(lot)s is not frozen by recall %(recall)s."
    recover = ("refresh",)

    lot: str
    recall: str


@dataclass(kw_only=True, eq=False)
class NotAConsignee(DomainError):
    """Only who was sent some of a case's lots is written to, answers and is checked."""

    code = "not_a_consignee"
    message = "%(consignee)s was sent none of the lots of recall %(recall)s."
    recover = ("refresh",)

    recall: str
    consignee: str


@dataclass(kw_only=True, eq=False)
class NotNotified(DomainError):
    """A consignee answers after being told."""

    code = "consignee_not_notified"
    message = "%(consignee)s was not told of recall %(recall)s yet."
    recover = ("notify",)

    recall: str
    consignee: str


@dataclass(kw_only=True, eq=False)
class MoreThanShipped(DomainError):
    """A consignee cannot have had, returned or destroyed more of a lot than they were sent."""

    code = "more_than_shipped"
    message = "%(consignee)s was sent %(shipped)s of lot %(lot)s; %(said)s was said."

    consignee: str
    lot: str
    shipped: str
    said: str


@dataclass(kw_only=True, eq=False)
class SampleDrawn(DomainError):
    """Who is checked was drawn by lot once; drawn again until it suits, it would prove nothing."""

    code = "sample_drawn"
    message = "The checks of %(recall)s were drawn already, at level %(level)s."
    recover = ("refresh",)

    recall: str
    level: str


@dataclass(kw_only=True, eq=False)
class PercentNeeded(DomainError):
    """Level B is a per cent between 10 and 100 that the strategy names; the other levels name their own."""

    code = "percent_needed"
    message = "Level %(level)s: say a per cent above 10 and below 100 for level B, and none for the others."
    status = 400

    level: str


@dataclass(kw_only=True, eq=False)
class NotDrawn(DomainError):
    """Only a consignee who was drawn is checked, and once."""

    code = "check_not_open"
    message = "No check of %(consignee)s is open in recall %(recall)s."
    recover = ("refresh",)

    recall: str
    consignee: str


@dataclass(kw_only=True, eq=False)
class ClosureByOneself(DomainError):
    """A case is closed by another than who asked for it."""

    code = "closure_by_oneself"
    message = "%(who)s asked for the closure of %(recall)s; another approves it."
    recover = ("ask_other",)

    recall: str
    who: str


@dataclass(kw_only=True, eq=False)
class AlreadySuspect(DomainError):
    """A lot is investigated once at a time: two verdicts of one lot would contradict each other."""

    code = "already_suspect"
    message = "Lot %(lot)s is under investigation in %(case)s."
    recover = ("refresh",)

    lot: str
    case: str


@dataclass(kw_only=True, eq=False)
class NotOfLot(DomainError):
    """A suspect unit is one of the lot that is held for it."""

    code = "not_of_lot"
    message = "Serial number %(serial)s is not of lot %(lot)s."

    serial: str
    lot: str


@dataclass(kw_only=True, eq=False)
class StepAhead(DomainError):
    """A step of an investigation has been done when it is recorded."""

    code = "step_ahead"
    message = "%(done_at)s is ahead of the clock."
    recover = ("reenter",)

    done_at: datetime


@dataclass(kw_only=True, eq=False)
class SuspectOver(DomainError):
    """Nothing is added to an investigation whose verdict is asked for or approved."""

    code = "suspect_over"
    message = "%(case)s is %(state)s."
    recover = ("refresh",)

    case: str
    state: str


@dataclass(kw_only=True, eq=False)
class VerdictByOneself(DomainError):
    """A verdict is approved by another than who asked for it."""

    code = "verdict_by_oneself"
    message = "%(who)s asked for the verdict on %(case)s; another approves it."
    recover = ("ask_other",)

    case: str
    who: str


@dataclass(kw_only=True, eq=False)
class NobodyToNotify(DomainError):
    """Told are those who supplied or were sent goods that were found illegitimate, each once."""

    code = "nobody_to_notify"
    message = "%(partner)s is not to be told of %(case)s, or was told already."
    recover = ("refresh",)

    case: str
    partner: str


@dataclass(kw_only=True, eq=False)
class NothingToDrill(DomainError):
    """A drill needs a lot of which something was shipped."""

    code = "nothing_to_drill"
    message = "No lot has been shipped yet."


@dataclass(kw_only=True, eq=False)
class NoPlaceNamed(DomainError):
    """Whoever asks whether a unit is genuine says where it is: copies are found by where they turn up."""

    code = "no_place_named"
    message = "Say where the unit is."
    status = 400
