"""What counting refuses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NotCountable(DomainError):
    """Only places where goods can stand are counted."""

    code = "not_countable"
    message = "%(location)s is no place where goods stand."
    recover = ("rescan",)

    location: str


@dataclass(kw_only=True, eq=False)
class CountUnderWay(DomainError):
    """A location is in one count at a time."""

    code = "count_under_way"
    message = "%(location)s is being counted already, by %(count)s."
    recover = ("refresh",)

    location: str
    count: str


@dataclass(kw_only=True, eq=False)
class NotACount(DomainError):
    """The task belongs to no count that waits to be counted."""

    code = "not_a_count"
    message = "Task %(task)s is not of a count."
    recover = ("refresh",)

    task: str


@dataclass(kw_only=True, eq=False)
class GoodsUnclear(DomainError):
    """What is counted is named as its item is tracked: by lot, by serial number, each once."""

    code = "goods_unclear"
    message = "%(item)s cannot be counted like this: %(problem)s."
    status = 400
    recover = ("reenter",)

    item: str
    problem: str


@dataclass(kw_only=True, eq=False)
class CountedBefore(DomainError):
    """Whose count was rejected does not count again: another pair of eyes does."""

    code = "counted_before"
    message = "%(who)s counted %(count)s the first time; another counts it again."
    recover = ("next_task", "ask_supervisor")

    count: str
    who: str


@dataclass(kw_only=True, eq=False)
class OwnCount(DomainError):
    """Whoever counted decides nothing about the count, whatever their role."""

    code = "own_count"
    message = "%(who)s counted %(count)s and cannot approve or reject it."
    recover = ("ask_supervisor",)

    count: str
    who: str


@dataclass(kw_only=True, eq=False)
class NoCountPlan(DomainError):
    """Counts are planned where somebody has said how many a day."""

    code = "no_count_plan"
    message = "%(warehouse)s has no count plan in force."
    recover = ("ask_supervisor",)

    warehouse: str


@dataclass(kw_only=True, eq=False)
class NotIndependent(DomainError):
    """Who asked for a count, who picked there last, who counts and who approves are different people."""

    code = "not_independent"
    message = "%(who)s %(part)s: another person must do this for %(count)s."
    recover = ("next_task", "ask_supervisor")

    count: str
    who: str
    part: str


@dataclass(kw_only=True, eq=False)
class BeyondTier(DomainError):
    """Larger variances, and many small ones together, are for whoever may approve as much."""

    code = "beyond_tier"
    message = (
        "%(count)s is worth %(value)s, of %(quantity)s; with %(so_far)s in 30 days that is not %(who)s's to approve."
    )
    recover = ("ask_supervisor",)

    count: str
    who: str
    value: Decimal
    quantity: Decimal
    so_far: Decimal


@dataclass(kw_only=True, eq=False)
class ZoneBeingCounted(DomainError):
    """A zone is in one inventory at a time."""

    code = "zone_being_counted"
    message = "%(zone)s is being counted already, by %(inventory)s."
    recover = ("refresh",)

    zone: str
    inventory: str


@dataclass(kw_only=True, eq=False)
class InventoryNotDone(DomainError):
    """An inventory is closed when all of its counts are decided."""

    code = "inventory_not_done"
    message = "%(inventory)s has %(open)s counts that are not decided."
    recover = ("refresh",)

    inventory: str
    open: int
