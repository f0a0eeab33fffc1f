"""Hazards of goods: in transport, in store, by their labels; and how goods are kept."""

from apps.safety.models.flammable import FlammableLimit, LiquidLimit
from apps.safety.models.ghs import GhsPhrase
from apps.safety.models.hazards import (
    HazardClass,
    HazmatEntry,
    KineticRule,
    SegregationRule,
    ShippingDescription,
    StorageCondition,
    TransportRule,
)

__all__ = [
    "FlammableLimit",
    "GhsPhrase",
    "HazardClass",
    "HazmatEntry",
    "KineticRule",
    "LiquidLimit",
    "SegregationRule",
    "ShippingDescription",
    "StorageCondition",
    "TransportRule",
]
