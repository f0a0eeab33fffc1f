"""What is done to sites and to who works in them."""

from apps.locations.operations.enrol_device import enrol_device, revoke_device
from apps.locations.operations.open_warehouse import open_warehouse

__all__ = ["enrol_device", "open_warehouse", "revoke_device"]
