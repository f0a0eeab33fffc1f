"""What counting refuses."""

from __future__ import annotations

from dataclasses import dataclass

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
