"""What planning loads and letting them leave refuse."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


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
class LoadNotLoading(DomainError):
    """Goods go on and off while the load is being loaded."""

    code = "load_not_loading"
    message = "Load %(load)s is %(state)s."
    recover = ("start_loading", "reopen")

    load: str
    state: str


@dataclass(kw_only=True, eq=False)
class LoadEmpty(DomainError):
    """A load without a shipment takes nothing away."""

    code = "load_empty"
    message = "Load %(load)s has no shipment."
    recover = ("load",)

    load: str


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
class ProofNeeded(DomainError):
    """A load leaves with the name of whoever took it."""

    code = "proof_needed"
    message = "Say who takes load %(load)s."
    status = 400
    recover = ("reenter",)

    load: str


@dataclass(kw_only=True, eq=False)
class NoTransitPlace(DomainError):
    """Goods for one of our own sites stand in its transit place while they travel; the site has none in use."""

    code = "no_transit_place"
    message = "%(warehouse)s has no transit place in use."
    recover = ("ask_supervisor",)

    warehouse: str
