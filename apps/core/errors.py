"""The refusals' root: what the warehouse says no to, with a stable code and the facts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, ClassVar

from apps.core.decimals import plain


@dataclass(kw_only=True, eq=False)
class DomainError(Exception):
    """The warehouse says no: a business rule refuses the command and nothing has changed.

    Subclasses are keyword-only dataclasses; their fields are the facts of the refusal and fill `message`.
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = "Refused."
    status: ClassVar[int] = 409
    recover: ClassVar[tuple[str, ...]] = ()
    """What the caller may do next, as stable words for a device: `rescan`, `short`, `refresh`, `ask_supervisor`."""

    @property
    def facts(self) -> dict[str, Any]:
        """The refusal's data, by field name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        facts = {name: plain(value) if isinstance(value, Decimal) else value for name, value in self.facts.items()}
        return self.message % facts

    def __reduce__(self) -> tuple[Any, ...]:
        # Keyword-only constructors do not survive the default pickling of exceptions (Celery, multiprocessing).
        return _rebuild, (type(self), self.facts)


def _rebuild(kind: type[DomainError], facts: dict[str, Any]) -> DomainError:
    return kind(**facts)


@dataclass(kw_only=True, eq=False)
class IllegalTransition(DomainError):
    """A document cannot go from the state it is in to the one asked for."""

    code = "illegal_transition"
    message = "%(document)s is %(state)s and cannot become %(target)s."
    recover = ("refresh",)

    document: str
    state: str
    target: str


@dataclass(kw_only=True, eq=False)
class NotFound(DomainError):
    """The object does not exist, or the caller may not see it: the two are not told apart."""

    code = "not_found"
    message = "There is no %(kind)s %(number)s."
    status = 404
    recover = ("rescan",)

    kind: str
    number: str


@dataclass(kw_only=True, eq=False)
class NotAllowed(DomainError):
    """The caller sees the object but their role may not do this to it."""

    code = "not_allowed"
    message = "%(who)s may not %(act)s."
    status = 403
    recover = ("ask_supervisor",)

    who: str
    act: str


@dataclass(kw_only=True, eq=False)
class Busy(DomainError):
    """Others hold what this command needs; it was tried several times and changed nothing."""

    code = "busy"
    message = "Others are working on the same goods; try again."
    status = 503
    recover = ("retry",)


@dataclass(kw_only=True, eq=False)
class InvalidQuantity(DomainError):
    """A quantity must be a positive number with no more decimals than its item allows."""

    code = "invalid_quantity"
    message = "%(quantity)s is not a quantity: %(reason)s."
    status = 400
    recover = ("reenter",)

    quantity: str
    reason: str


@dataclass(kw_only=True, eq=False)
class PictureRefused(DomainError):
    """What was sent is no picture of a size that is kept."""

    code = "picture_refused"
    message = "The picture cannot be kept: %(reason)s."
    status = 400
    recover = ("reenter",)

    reason: str
