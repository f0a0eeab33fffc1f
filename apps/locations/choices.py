"""The places' enumerations."""

from __future__ import annotations

from django.db import models


class SiteKind(models.TextChoices):
    """What a site is."""

    WAREHOUSE = "warehouse", "Warehouse"
    STORE = "store", "Store"
    PARTNER = "partner", "Fulfilment partner"


class Velocity(models.TextChoices):
    """How fast items move, and so where they should stand: A is picked most and stands nearest."""

    A = "A", "A: fast"
    B = "B", "B: medium"
    C = "C", "C: slow"


class AisleDirection(models.TextChoices):
    """Which way traffic goes, along the aisle's own positions."""

    BOTH = "both", "Both ways"
    UP = "up", "Only up"
    DOWN = "down", "Only down"


class LocationKind(models.TextChoices):
    """What a location is for. Virtual ones keep no balance: goods come from them or are gone."""

    STORAGE = "storage", "Storage (reserve)"
    PICK_FACE = "pick_face", "Pick face"
    DOCK = "dock", "Dock door"
    STAGING = "staging", "Staging"
    PACK = "pack", "Packing bench"
    TOTE = "tote", "Tote or cart"
    QUARANTINE = "quarantine", "Quarantine"
    TRANSIT = "transit", "In transit"
    SUPPLIER = "supplier", "Supplier (virtual)"
    CUSTOMER = "customer", "Customer (virtual)"
    ADJUSTMENT = "adjustment", "Adjustment (virtual)"
    SCRAP = "scrap", "Scrap (virtual)"
    PRODUCTION = "production", "Production (virtual)"
    SITES = "sites", "Our other sites (virtual)"


class DoorUse(models.TextChoices):
    """What trucks a dock door or a staging place takes."""

    BOTH = "both", "In and out"
    INBOUND = "inbound", "Only in"
    OUTBOUND = "outbound", "Only out"


class Direction(models.TextChoices):
    """What a truck comes for."""

    INBOUND = "inbound", "Inbound"
    OUTBOUND = "outbound", "Outbound"


DOORS = (LocationKind.DOCK, LocationKind.STAGING)
"""Where a truck can be unloaded or loaded."""

PICKABLE = (LocationKind.STORAGE, LocationKind.PICK_FACE)
"""Only here does stock of status available count as available."""

VIRTUAL = (
    LocationKind.SUPPLIER,
    LocationKind.CUSTOMER,
    LocationKind.ADJUSTMENT,
    LocationKind.SCRAP,
    LocationKind.PRODUCTION,
    LocationKind.SITES,
)
"""Where goods come from and go to; they hold no balance."""
