"""Questions about how handling units stand in each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from apps.ledger.models import HandlingUnit, StockTransaction

MOST_LEVELS = 4
"""No more units stand in each other; the ledger's functions see to it."""

# As ledger_return_units asks it under its locks.
TORN = """
with recursive above as (
    select id, parent_id from ledger_handlingunit where id in (
        select target_unit_id from ledger_stockmove
        where transaction_id = %(posting)s and source_unit_id = target_unit_id and source_id <> target_id)
    union
    select parent.id, parent.parent_id from ledger_handlingunit parent join above on parent.id = above.parent_id
), tree as (
    select id from above
    union
    select child.id from ledger_handlingunit child join tree on child.parent_id = tree.id
)
select unit.*
from ledger_handlingunit unit
where unit.id in (select id from tree)
  and (unit.nested_at > %(at)s
       or exists (
           select 1 from ledger_stockbalance b
           where b.unit_id = unit.id and b.on_hand > coalesce((
               select sum(m.quantity) from ledger_stockmove m
               where m.transaction_id = %(posting)s and m.target_unit_id = b.unit_id
                 and m.item_id = b.item_id and m.target_id = b.location_id and m.target_status = b.status
                 and m.lot_id is not distinct from b.lot_id and m.serial_id is not distinct from b.serial_id
                 and m.owner_id is not distinct from b.owner_id), 0)))
order by unit.id
"""


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


def torn_by_return(posting: StockTransaction) -> list[HandlingUnit]:
    """Units that would be torn apart if those that a posting moved whole went back where it took them from.

    These and all that stands in one tree with them, where nested or taken out since, or with goods it did not bring.
    """
    asked = {"posting": posting.pk, "at": posting.recorded_at}
    return list(HandlingUnit.objects.raw(TORN, asked).prefetch_related("location"))
