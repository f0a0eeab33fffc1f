"""The company, its warehouses and their places; who works there, with which PIN and devices; trucks at the doors."""

from apps.locations.admin.appointments import DockAppointmentAdmin
from apps.locations.admin.devices import DeviceAdmin
from apps.locations.admin.gates import LabelGateAdmin
from apps.locations.admin.people import PersonAdmin
from apps.locations.admin.places import LocationAdmin, WarehouseAdmin

__all__ = ["DeviceAdmin", "DockAppointmentAdmin", "LabelGateAdmin", "LocationAdmin", "PersonAdmin", "WarehouseAdmin"]
