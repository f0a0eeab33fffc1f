"""The life of a shipment and of its cartons."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class ShipmentState(models.TextChoices):
    """Where a shipment stands."""

    PACKING = "packing", "Packing"
    PACKED = "packed", "Packed"
    LOADED = "loaded", "Loaded"
    SHIPPED = "shipped", "Shipped"
    CANCELLED = "cancelled", "Cancelled"


SHIPMENT_FLOW = Flow(
    {
        ShipmentState.PACKING: {ShipmentState.PACKED, ShipmentState.CANCELLED},
        ShipmentState.PACKED: {ShipmentState.LOADED, ShipmentState.PACKING},
        ShipmentState.LOADED: {ShipmentState.SHIPPED},
        ShipmentState.SHIPPED: set(),
        ShipmentState.CANCELLED: set(),
    }
)
