"""The life of a shipment, of a load, and of what went wrong on the way."""

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
        ShipmentState.LOADED: {ShipmentState.SHIPPED, ShipmentState.PACKED},
        ShipmentState.SHIPPED: set(),
        ShipmentState.CANCELLED: set(),
    }
)


class LoadState(models.TextChoices):
    """Where a load stands."""

    PLANNED = "planned", "Planned"
    LOADING = "loading", "Loading"
    CLOSED = "closed", "Closed"
    DEPARTED = "departed", "Departed"
    CANCELLED = "cancelled", "Cancelled"


LOAD_FLOW = Flow(
    {
        LoadState.PLANNED: {LoadState.LOADING, LoadState.CANCELLED},
        LoadState.LOADING: {LoadState.CLOSED, LoadState.CANCELLED},
        LoadState.CLOSED: {LoadState.DEPARTED, LoadState.LOADING},
        LoadState.DEPARTED: set(),
        LoadState.CANCELLED: set(),
    }
)


class ExceptionState(models.TextChoices):
    """Whether somebody still has to do something about a parcel."""

    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"


PARCEL_EXCEPTION_FLOW = Flow({ExceptionState.OPEN: {ExceptionState.RESOLVED}, ExceptionState.RESOLVED: set()})
