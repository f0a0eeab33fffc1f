"""Which service brings goods there in time, and for how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

SATURDAY = 5
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A line of a price list."""

    valid_from: date
    zone: str
    country: str
    postal_prefix: str
    up_to_g: Decimal
    price: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service as the rules see it."""

    code: str
    cut_offs: Mapping[int, time]
    """By weekday, Monday is 0; a weekday without one has no collection."""
    transit_days: int
    delivers_weekends: bool
    max_weight_g: Decimal | None
    rates: Sequence[Rate]
    max_longest_mm: int | None = None
    max_girth_mm: int | None = None
    """Longest side plus twice the two others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a service would do with these pieces; `refusal` says why it cannot."""

    service: str
    price: Decimal | None = None
    currency: str = ""
    zone: str = ""
    collected_on: date | None = None
    arrives_on: date | None = None
    refusal: str = ""

    @property
    def is_possible(self) -> bool:
        """Whether it can be booked."""
        return not self.refusal


def collected_on(cut_offs: Mapping[int, time], ready: datetime) -> date | None:
    """The first collection that goods ready then (by the warehouse's clock) still make; None without any."""
    for days in range(WEEK + 1):
        day = ready.date() + timedelta(days=days)
        until = cut_offs.get(day.weekday())
        if until is not None and (days > 0 or ready.time() <= until):
            return day
    return None


def arrival_on(collected: date, *, transit_days: int, delivers_weekends: bool) -> date:
    """The day they arrive: so many days on the way, of which weekends are none unless the service says so."""
    day, left = collected, transit_days
    while left > 0 or (not delivers_weekends and day.weekday() >= SATURDAY):
        day += timedelta(days=1)
        if delivers_weekends or day.weekday() < SATURDAY:
            left -= 1
    return day


def rate_for(rates: Sequence[Rate], *, on: date, country: str, postal_code: str, grams: Decimal) -> Rate | None:
    """The line for a piece: of the last list in force the narrowest zone, then the lowest weight that does."""
    begun = [rate.valid_from for rate in rates if rate.valid_from <= on]
    if not begun:
        return None
    fitting = [
        rate
        for rate in rates
        if rate.valid_from == max(begun)
        and (not rate.country or rate.country.casefold() == country.casefold())
        and postal_code.startswith(rate.postal_prefix)
    ]
    if not fitting:
        return None
    narrowest = max((bool(rate.country), len(rate.postal_prefix)) for rate in fitting)
    of_zone = [rate for rate in fitting if (bool(rate.country), len(rate.postal_prefix)) == narrowest]
    heavy_enough = [rate for rate in of_zone if rate.up_to_g >= grams]
    return min(heavy_enough, key=lambda rate: rate.up_to_g, default=None)


def quote(
    offer: Offer,
    *,
    ready: datetime,
    country: str,
    postal_code: str,
    pieces_g: Sequence[Decimal],
    sizes: Sequence[tuple[int, int, int]] = (),
    by: date | None = None,
) -> Quote:
    """What a service asks for these pieces and when they arrive, or why it cannot take them by that day."""

    def refused(why: str) -> Quote:
        return Quote(service=offer.code, refusal=why)

    if offer.max_weight_g is not None and pieces_g and max(pieces_g) > offer.max_weight_g:
        return refused(f"A piece may weigh {offer.max_weight_g.normalize():f} g at most.")
    too_large = _too_large(offer, sizes)
    if too_large:
        return refused(too_large)
    day = collected_on(offer.cut_offs, ready)
    if day is None:
        return refused("It collects on no day.")
    arrives = arrival_on(day, transit_days=offer.transit_days, delivers_weekends=offer.delivers_weekends)
    if by is not None and arrives > by:
        return refused(f"It arrives on {arrives.isoformat()}, after {by.isoformat()}.")
    found = [rate_for(offer.rates, on=day, country=country, postal_code=postal_code, grams=grams) for grams in pieces_g]
    rates = [rate for rate in found if rate is not None]
    if not rates or len(rates) < len(found):
        return refused("It has no price for such a piece to there.")
    return Quote(
        service=offer.code,
        price=sum((rate.price for rate in rates), Decimal(0)),
        currency=rates[0].currency,
        zone=rates[0].zone,
        collected_on=day,
        arrives_on=arrives,
    )


def _too_large(offer: Offer, sizes: Sequence[tuple[int, int, int]]) -> str:
    """Why a piece of these is too large for the service; empty when none is."""
    for size in sizes:
        longest, girth = max(size), max(size) + 2 * (sum(size) - max(size))
        if offer.max_longest_mm is not None and longest > offer.max_longest_mm:
            return f"A piece may be {offer.max_longest_mm} mm long at most."
        if offer.max_girth_mm is not None and girth > offer.max_girth_mm:
            return f"Length and girth of a piece may be {offer.max_girth_mm} mm at most."
    return ""
