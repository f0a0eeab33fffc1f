"""What packing and shipping refuse."""

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
class CartonFilled(DomainError):
    """Only an empty carton is voided: take out what is in it first."""

    code = "carton_filled"
    message = "Carton %(carton)s is not empty."
    recover = ("empty_carton",)

    carton: str


@dataclass(kw_only=True, eq=False)
class CartonNotLoaded(DomainError):
    """What is to be taken off is on the vehicle."""

    code = "carton_not_loaded"
    message = "Carton %(carton)s is not loaded."
    recover = ("refresh",)

    carton: str


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
class DoorTaken(DomainError):
    """One load stands at a door at a time."""

    code = "door_taken"
    message = "Load %(load)s stands at %(dock)s."
    recover = ("other_door",)

    load: str
    dock: str


@dataclass(kw_only=True, eq=False)
class AppointmentOfOther(DomainError):
    """A load's appointment is an outbound one of its warehouse that no other load has."""

    code = "appointment_of_other"
    message = "Appointment %(appointment)s is not for a load of %(warehouse)s."
    recover = ("reenter",)

    appointment: str
    warehouse: str


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
    recover = ("other_load",)

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
class ShipmentIncomplete(DomainError):
    """A vehicle leaves with whole shipments only: what is missing is loaded, or the rest comes off."""

    code = "shipment_incomplete"
    message = "Shipment %(shipment)s is not wholly on load %(load)s."
    recover = ("load_rest", "unload")

    shipment: str
    load: str
    cartons: list[str]


@dataclass(kw_only=True, eq=False)
class LoadEmpty(DomainError):
    """A load without a shipment takes nothing away."""

    code = "load_empty"
    message = "Load %(load)s has no shipment."
    recover = ("load",)

    load: str


@dataclass(kw_only=True, eq=False)
class EmergencyPhoneMissing(DomainError):
    """A paper for dangerous goods bears a telephone for emergencies; neither the site nor the company has one."""

    code = "emergency_phone_missing"
    message = "%(load)s has dangerous goods on it, and %(warehouse)s has no emergency telephone. %(source)s."
    recover = ("ask_supervisor",)

    load: str
    warehouse: str
    hazards: list[str]
    source: str


@dataclass(kw_only=True, eq=False)
class LoadNotLoading(DomainError):
    """Goods go on and off while the load is being loaded."""

    code = "load_not_loading"
    message = "Load %(load)s is %(state)s."
    recover = ("start_loading", "reopen")

    load: str
    state: str


@dataclass(kw_only=True, eq=False)
class OnALoad(DomainError):
    """A shipment on a load leaves with it, and is planned on one load only."""

    code = "on_a_load"
    message = "Shipment %(shipment)s is on load %(load)s."
    recover = ("depart_load", "take_off")

    shipment: str
    load: str


@dataclass(kw_only=True, eq=False)
class NotReadyToLoad(DomainError):
    """A load takes shipments of its warehouse that have not left."""

    code = "not_ready_to_load"
    message = "Shipment %(shipment)s is %(state)s and not for a load of %(warehouse)s."
    recover = ("refresh",)

    shipment: str
    state: str
    warehouse: str


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


@dataclass(kw_only=True, eq=False)
class NotForUnloaded(DomainError):
    """What comes off a vehicle goes to a bench or a staging place of the same warehouse."""

    code = "not_for_unloaded"
    message = "%(location)s is no bench or staging place in use at %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class ProofNeeded(DomainError):
    """A load leaves with the name of whoever took it."""

    code = "proof_needed"
    message = "Say who takes load %(load)s."
    status = 400
    recover = ("reenter",)

    load: str
