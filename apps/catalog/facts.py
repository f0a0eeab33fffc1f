"""Items as a delivery of a thousand lines reads them: by row, what moving their goods asks of them."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from apps.catalog.models.item import Tracked
from apps.core.arrays import numbers
from apps.safety.rules import TemperatureRange


class _Row(NamedTuple):
    id: int
    number: str
    scale: int
    tracking: str
    expires: bool
    shelf_life_days: int | None
    min_remaining_days: int | None
    weight_g: Decimal | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    hazards: list[str]
    category_id: int | None
    storage_condition_id: int | None
    flash_point_c: Decimal | None
    standard_cost: Decimal | None
    min_celsius: Decimal | None
    max_celsius: Decimal | None


class ItemFacts(_Row, Tracked):
    """What moving its goods asks of an item; named as the item itself names it."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.number

    @property
    def pk(self) -> int:
        """Its key."""
        return self.id

    @property
    def needs(self) -> TemperatureRange | None:
        """The temperature that it must be kept at, None when any will do."""
        if self.storage_condition_id is None:
            return None
        return TemperatureRange(low=self.min_celsius, high=self.max_celsius)


_OF_ITS_CONDITION = 2
FACTS = ", ".join(
    [
        *(f"item.{name}" for name in ItemFacts._fields[:-_OF_ITS_CONDITION]),
        *(f"kept.{name}" for name in ItemFacts._fields[-_OF_ITS_CONDITION:]),
    ]
)
"""The columns of `ItemFacts`, for a statement that joins `ITEMS`."""
ITEMS = "catalog_item item left join safety_storagecondition kept on kept.id = item.storage_condition_id"


def facts_of(pks: Collection[int]) -> dict[int, ItemFacts]:
    """The items with these keys; one query."""
    with connection.cursor() as cursor:
        # Only our own words are put together.
        cursor.execute(f"select {FACTS} from {ITEMS} where item.id = any(%s::bigint[])", [numbers(pks)])  # noqa: S608
        return {row[0]: ItemFacts(*row) for row in cursor.fetchall()}
