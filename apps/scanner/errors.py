"""What a scan, a confirm and a replay refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class UnknownCode(DomainError):
    """The code reads well and stands for nothing that the caller may see; `parsed` says how it reads."""

    code = "unknown_code"
    message = "%(text)s is not known here."
    status = 404
    recover = ("rescan", "ask_supervisor")

    text: str
    parsed: dict[str, Any]


@dataclass(kw_only=True, eq=False)
class WrongLot(DomainError):
    """The goods in hand are of another lot than the task asks for, or of a lot where it asks for none."""

    code = "wrong_lot"
    message = "Task %(task)s does not ask for lot %(scanned)s."
    recover = ("rescan", "other_lot")

    task: str
    expected: str
    scanned: str


@dataclass(kw_only=True, eq=False)
class WrongUnit(DomainError):
    """The handling unit in hand is another than the task's."""

    code = "wrong_unit"
    message = "Task %(task)s is for unit %(expected)s, not for %(scanned)s."
    recover = ("rescan", "other_unit")

    task: str
    expected: str
    scanned: str


@dataclass(kw_only=True, eq=False)
class WrongAnswer(DomainError):
    """Goods that are moved are confirmed by a quantity, a count by all that was found."""

    code = "wrong_answer"
    message = "Task %(task)s is confirmed by %(needed)s."
    status = 400
    recover = ("reenter",)

    task: str
    needed: str


@dataclass(kw_only=True, eq=False)
class NoBin(DomainError):
    """Goods are put away into a bin; the task proposes none, so one must be scanned."""

    code = "no_bin"
    message = "Task %(task)s proposes no bin; scan the one you chose."
    recover = ("rescan",)

    task: str


@dataclass(kw_only=True, eq=False)
class NotReplayable(DomainError):
    """Only the work of the floor is done out of reach and told later; decisions are not, and questions are asked."""

    code = "not_replayable"
    message = "%(path)s is no command that can be told later."
    status = 400
    recover = ("ask_supervisor",)

    path: str


@dataclass(kw_only=True, eq=False)
class NotReached(DomainError):
    """A command before it in its chain was refused, so what it was built on did not happen."""

    code = "not_reached"
    message = "Not done, because what came before it was refused."
    status = 424
    recover = ("ask_supervisor",)

    after: str


@dataclass(kw_only=True, eq=False)
class NotReachedYet(DomainError):
    """A command before it in its chain could not be answered now; both may be sent again."""

    code = "not_reached_yet"
    message = "Not done yet, because what came before it has no answer yet."
    status = 424
    recover = ("retry",)

    after: str


@dataclass(kw_only=True, eq=False)
class QueueOfAnother(DomainError):
    """Whoever did it tells it: a queue is replayed by the worker whose it is."""

    code = "queue_of_another"
    message = "This is what %(worker)s did; %(signed_on)s is signed on."
    recover = ("sign_on_again",)

    worker: str
    signed_on: str
