"""Which items were which food of the list, on any day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from apps.catalog.models import Item
from apps.food.models import FoodDetermination, ListedFood


class Listed:
    """Decisions about all items, so that records of many days ask the database once."""

    def __init__(self) -> None:
        self._decided: defaultdict[int, list[tuple[date, ListedFood | None]]] = defaultdict(list)
        # Of decisions for one day the last counts: the later one stands behind, and `max` would take the first.
        rows = FoodDetermination.objects.select_related("food").order_by("effective_on", "pk")
        for row in rows:
            self._decided[row.item_id].append((row.effective_on, row.food))

    def food(self, item_id: int, on: date) -> str:
        """The food's name that day; empty when the item was none, or nobody had decided."""
        held = [food for since, food in self._decided.get(item_id, ()) if since <= on]
        food = held[-1] if held else None
        if food is None or food.effective_on > on or (food.until_on is not None and food.until_on < on):
            return ""
        return food.name

    @property
    def items(self) -> list[int]:
        """Those that were ever decided to be on the list."""
        return sorted(pk for pk, decided in self._decided.items() if any(food is not None for _, food in decided))


def listed_items(on: date) -> dict[int, tuple[str, str, str]]:
    """The items that are on the list that day: number, name and food of each."""
    listed = Listed()
    foods = {pk: name for pk in listed.items if (name := listed.food(pk, on))}
    return {item.pk: (item.number, item.name, foods[item.pk]) for item in Item.objects.filter(pk__among=list(foods))}
