"""What putting away refuses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class WrongBin(DomainError):
    """Goods go to the proposed bin; to another only for a reason that the worker gives."""

    code = "wrong_bin"
    message = "Task %(task)s goes to %(expected)s, not to %(scanned)s."
    recover = ("rescan", "override")

    task: str
    expected: str
    scanned: str


@dataclass(kw_only=True, eq=False)
class MoreThanTask(DomainError):
    """No more is put away than the task says."""

    code = "more_than_task"
    message = "Task %(task)s is for %(quantity)s; %(asked)s is more."
    recover = ("reenter",)

    task: str
    quantity: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class NoBinProposed(DomainError):
    """There is no next best bin where none was proposed; the worker scans one."""

    code = "no_bin_proposed"
    message = "Task %(task)s proposes no bin."
    recover = ("rescan",)

    task: str


@dataclass(kw_only=True, eq=False)
class NotWhole(DomainError):
    """A handling unit is put away whole; who wants less of it there takes it off the unit first."""

    code = "not_whole"
    message = "Task %(task)s is for all of %(unit)s: %(quantity)s, not %(asked)s."
    recover = ("whole_unit",)

    task: str
    unit: str
    quantity: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class UnitChanged(DomainError):
    """Somebody put something on the unit, or took something off, while it was being put away."""

    code = "unit_changed"
    message = "What is on %(unit)s has just changed."
    recover = ("retry",)

    unit: str


@dataclass(kw_only=True, eq=False)
class WrongPlace(DomainError):
    """A place is for goods of certain conditions: damaged goods go to quarantine, available ones to storage."""

    code = "wrong_place"
    message = "%(location)s (%(kind)s) is no place in use for %(goods_status)s goods."
    recover = ("rescan", "override")

    location: str
    kind: str
    goods_status: str


@dataclass(kw_only=True, eq=False)
class WrongCondition(DomainError):
    """Goods stand only where the temperature they need is kept."""

    code = "wrong_condition"
    message = "%(item)s needs %(needed)s; %(location)s keeps %(kept)s."
    recover = ("rescan", "override")

    location: str
    item: str
    needed: str
    kept: str


@dataclass(kw_only=True, eq=False)
class RuleForbids(DomainError):
    """A putaway rule of the warehouse sends such goods to certain places and nowhere else."""

    code = "rule_forbids"
    message = "%(item)s does not go to %(location)s: by rule %(rule)s only %(allowed)s."
    recover = ("rescan", "override")

    location: str
    item: str
    rule: str
    allowed: str


@dataclass(kw_only=True, eq=False)
class HazardsApart(DomainError):
    """Goods of two hazard classes that are kept apart do not share a bin, or not even a zone.

    A class may be a subsidiary hazard of the goods. `others` are the items, there or on their way there.
    """

    code = "hazards_apart"
    message = (
        "%(item)s has hazard %(hazard_class)s, kept apart from hazard %(other_class)s of %(others)s at %(location)s: "
        "%(rule)s."
    )
    recover = ("rescan", "override", "ask_supervisor")

    location: str
    item: str
    hazard_class: str
    other_class: str
    others: str
    apart: str
    rule: str


@dataclass(kw_only=True, eq=False)
class FlammableLimitExceeded(DomainError):
    """A control area holds no more litres of flammable liquids than its limits allow, with what is on its way to it."""

    code = "flammable_limit_exceeded"
    message = (
        "%(added)s L of %(item)s (category %(category)s) do not fit in area %(area)s: "
        "%(there)s of %(limit)s L of %(counted)s are there, by %(rule)s."
    )
    recover = ("rescan", "override", "less", "ask_supervisor")

    area: str
    location: str
    item: str
    category: int
    there: Decimal
    added: Decimal
    limit: Decimal
    counted: str
    rule: str


@dataclass(kw_only=True, eq=False)
class FlammableNotEvaluable(DomainError):
    """Nobody can tell whether an area is within its limits while something of a flammable liquid is not known."""

    code = "flammable_not_evaluable"
    message = "Area %(area)s cannot be held against its limits of flammable liquids; missing of %(item)s: %(missing)s."
    recover = ("rescan", "override", "ask_supervisor")

    area: str
    location: str
    item: str
    missing: str


@dataclass(kw_only=True, eq=False)
class NotMixed(DomainError):
    """Some bins hold one item only, or one lot of an item."""

    code = "not_mixed"
    message = "%(location)s does not take %(item)s: it is %(problem)s."
    recover = ("rescan", "override")

    location: str
    item: str
    problem: str


@dataclass(kw_only=True, eq=False)
class BinFull(DomainError):
    """A bin holds no more than its units, weight and volume allow, with what is on its way to it."""

    code = "bin_full"
    message = "%(location)s has room for %(room)s of %(item)s; %(requested)s asked."
    recover = ("less", "override")

    location: str
    item: str
    room: Decimal
    requested: Decimal


@dataclass(kw_only=True, eq=False)
class NotPutAway(DomainError):
    """Only goods that were put away are taken back from their bin."""

    code = "not_put_away"
    message = "Task %(task)s is %(state)s: its goods have not been put away."
    recover = ("refresh",)

    task: str
    state: str


@dataclass(kw_only=True, eq=False)
class WrongFace(DomainError):
    """A replenishment fills the pick face it was made for."""

    code = "wrong_face"
    message = "Task %(task)s fills up %(expected)s, not %(scanned)s."
    recover = ("rescan",)

    task: str
    expected: str
    scanned: str


@dataclass(kw_only=True, eq=False)
class LessNeedsReason(DomainError):
    """Whoever brings less than asked says why."""

    code = "less_needs_reason"
    message = "Task %(task)s is for %(quantity)s; %(brought)s is less and needs a reason."
    recover = ("reason",)

    task: str
    quantity: Decimal
    brought: Decimal
