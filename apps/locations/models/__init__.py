"""Places and who may work in them."""

from apps.locations.models.access import DeviceAccess, WarehouseAccess
from apps.locations.models.appointment import DockAppointment
from apps.locations.models.labels import LabelGate
from apps.locations.models.place import Aisle, Location, Zone
from apps.locations.models.site import Company, TransitTime, Warehouse

__all__ = [
    "Aisle",
    "Company",
    "DeviceAccess",
    "DockAppointment",
    "LabelGate",
    "Location",
    "TransitTime",
    "Warehouse",
    "WarehouseAccess",
    "Zone",
]
