"""How urgent a task is, who may do it, and which of the urgent ones is near. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from apps.tasks.states import TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a rule looks at in a task: its kind, its bin, and what is moved (weight in grams, None: not known)."""

    kind: TaskKind
    zone_id: int | None = None
    level: int | None = None
    category_id: int | None = None
    hazard: str = ""
    """The chief hazard class of what is moved."""
    weight_g: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """One rule; what it leaves open holds for every task."""

    kind: str = ""
    zone_id: int | None = None
    min_level: int | None = None
    categories: frozenset[int] = frozenset()
    """The one it names with all below it; empty: every category."""
    hazard: str = ""
    min_weight_g: Decimal | None = None
    points: int = 0
    skill_id: int | None = None
    equipment_id: int | None = None
    minutes: Decimal | None = None

    def is_about(self, work: Work) -> bool:
        """Whether the task is as the rule says; what is not known is not."""
        return (
            self.kind in {"", work.kind}
            and self.zone_id in {None, work.zone_id}
            and (not self.categories or work.category_id in self.categories)
            and self.hazard in {"", work.hazard}
            and (self.min_level is None or (work.level is not None and work.level >= self.min_level))
            and (self.min_weight_g is None or (work.weight_g is not None and work.weight_g >= self.min_weight_g))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a task gets by the rules: points for its urgency, who may do it with what, and how long it should take."""

    points: int = 0
    skill_id: int | None = None
    equipment_id: int | None = None
    minutes: Decimal | None = None


def needs_of(work: Work, rules: Iterable[Guidance]) -> Needs:
    """Points of all rules that are about the task add up; of the others the first to say something decides."""
    about = [rule for rule in rules if rule.is_about(work)]
    return Needs(
        points=sum(rule.points for rule in about),
        skill_id=next((rule.skill_id for rule in about if rule.skill_id), None),
        equipment_id=next((rule.equipment_id for rule in about if rule.equipment_id), None),
        minutes=next((rule.minutes for rule in about if rule.minutes), None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place as the walk counts it, with its floor coordinates (mm) where they are known."""

    walk: int
    x_mm: int | None = None
    y_mm: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A task that could be next: where its work begins, and its place on its walk."""

    task_id: int
    start: Spot
    sequence: int = 0


def steps(here: Spot, there: Spot) -> tuple[bool, int]:
    """How far there is: along the aisles in mm where both places are measured, else in steps of the walk, after it."""
    if here.x_mm is None or here.y_mm is None or there.x_mm is None or there.y_mm is None:
        return True, abs(there.walk - here.walk)
    return False, abs(there.x_mm - here.x_mm) + abs(there.y_mm - here.y_mm)


def by_nearness(here: Spot, choices: Iterable[Choice]) -> list[Choice]:
    """The nearest first; of those equally near the one that comes first on its walk."""
    return sorted(choices, key=lambda choice: (steps(here, choice.start), choice.sequence, choice.task_id))
