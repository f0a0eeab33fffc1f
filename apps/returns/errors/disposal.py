"""What is refused about what becomes of goods that came back."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class GradeNeeded(DomainError):
    """What somebody will use is graded first: the grade decides whether it may be."""

    code = "grade_needed"
    message = "Say how good %(item)s is before it becomes: %(disposition)s."
    recover = ("reenter",)

    item: str
    disposition: str


@dataclass(kw_only=True, eq=False)
class GradeTooPoor(DomainError):
    """Worn goods are not sold as new, and defective ones are not given away either."""

    code = "grade_too_poor"
    message = "%(item)s of grade %(grade)s cannot become: %(disposition)s."
    recover = ("reenter",)

    item: str
    grade: str
    disposition: str


@dataclass(kw_only=True, eq=False)
class BeneficiaryNeeded(DomainError):
    """What is given away goes to somebody, whom the donation note names."""

    code = "beneficiary_needed"
    message = "Say who gets %(item)s."
    recover = ("reenter",)

    item: str


@dataclass(kw_only=True, eq=False)
class WitnessIsTheSame(DomainError):
    """Whoever disposes of goods is no witness to it."""

    code = "witness_is_the_same"
    message = "%(who)s disposes of the goods, so somebody else witnesses it."
    recover = ("reenter",)

    who: str
