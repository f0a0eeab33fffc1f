"""Numbers, dates and the shared pieces of every document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A party or place on paper: its name, its address line by line, and how to reach it."""

    name: str
    lines: tuple[str, ...] = ()
    contact: str = ""

    @property
    def text(self) -> tuple[str, ...]:
        """The lines under the name, empty ones left out."""
        return tuple(line for line in (*self.lines, self.contact) if line.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """When and by whom a document was printed; `at` carries the warehouse's zone."""

    at: datetime
    by: str

    @property
    def text(self) -> str:
        """As the foot of a page says it."""
        return f"Printed {moment(self.at)} by {self.by}"


def quantity(amount: Decimal, unit: str = "") -> str:
    """An amount with thousands apart, no trailing zeros and its unit: `1,250.5 kg`."""
    text = f"{amount:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in {"-0", ""}:
        text = "0"
    return f"{text} {unit}".rstrip()


def money(amount: Decimal, *, places: int = 2) -> str:
    """An amount of money with at least `places` decimals; more are kept, never rounded away."""
    exponent = amount.normalize().as_tuple().exponent
    needed = max(places, -exponent) if isinstance(exponent, int) else places
    return f"{amount:,.{needed}f}"


def day(value: date | None) -> str:
    """A date as 2026-11-22, which reads the same everywhere; empty when there is none."""
    return value.isoformat() if value else ""


def moment(value: datetime) -> str:
    """A moment with its zone: `2026-11-22 14:05 CET`."""
    return f"{value:%Y-%m-%d %H:%M %Z}".rstrip()
