"""Which category a flammable liquid is of (29 CFR 1910.106(a)(19), from memory: not verified), and what a limit says.

The regulation's temperatures are in °F; each of them is a whole number or a tenth in °C, so that nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from apps.safety.choices import LiquidCategory

NOT_FLAMMABLE: Literal[0] = 0
"""Its flash point is above that of category 4: no category, and no limit."""
LOW_FLASH_F, WARM_FLASH_F, HIGH_FLASH_F, LOW_BOILING_F = Decimal("73.4"), Decimal(140), Decimal("199.4"), Decimal(95)


def fahrenheit(celsius: Decimal) -> Decimal:
    """The same temperature in °F, exactly."""
    return celsius * 9 / 5 + 32


def category_of(flash_c: Decimal | None, boiling_c: Decimal | None) -> int | None:
    """The category by flash and boiling point in °C; `NOT_FLAMMABLE` above 199.4 °F, None where a point is missing.

    Below 73.4 °F it is 1 where it boils at or below 95 °F, else 2; 3 from 73.4 to 140 °F, 4 above that to 199.4 °F. The
    boiling point matters below 73.4 °F alone.
    """
    if flash_c is None:
        return None
    flash = fahrenheit(flash_c)
    if flash < LOW_FLASH_F:
        if boiling_c is None:
            return None
        return LiquidCategory.ONE if fahrenheit(boiling_c) <= LOW_BOILING_F else LiquidCategory.TWO
    if flash <= WARM_FLASH_F:
        return LiquidCategory.THREE
    return LiquidCategory.FOUR if flash <= HIGH_FLASH_F else NOT_FLAMMABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Liquid:
    """What an item that is a flammable liquid is known by; `litres` are of one base unit."""

    number: str
    flash_c: Decimal | None
    boiling_c: Decimal | None
    litres: Decimal | None

    @property
    def category(self) -> int | None:
        """None where a point is missing."""
        return category_of(self.flash_c, self.boiling_c)

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be known of it before it can be counted; of what has no category the litres do not matter."""
        found = []
        if self.category is None:
            found.append("flash point" if self.flash_c is None else "boiling point")
        if self.litres is None and self.category != NOT_FLAMMABLE:
            found.append("litres per unit")
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """No more than so many litres of these categories together, by whose word."""

    categories: frozenset[int]
    litres: Decimal
    source: str
    is_verified: bool

    def used(self, litres: Mapping[int, Decimal]) -> Decimal:
        """What counts towards it of litres by category."""
        return sum((much for category, much in litres.items() if category in self.categories), Decimal(0))

    @property
    def label(self) -> str:
        """Its categories in words."""
        names = [str(category) for category in sorted(self.categories)]
        return f"category {names[0]}" if len(names) == 1 else f"categories {', '.join(names[:-1])} and {names[-1]}"

    def __str__(self) -> str:
        """The source, and whether anybody stands for it here."""
        return self.source if self.is_verified else f"{self.source} (not verified)"
