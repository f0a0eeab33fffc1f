"""Who makes carriers' labels: an adapter is asked for a parcel's tracking number and for what its label says more.

The built-in one needs no network: the number is of our own series. An adapter that asks a carrier over the network
gives numbers that were fetched before (carriers sell ranges), so that closing a carton never waits for a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from apps.core.codes.digits import check_digit
from apps.core.numbering import Series

TRACKING_SERIALS = Series("TN", 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelAsked:
    """The parcel that needs a label."""

    sscc: str
    service: str
    """Code of the service; empty when none is chosen."""
    routing: str
    country: str
    postal_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelNumbered:
    """What the carrier wants on it."""

    tracking_number: str
    routing: str


class LabelAdapter(Protocol):
    """Gives a parcel the number that its carrier tracks it by."""

    def number(self, parcel: ParcelAsked) -> ParcelNumbered:
        """The number and the routing code for the label."""
        ...


class OwnLabel:
    """Numbers of our own series, TN, ten digits and a check digit; routed by the service's code and the place."""

    def number(self, parcel: ParcelAsked) -> ParcelNumbered:
        """A new number; its last digit checks the others as in a GTIN."""
        digits = TRACKING_SERIALS.next().removeprefix(f"{TRACKING_SERIALS.prefix}-")
        return ParcelNumbered(
            tracking_number=f"{TRACKING_SERIALS.prefix}{digits}{check_digit(digits)}",
            routing=" ".join(part for part in (parcel.routing, parcel.country[:2].upper(), parcel.postal_code) if part),
        )


ADAPTERS: dict[str, LabelAdapter] = {"own": OwnLabel()}
"""By the name that a service gives in `label_adapter`; one that is not here is made by our own."""


def adapter_of(name: str) -> LabelAdapter:
    """The adapter of that name, else our own."""
    return ADAPTERS.get(name, ADAPTERS["own"])
