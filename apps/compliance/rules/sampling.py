"""How many units of a lot are looked at, and how many defective ones it may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from apps.compliance.states import SamplingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """So many units are looked at; the lot passes up to `accept` defective ones and fails from `reject` on."""

    size: int
    accept: int = 0
    reject: int = 1


class NoPlan(LookupError):
    """The table has no plan for that level, quality or severity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One version of a table of single sampling plans."""

    letters: Mapping[str, Sequence[tuple[int, str]]]
    """By inspection level: from which lot size on which code letter, smallest first."""
    plans: Mapping[tuple[str, str, Decimal], Sample]
    """By severity, code letter and AQL; arrows are followed already."""

    def letter(self, lot_size: int, level: str) -> str:
        """The code letter of a lot; a lot smaller than the table begins with has its first. Raises `NoPlan`."""
        steps = self.letters.get(level)
        if not steps:
            raise NoPlan(level)
        return next((letter for start, letter in reversed(steps) if start <= lot_size), steps[0][1])


def units_in(quantity: Decimal) -> int:
    """The size of a lot for sampling: a begun unit counts."""
    return int(quantity.to_integral_value(rounding=ROUND_CEILING))


def sample_of_table(table: Table, *, lot_size: int, level: str, aql: Decimal, severity: str) -> Sample:
    """The sample of a lot; where the plan asks for more than there is, every unit is looked at. Raises `NoPlan`."""
    letter = table.letter(lot_size, level)
    plan = table.plans.get((severity, letter, aql.normalize()))
    if plan is None:
        raise NoPlan(severity, letter, aql)
    return Sample(size=min(plan.size, lot_size), accept=plan.accept, reject=plan.reject)


def fixed(kind: str, amount: Decimal | None, *, lot_size: int) -> Sample:
    """The sample where no table decides: every unit, so many, or so many percent, but at least one; none may fail."""
    if kind == SamplingKind.COUNT and amount is not None:
        return Sample(size=min(int(amount), lot_size))
    if kind == SamplingKind.PERCENT and amount is not None:
        return Sample(size=min(max(units_in(lot_size * amount / 100), 1), lot_size))
    return Sample(size=lot_size)
