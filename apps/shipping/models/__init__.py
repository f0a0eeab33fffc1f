"""Shipments, cartons and pallets; carriers' services and prices; loads; what carriers report."""

from apps.shipping.models.carrier import CarrierService, ServiceCutOff, ServiceRate
from apps.shipping.models.load import LOAD_NUMBERS, Load
from apps.shipping.models.shipment import SHIPMENT_NUMBERS, Carton, CartonType, Shipment, ShippingPallet
from apps.shipping.models.tracking import EXCEPTION_NUMBERS, CarrierEvent, ParcelException

__all__ = [
    "EXCEPTION_NUMBERS",
    "LOAD_NUMBERS",
    "SHIPMENT_NUMBERS",
    "CarrierEvent",
    "CarrierService",
    "Carton",
    "CartonType",
    "Load",
    "ParcelException",
    "ServiceCutOff",
    "ServiceRate",
    "Shipment",
    "ShippingPallet",
]
