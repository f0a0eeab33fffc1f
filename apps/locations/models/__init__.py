"""Places and who may work in them."""

from apps.locations.models.access import DeviceAccess, WarehouseAccess
from apps.locations.models.place import Aisle, Location, Zone
from apps.locations.models.site import Company, Warehouse

__all__ = ["Aisle", "Company", "DeviceAccess", "Location", "Warehouse", "WarehouseAccess", "Zone"]
