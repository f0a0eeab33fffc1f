"""Items as documents ask for them: by number, in the base unit or in one of their packagings' units; and reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from apps.catalog.choices import ReasonKind
from apps.catalog.models import Category, Item, Packaging, ReasonCode
from apps.core.errors import NotFound
from apps.core.quantities import convert, parse_quantity

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A quantity of an item as a document's line names it; without a unit, in base units."""

    item: str
    quantity: Decimal
    unit: str = ""


def in_base_units(asked: Sequence[Asked], user: User) -> list[tuple[Item, Decimal]]:
    """Each line's item and exact quantity in base units, in two queries.

    Raises `NotFound` for an item or unit that does not exist, `InvalidQuantity` for a quantity that leaves a residue.
    """
    items = {
        item.number: item
        for item in Item.objects.for_user(user)
        .filter(number__in={line.item for line in asked})
        .select_related("unit")
        .order_by()
    }
    packagings = {
        (packaging.item_id, packaging.unit.code): packaging.factor
        for packaging in Packaging.objects.filter(
            item__in=items.values(), unit__code__in={line.unit for line in asked if line.unit}
        )
        .select_related("unit")
        .order_by()
    }
    found = []
    for line in asked:
        item = items.get(line.item)
        if item is None:
            raise NotFound(kind="item", number=line.item)
        if not line.unit or line.unit == item.unit.code:
            quantity = parse_quantity(line.quantity, scale=item.scale)
        elif (item.pk, line.unit) in packagings:
            quantity = convert(line.quantity, packagings[item.pk, line.unit], scale=item.scale)
        else:
            raise NotFound(kind=f"unit of {item.number}", number=line.unit)
        found.append((item, quantity))
    return found


def reasons_among(kind: ReasonKind, words: Collection[str]) -> dict[str, ReasonCode]:
    """Of what people gave as reasons those that are in the catalog, by its code or its text; not asked for none."""
    if not words:
        return {}
    rows = ReasonCode.objects.filter(Q(code__in=words) | Q(text__in=words), kind=kind, is_active=True)
    return {name: row for row in rows for name in (row.text, row.code)}


def with_all_below(categories: Collection[int]) -> dict[int, frozenset[int]]:
    """Each category with its children and theirs."""
    if not categories:
        return {}
    children: dict[int, list[int]] = defaultdict(list)
    for pk, parent in Category.objects.values_list("pk", "parent"):
        if parent is not None:
            children[parent].append(pk)

    def below(pk: int, above: Iterable[int] = ()) -> set[int]:
        path = {*above, pk}
        return {pk}.union(*(below(child, path) for child in children[pk] if child not in path))

    return {pk: frozenset(below(pk)) for pk in categories}
