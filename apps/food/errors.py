"""What is refused of lot codes and of records that are asked for."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class CodeIsPassedOn(DomainError):
    """A site of ours assigns a code to what was made there, or to what an exempt supplier sent without one."""

    code = "code_is_passed_on"
    message = (
        "%(warehouse)s may not assign a traceability lot code to %(lot)s: it was not made there. Pass on the "
        "supplier's code and name who assigned it, or say that the supplier is exempt."
    )

    lot: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class CodeIsStated(DomainError):
    """A code is never replaced in silence."""

    code = "code_is_stated"
    message = "%(lot)s is traced by %(stated)s already. To correct what was written, say why."

    lot: str
    stated: str


@dataclass(kw_only=True, eq=False)
class CodeSourceUnclear(DomainError):
    """A code was assigned by one: a partner, a site of ours, or whoever a reference leads to."""

    code = "code_source_unclear"
    message = "Say of %(lot)s one source of its code: who assigned it, or our site, or what leads to them."
    status = 400

    lot: str


@dataclass(kw_only=True, eq=False)
class FoodNotListed(DomainError):
    """A decision names a food that is on the list when it begins to count."""

    code = "food_not_listed"
    message = "%(food)s is not on the list on %(on)s."

    food: str
    on: str


@dataclass(kw_only=True, eq=False)
class FoodRecordsTooWide(DomainError):
    """More rows than one spreadsheet takes."""

    code = "food_records_too_wide"
    message = "%(rows)s rows are asked for, and a spreadsheet takes %(most)s: ask for a shorter period or fewer lots."
    status = 400

    rows: int
    most: int
