"""What bringing cartons onto a vehicle, and off it, refuses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.core.errors import DomainError


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
class CartonNotLoaded(DomainError):
    """What is to be taken off is on the vehicle."""

    code = "carton_not_loaded"
    message = "Carton %(carton)s is not loaded."
    recover = ("refresh",)

    carton: str


@dataclass(kw_only=True, eq=False)
class WrongTruck(DomainError):
    """A carton goes onto the vehicle of its shipment's carrier, and onto the load that its shipment is planned on."""

    code = "wrong_truck"
    message = "%(carton)s of %(shipment)s goes with %(expected)s, not with %(load)s."
    recover = ("rescan", "other_door")

    carton: str
    shipment: str
    expected: str
    load: str


@dataclass(kw_only=True, eq=False)
class LoadTooHeavy(DomainError):
    """A vehicle takes no more than it may carry."""

    code = "load_too_heavy"
    message = "Load %(load)s would weigh %(weight_g)s g of at most %(most_g)s g."
    recover = ("other_load",)

    load: str
    weight_g: Decimal
    most_g: Decimal


@dataclass(kw_only=True, eq=False)
class HazardsNotTogether(DomainError):
    """Dangerous goods that the law keeps apart do not ride on one vehicle."""

    code = "hazards_not_together"
    message = "%(first)s and %(second)s do not ride together: %(because)s"
    recover = ("other_load", "ask_supervisor")

    first: str
    second: str
    because: str


@dataclass(kw_only=True, eq=False)
class HazardsToSeparate(DomainError):
    """Goods that ride together on a condition are loaded when somebody says how it is met."""

    code = "hazards_to_separate"
    message = "%(first)s and %(second)s: %(because)s Say how they are separated."
    recover = ("say_separated", "other_load")

    first: str
    second: str
    because: str


@dataclass(kw_only=True, eq=False)
class HazardsInOneContainer(DomainError):
    """Dangerous goods that ride or are stored only apart do not share a tote or a carton."""

    code = "hazards_in_one_container"
    message = "%(first)s does not go into %(container)s with %(second)s: %(because)s"
    recover = ("other_container", "ask_supervisor")

    container: str
    first: str
    second: str
    because: str


@dataclass(kw_only=True, eq=False)
class NotForUnloaded(DomainError):
    """What comes off a vehicle goes to a bench or a staging place of the same warehouse."""

    code = "not_for_unloaded"
    message = "%(location)s is no bench or staging place in use at %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str
