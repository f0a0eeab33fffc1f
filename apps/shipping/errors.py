"""What packing and shipping refuse."""

from __future__ import annotations

from dataclasses import dataclass

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
class NotADockDoor(DomainError):
    """Cartons are loaded at a dock door in use of the shipment's warehouse."""

    code = "not_a_dock_door"
    message = "%(location)s is no dock door in use at %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class OtherDock(DomainError):
    """A shipment leaves through one door: all its cartons are loaded there."""

    code = "other_dock"
    message = "Shipment %(shipment)s is loaded at %(dock)s, not at %(asked)s."
    recover = ("rescan",)

    shipment: str
    dock: str
    asked: str


@dataclass(kw_only=True, eq=False)
class CartonLoaded(DomainError):
    """A carton is loaded once."""

    code = "carton_loaded"
    message = "Carton %(carton)s is loaded already."
    recover = ("refresh",)

    carton: str


@dataclass(kw_only=True, eq=False)
class NoTransitPlace(DomainError):
    """Goods for one of our own sites stand in its transit place while they travel; the site has none in use."""

    code = "no_transit_place"
    message = "%(warehouse)s has no transit place in use."
    recover = ("ask_supervisor",)

    warehouse: str
