"""What choosing carriers and noting what they report refuse."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NotACarrier(DomainError):
    """A load is taken by a party that is a carrier, with a service of its own if one is named."""

    code = "not_a_carrier"
    message = "%(party)s is no carrier in use."
    recover = ("reenter",)

    party: str


@dataclass(kw_only=True, eq=False)
class ServiceOfOtherCarrier(DomainError):
    """A shipment's service is one that its carrier offers."""

    code = "service_of_other_carrier"
    message = "%(service)s is a service of %(carrier)s, not of %(asked)s."
    recover = ("reenter",)

    service: str
    carrier: str
    asked: str


@dataclass(kw_only=True, eq=False)
class NotShippedYet(DomainError):
    """A carrier reports of parcels that have left."""

    code = "not_shipped_yet"
    message = "Parcel %(tracking_number)s has not left."
    recover = ("ship",)

    tracking_number: str


@dataclass(kw_only=True, eq=False)
class DeliveryNeedsProof(DomainError):
    """A delivery says who took it."""

    code = "delivery_needs_proof"
    message = "Say who took parcel %(tracking_number)s."
    status = 400
    recover = ("reenter",)

    tracking_number: str
