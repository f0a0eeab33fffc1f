"""What allocation and release refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NothingToAllocate(DomainError):
    """No line got anything. For each open line: what it lacks, what is free, and what of that it may not take."""

    code = "nothing_to_allocate"
    message = "Nothing can be allocated to %(order)s."
    recover = ("wait", "replenish")

    order: str
    lines: list[dict[str, Any]]


@dataclass(kw_only=True, eq=False)
class NotAllocated(DomainError):
    """Only goods that are spoken for at a bin are released to the floor."""

    code = "not_allocated"
    message = "%(order)s has no allocated goods to pick."
    recover = ("allocate",)

    order: str


@dataclass(kw_only=True, eq=False)
class NoOrders(DomainError):
    """A wave releases at least one order."""

    code = "no_orders"
    message = "The wave has no orders."
    status = 400
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class OtherWarehouse(DomainError):
    """A wave is walked in one warehouse."""

    code = "other_warehouse"
    message = "%(order)s is for %(warehouse)s, not for this wave's warehouse."

    order: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class FloorFull(DomainError):
    """The floor takes so many open picks; a supervisor may send more and say why. For each order: where it is full."""

    code = "floor_full"
    message = "The floor of %(warehouse)s has no room for all of these orders now."
    recover = ("wait", "less", "override")

    warehouse: str
    waiting: list[dict[str, Any]]


@dataclass(kw_only=True, eq=False)
class NothingToRelease(DomainError):
    """A release by criteria sends at least one order to the floor. For each order that is meant: why it stays."""

    code = "nothing_to_release"
    message = "No order that is meant can go to the floor at %(warehouse)s now."
    recover = ("wait", "replenish")

    warehouse: str
    waiting: list[dict[str, Any]]
