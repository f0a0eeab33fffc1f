"""The company, its warehouses and their places; who works there, with which PIN and which devices."""

from apps.locations.admin.devices import DeviceAdmin
from apps.locations.admin.people import PersonAdmin
from apps.locations.admin.places import LocationAdmin, WarehouseAdmin

__all__ = ["DeviceAdmin", "LocationAdmin", "PersonAdmin", "WarehouseAdmin"]
