"""What is done to sites and to who works in them."""

from apps.locations.operations.enrol_device import enrol_device, renew_device, revoke_device
from apps.locations.operations.give_pin import give_pin
from apps.locations.operations.open_warehouse import open_warehouse

__all__ = ["enrol_device", "give_pin", "open_warehouse", "renew_device", "revoke_device"]
