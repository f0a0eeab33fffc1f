"""What there is to give, what is asked for, and which of the goods may be given at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import models

from apps.orders.choices import AllocationStrategy

ZERO = Decimal(0)

Rank = tuple[datetime, int]
"""A promise's place in the queue."""


class WhyNot(models.TextChoices):
    """Why goods are not given to a demand."""

    HELD = "held", "The lot is on hold"
    STATUS = "status", "Not available: damaged, in quality, quarantined"
    PLACE = "place", "Not in a place that orders are picked from"
    SPOKEN_FOR = "spoken_for", "Spoken for by others"
    OWNER = "owner", "Of another owner"
    EXPIRES = "expires", "Expires too soon for this customer"
    ZONE = "zone", "In a zone that a rule leaves out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one balance could give."""

    balance_id: int
    free: Decimal
    expires_on: date | None = None
    first_in: datetime | None = None
    """When its lot came in; None without a lot."""
    came: int = 0
    """Goods without a lot: the place of the last posting into the bin among all postings."""
    is_pick_face: bool = False
    pick_sequence: int = 0
    location_id: int = 0
    zone_id: int | None = None
    owner_id: int | None = None
    is_whole_unit: bool = False
    """It is all that stands on a handling unit, and nobody has spoken for any of it."""
    barred: WhyNot | None = None
    """Why the ledger would not let it be reserved by anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A quantity that a line still needs. `rank` is the promise's place in the queue."""

    quantity: Decimal
    keeps_until: date
    """A lot must not expire before this day."""
    rank: Rank
    owner_id: int | None = None
    strategy: AllocationStrategy = AllocationStrategy.FEFO
    not_zones: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """So much of one balance."""

    balance_id: int
    quantity: Decimal


def keeps_until(*, due_on: date, today: date, min_remaining_days: int) -> date:
    """The first expiry date that will do.

    The goods leave on the due date (today when that has passed), are not expired then, and have the customer's
    minimum of days left.
    """
    return max(due_on, today) + timedelta(days=max(min_remaining_days, 1))


def keeps(offer: Offer, until: date) -> bool:
    """Whether an offer keeps long enough; what does not expire always does."""
    return offer.expires_on is None or offer.expires_on >= until


def why_not(offer: Offer, demand: Demand) -> WhyNot | None:
    """Why a demand may not have an offer, None when it may. Asked before any strategy chooses."""
    if offer.barred is not None:
        return offer.barred
    if offer.owner_id != demand.owner_id:
        return WhyNot.OWNER
    if not keeps(offer, demand.keeps_until):
        return WhyNot.EXPIRES
    if demand.not_zones and offer.zone_id in demand.not_zones:
        return WhyNot.ZONE
    return None
