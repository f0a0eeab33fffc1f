"""Critical tracking events and their key data elements, as values; what of them is missing is told, never guessed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.food.rules.codes import LotCode
from apps.food.rules.law import LAW
from apps.traceability.rules.law import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A location as the regulation describes one; `key` is what our records call it."""

    key: str
    business: str
    phone: str = ""
    street: str = ""
    coordinates: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Which parts of its description nobody has entered."""
        parts = (
            ("business name", self.business),
            ("phone", self.phone),
            ("street or coordinates", self.street or self.coordinates),
            ("city", self.city),
            ("state", self.region),
            ("postal code", self.postal_code),
            ("country", self.country),
        )
        return tuple(name for name, value in parts if not value)

    def __str__(self) -> str:
        """In one line."""
        town = " ".join(filter(None, (self.region, self.postal_code)))
        told = (self.business, self.street or self.coordinates, self.city, town, self.country, self.phone)
        return ", ".join(filter(None, told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """So much of a lot, as a record names it."""

    lot_id: int | None
    code: LotCode
    food: str
    """As the list named it on that day; empty: not on the list then."""
    item: str
    name: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """So much of a lot went into what was made."""

    traced: Traced
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(ABC):
    """What every event tells."""

    traced: Traced
    on: date
    """By the calendar of the place."""
    document_kind: str
    document: str

    @abstractmethod
    def places(self) -> tuple[tuple[str, Spot], ...]:
        """Where it happened, from where or to where, by what each is to the event."""

    def went_in(self) -> tuple[Used, ...]:
        """What it was made of; nothing unless it was made here."""
        return ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Key data elements that the record lacks, each once."""
        lacking = [f"{name}: no {', '.join(spot.missing)}" for name, spot in self.places() if spot.missing]
        of_used = [
            f"used of {each.traced.item}: {name}" for each in self.went_in() for name in each.traced.code.missing
        ]
        papers = () if self.document else ("reference document",)
        return tuple(dict.fromkeys((*self.traced.code.missing, *lacking, *papers, *of_used)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Record):
    """A lot came from a place other than ours, or from another site of ours."""

    source: Spot
    at: Spot

    def places(self) -> tuple[tuple[str, Spot], ...]:
        """Immediate previous source, and where it was received."""
        return (("previous source", self.source), ("received at", self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped(Record):
    """A lot went to another place."""

    source: Spot
    to: Spot

    def places(self) -> tuple[tuple[str, Spot], ...]:
        """Immediate subsequent recipient, and from where it was shipped."""
        return (("recipient", self.to), ("shipped from", self.source))


@dataclass(frozen=True, slots=True, kw_only=True)
class Transformed(Record):
    """A lot was made of others."""

    at: Spot
    used: tuple[Used, ...]

    def places(self) -> tuple[tuple[str, Spot], ...]:
        """Where it was made, which is where its code was assigned."""
        return (("made at", self.at),)

    def went_in(self) -> tuple[Used, ...]:
        """So much of each lot."""
        return self.used


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A record that lacks something."""

    event: str
    rule: Rule
    record: Record
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodRecords:
    """What was asked for."""

    received: tuple[Received, ...] = ()
    transformed: tuple[Transformed, ...] = ()
    shipped: tuple[Shipped, ...] = ()

    def __len__(self) -> int:
        """Rows of a spreadsheet."""
        return len(self.received) + len(self.shipped) + sum(max(len(each.used), 1) for each in self.transformed)

    def gaps(self) -> tuple[Gap, ...]:
        """Of all events, in their order."""
        return tuple(
            Gap(event=event, rule=rule, record=record, missing=record.missing)
            for event, rule, records in self.events()
            for record in records
            if record.missing
        )

    def events(self) -> Iterable[tuple[str, Rule, tuple[Record, ...]]]:
        """Each kind by its title, and by what rule it is recorded."""
        yield "Receiving", LAW["receiving"], self.received
        yield "Transformation", LAW["transformation"], self.transformed
        yield "Shipping", LAW["shipping"], self.shipped

    def spots(self) -> tuple[Spot, ...]:
        """All places, each once."""
        found = {spot for _, _, records in self.events() for record in records for _, spot in record.places()}
        return tuple(sorted(found, key=lambda spot: spot.key))
