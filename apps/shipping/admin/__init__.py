"""Shipments, cartons and pallets; loads; carriers and their prices; parcels to look into."""

from apps.shipping.admin.carriers import CarrierServiceAdmin, CartonTypeAdmin, ServiceRateAdmin
from apps.shipping.admin.loads import LoadAdmin, load_badge
from apps.shipping.admin.shipments import CartonAdmin, ShipmentAdmin, ShippingPalletAdmin, shipment_badge
from apps.shipping.admin.tracking import CarrierEventAdmin, ParcelExceptionAdmin

__all__ = [
    "CarrierEventAdmin",
    "CarrierServiceAdmin",
    "CartonAdmin",
    "CartonTypeAdmin",
    "LoadAdmin",
    "ParcelExceptionAdmin",
    "ServiceRateAdmin",
    "ShipmentAdmin",
    "ShippingPalletAdmin",
    "load_badge",
    "shipment_badge",
]
