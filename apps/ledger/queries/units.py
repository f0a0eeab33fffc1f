"""Questions about how handling units stand in each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from apps.ledger.models import HandlingUnit

MOST_LEVELS = 4
"""No more units stand in each other; the ledger's functions see to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A unit in a tree of units: how deep it is, whether it is (in) the unit asked for, and how many kinds of goods."""

    unit: HandlingUnit
    level: int
    inside: bool
    kinds: int


def tree_of(unit: HandlingUnit) -> list[Branch]:
    """All that a unit is in and all that is in what it is in, from the outermost; empty when it stands by itself."""
    root, path = unit, {unit.pk}
    while root.parent is not None and root.parent.pk not in path:
        root = root.parent
        path.add(root.pk)
    rows = HandlingUnit.objects.select_related("location").annotate(
        kinds=Count("balances", filter=Q(balances__on_hand__gt=0))
    )
    found = list(rows.filter(pk=root.pk))
    below: dict[int, list[HandlingUnit]] = defaultdict(list)
    level = [root.pk]
    for _ in range(MOST_LEVELS):
        children = list(rows.filter(parent__in=level).order_by("number"))
        for child in children:
            below[child.parent_id or 0].append(child)
        level = [child.pk for child in children]
        if not level:
            break
    if not below:
        return []
    branches: list[Branch] = []

    def walk(each: HandlingUnit, depth: int, *, inside: bool) -> None:
        inside = inside or each.pk == unit.pk
        kinds = int(getattr(each, "kinds", 0))
        branches.append(Branch(unit=each, level=depth, inside=inside, kinds=kinds))
        for child in below[each.pk]:
            walk(child, depth + 1, inside=inside)

    walk(found[0], 0, inside=False)
    return branches
