"""What assembly refuses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class WorkUnclear(DomainError):
    """An order says what goes in and what comes out as its kind of work needs."""

    code = "work_unclear"
    message = "This cannot be worked: %(problem)s."
    status = 400
    recover = ("reenter",)

    problem: str


@dataclass(kw_only=True, eq=False)
class ComponentsShort(DomainError):
    """Not all components are there; the order says which, line by line."""

    code = "components_short"
    message = "%(order)s lacks components."
    recover = ("release_partly", "ask_supervisor")

    order: str
    lines: list[dict[str, Any]]


@dataclass(kw_only=True, eq=False)
class NotOnFloor(DomainError):
    """Goods are issued and finished only for an order that is released and not over."""

    code = "assembly_not_on_floor"
    message = "%(order)s is %(state)s; nothing is issued or finished for it."
    recover = ("refresh",)

    order: str
    state: str


@dataclass(kw_only=True, eq=False)
class NotAnIssue(DomainError):
    """The task asks for no component of an assembly order."""

    code = "not_an_issue"
    message = "Task %(task)s is not of an assembly order."
    recover = ("refresh",)

    task: str


@dataclass(kw_only=True, eq=False)
class IssueNeedsReason(DomainError):
    """More or less than asked is issued with a reason."""

    code = "issue_needs_reason"
    message = "%(asked)s of %(item)s were asked; %(quantity)s need a reason."
    recover = ("reason",)

    item: str
    asked: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class NotAComponent(DomainError):
    """What is issued is a component of the order or may be taken instead of one."""

    code = "not_a_component"
    message = "%(item)s is no component of %(order)s and stands in for none."
    recover = ("rescan", "ask_supervisor")

    order: str
    item: str


@dataclass(kw_only=True, eq=False)
class NotTheseGoods(DomainError):
    """An order that names a lot or serial number works on that and no other."""

    code = "not_these_goods"
    message = "%(order)s works on %(named)s of %(item)s and no other."
    recover = ("rescan",)

    order: str
    item: str
    named: str


@dataclass(kw_only=True, eq=False)
class NotRefurbished(DomainError):
    """Goods are refurbished where there is a bench, and where somebody would be sold them afterwards."""

    code = "not_refurbished"
    message = "%(item)s cannot be refurbished: %(problem)s."
    recover = ("reenter",)

    item: str
    problem: str


@dataclass(kw_only=True, eq=False)
class NotIssued(DomainError):
    """Only what stands at the bench for the order goes into the work, back or to scrap."""

    code = "not_issued"
    message = "%(left)s of %(item)s stand at the bench for %(order)s; %(asked)s asked."
    recover = ("reenter", "issue")

    order: str
    item: str
    left: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class TooManyMade(DomainError):
    """No more comes out than the order says."""

    code = "too_many_made"
    message = "%(order)s makes %(left)s more of %(item)s; %(asked)s asked."
    recover = ("reenter",)

    order: str
    item: str
    left: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class OutputUnclear(DomainError):
    """What comes out is named as its item is tracked."""

    code = "output_unclear"
    message = "%(item)s cannot come out like this: %(problem)s."
    status = 400
    recover = ("reenter",)

    item: str
    problem: str


@dataclass(kw_only=True, eq=False)
class OutputLotDiffers(DomainError):
    """A lot has one expiry date: what would expire on another day is another lot."""

    code = "output_lot_differs"
    message = "Lot %(lot)s of %(item)s expires on %(expires_on)s; these would on %(would)s."
    recover = ("reenter",)

    item: str
    lot: str
    expires_on: str
    would: str


@dataclass(kw_only=True, eq=False)
class NotABench(DomainError):
    """Work is done at a packing bench or a staging place in use of the order's warehouse."""

    code = "not_a_bench"
    message = "%(location)s is no bench in use at %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str
