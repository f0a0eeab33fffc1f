"""What packing cartons and stacking pallets refuse."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NoPackingBench(DomainError):
    """Cartons are packed at a bench; the warehouse has none in use."""

    code = "no_packing_bench"
    message = "%(warehouse)s has no packing bench in use."
    recover = ("ask_supervisor",)

    warehouse: str


@dataclass(kw_only=True, eq=False)
class CartonEmpty(DomainError):
    """An empty carton is not closed: it has nothing to ship and no place in the ledger."""

    code = "carton_empty"
    message = "Carton %(carton)s is empty."
    recover = ("pack",)

    carton: str


@dataclass(kw_only=True, eq=False)
class CartonClosed(DomainError):
    """A closed carton takes no more goods and is closed once."""

    code = "carton_closed"
    message = "Carton %(carton)s is closed."
    recover = ("refresh", "other_carton")

    carton: str


@dataclass(kw_only=True, eq=False)
class CartonFilled(DomainError):
    """Only an empty carton is voided: take out what is in it first."""

    code = "carton_filled"
    message = "Carton %(carton)s is not empty."
    recover = ("empty_carton",)

    carton: str


@dataclass(kw_only=True, eq=False)
class CartonsOpen(DomainError):
    """Packing is complete when every carton is closed."""

    code = "cartons_open"
    message = "Shipment %(shipment)s still has open cartons."
    recover = ("close_carton",)

    shipment: str
    cartons: list[str]


@dataclass(kw_only=True, eq=False)
class NoCartons(DomainError):
    """A shipment without a carton ships nothing."""

    code = "no_cartons"
    message = "Shipment %(shipment)s has no carton."
    recover = ("pack",)

    shipment: str


@dataclass(kw_only=True, eq=False)
class CartonTooHeavy(DomainError):
    """No carton weighs more than its type may."""

    code = "carton_too_heavy"
    message = "Carton %(carton)s weighs %(weight_g)s g; a %(carton_type)s may weigh %(most_g)s g."
    recover = ("unpack", "other_carton")

    carton: str
    carton_type: str
    weight_g: Decimal
    most_g: Decimal


@dataclass(kw_only=True, eq=False)
class WeightDiffers(DomainError):
    """The scale agrees with the contents within the type's tolerance, or a supervisor says why not."""

    code = "weight_differs"
    message = (
        "Carton %(carton)s weighs %(weight_g)s g; its contents make %(computed_g)s g, give or take %(allowance_g)s."
    )
    recover = ("recount", "override")

    carton: str
    weight_g: Decimal
    computed_g: Decimal
    allowance_g: Decimal


@dataclass(kw_only=True, eq=False)
class PalletCannotTake(DomainError):
    """A pallet takes closed cartons of its warehouse that are on no other pallet and not loaded."""

    code = "pallet_cannot_take"
    message = "Carton %(carton)s cannot go onto %(pallet)s: %(because)s."
    recover = ("rescan",)

    carton: str
    pallet: str
    because: str


@dataclass(kw_only=True, eq=False)
class PalletEmpty(DomainError):
    """A pallet is loaded and labelled with cartons on it."""

    code = "pallet_empty"
    message = "Pallet %(pallet)s has no carton."
    recover = ("stack",)

    pallet: str
