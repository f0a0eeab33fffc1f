"""What asking for an override, and deciding about one, refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class OverrideByOneself(DomainError):
    """Going past a hazard rule is approved by another than who asked for it."""

    code = "override_by_oneself"
    message = "%(who)s asked for %(override)s; another approves it."
    recover = ("ask_other",)

    override: str
    who: str


@dataclass(kw_only=True, eq=False)
class OverrideDaysWrong(DomainError):
    """An override is for days to come, and for a time that somebody can answer for."""

    code = "override_days_wrong"
    message = "From %(since)s to %(until)s is not for today or later, or is over %(most)s days."
    recover = ("reenter",)

    since: date
    until: date
    most: int


@dataclass(kw_only=True, eq=False)
class OverrideIncomplete(DomainError):
    """What an override is about is said whole: goods, the place or the other hazard, how much, by which authority."""

    code = "override_incomplete"
    message = "An override of this kind says: %(missing)s."
    recover = ("reenter",)

    missing: str


@dataclass(kw_only=True, eq=False)
class NothingToOverride(DomainError):
    """Of goods that a rule does not bind there is nothing to override."""

    code = "nothing_to_override"
    message = "%(item)s %(why)s; there is nothing to override."
    recover = ("reenter",)

    item: str
    why: str
