"""What a cell may hold: each reader turns text into a value or says in words why not (`ValueError`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from apps.core.errors import InvalidQuantity
from apps.core.quantities import LIMIT, PLACES, parse_quantity

Reader = Callable[[str], Any]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the start of a formula, the full-width forms too: such text is never stored."""
PHONE = re.compile(r"\+?[0-9][0-9 ()./-]*")
YES = {"yes", "y", "true", "1"}
NO = {"no", "n", "false", "0"}
DIGITS = 30
"""More than any column keeps; bounds the work on a hostile number."""


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it goes out."""
    return f"'{text}" if text.startswith(FORMULA) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The cell names a row of another table by its human key."""

    model: type[models.Model]
    field: str = "number"
    find: Callable[[set[Any]], dict[Any, Any]] | None = None
    """Where other names are known too: the rows by whichever name is given."""


def line(text: str) -> str:
    """Text on one line; a line break in it becomes a space."""
    return _safe(" ".join(text.split()))


def paragraph(text: str) -> str:
    """Text of several lines."""
    return _safe("\n".join(part.rstrip() for part in text.strip().splitlines()))


def phone(text: str) -> str:
    """A telephone number, with its + or without; anything else must be text like any other."""
    number = " ".join(text.split())
    return number if PHONE.fullmatch(number) else _safe(number)


def _safe(text: str) -> str:
    if text.startswith(FORMULA):
        raise ValueError("begins like a spreadsheet formula")
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character != "\n" for character in text):
        raise ValueError("holds a control character")
    return text


def yes_no(text: str) -> bool:
    """Yes or no."""
    word = text.strip().casefold()
    if word not in YES | NO:
        raise ValueError("is neither yes nor no")
    return word in YES


def whole(text: str) -> int:
    """A whole number, negative or not; the column's own rule says what is too much."""
    number = text.strip()
    if len(number) > DIGITS or not re.fullmatch(r"-?[0-9]+", number):
        raise ValueError("is no whole number")
    return int(number)


def number(text: str) -> Decimal:
    """A number with a decimal point and no separators of thousands."""
    try:
        value = Decimal(text.strip()) if len(text) <= DIGITS else Decimal("nan")
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or abs(value.adjusted()) > DIGITS:
        raise ValueError("is no number; write it as 1234.5")
    return value


def price(text: str) -> Decimal:
    """A price: nothing or more, to six decimals."""
    value = number(text)
    if value < 0 or value >= LIMIT or value != round(value, PLACES):
        raise ValueError(f"is no price: nothing or more, with at most {PLACES} decimals")
    return value


def quantity(text: str) -> Decimal:
    """A quantity of goods: more than zero."""
    try:
        return parse_quantity(text)
    except InvalidQuantity as refusal:
        raise ValueError(refusal.reason) from None


def day(text: str) -> date:
    """A date as 2026-11-30."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip(), re.ASCII):
        raise ValueError("is no date; write it as 2026-11-30")
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError("is no day of the calendar") from None


def choice(choices: type[models.TextChoices]) -> Reader:
    """One of the enumeration's values or labels, in any case."""
    words = {word.casefold(): value for value, label in choices.choices for word in (value, str(label))}

    def read(text: str) -> str:
        value = words.get(" ".join(text.split()).casefold())
        if value is None:
            raise ValueError(f"is none of {', '.join(choices.values)}")
        return str(value)

    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file. Without it, or with an empty cell, a new row gets `blank`; a required one has neither."""

    name: str
    meaning: str
    read: Reader = line
    required: bool = False
    blank: Any = ""
    refers: Reference | None = None
    attribute: str = ""
    """The model's field, where it has another name."""
    fixed: bool = False
    """Cannot be changed by an import once the row exists: stock depends on it."""

    @property
    def target(self) -> str:
        """The model's field that it fills."""
        return self.attribute or self.name
