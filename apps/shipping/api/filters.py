"""What shipments, cartons, loads and what carriers report can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.shipping.choices import EventKind
from apps.shipping.models import (
    CarrierEvent,
    CarrierService,
    Carton,
    CartonType,
    Load,
    ParcelException,
    Shipment,
    ShippingPallet,
)
from apps.shipping.states import ExceptionState, LoadState, ShipmentState


class ShipmentFilter(filters.FilterSet):
    """By warehouse, state, the document served, the consignee, carrier and day of leaving."""

    warehouse = filters.CharFilter("warehouse__code")
    state = filters.ChoiceFilter(choices=ShipmentState.choices)
    party = filters.CharFilter("party__number")
    carrier = filters.CharFilter("carrier__number")
    load = filters.CharFilter("load__number")
    shipped_after = filters.IsoDateTimeFilter("shipped_at", "gte")
    shipped_before = filters.IsoDateTimeFilter("shipped_at", "lt")

    class Meta:
        model = Shipment
        fields = ("warehouse", "state", "document", "party", "carrier", "load", "shipped_after", "shipped_before")


class CartonFilter(filters.FilterSet):
    """By warehouse, shipment, and whether closed or loaded."""

    warehouse = filters.CharFilter("shipment__warehouse__code")
    shipment = filters.CharFilter("shipment__number")
    closed = filters.BooleanFilter("closed_at", "isnull", exclude=True)
    loaded = filters.BooleanFilter("loaded_at", "isnull", exclude=True)

    class Meta:
        model = Carton
        fields = ("warehouse", "shipment", "closed", "loaded")


class LoadFilter(filters.FilterSet):
    """By warehouse, state, carrier and door."""

    warehouse = filters.CharFilter("warehouse__code")
    state = filters.ChoiceFilter(choices=LoadState.choices)
    carrier = filters.CharFilter("carrier__number")
    dock = filters.CharFilter("dock__code")

    class Meta:
        model = Load
        fields = ("warehouse", "state", "carrier", "dock")


class PalletFilter(filters.FilterSet):
    """By warehouse, and by a shipment with cartons on it."""

    warehouse = filters.CharFilter("warehouse__code")
    shipment = filters.CharFilter("cartons__shipment__number", distinct=True)

    class Meta:
        model = ShippingPallet
        fields = ("warehouse", "shipment")


class CarrierServiceFilter(filters.FilterSet):
    """By carrier, kind and whether in use."""

    carrier = filters.CharFilter("carrier__number")

    class Meta:
        model = CarrierService
        fields = ("carrier", "kind", "is_active")


class CartonTypeFilter(filters.FilterSet):
    """By whether in use."""

    class Meta:
        model = CartonType
        fields = ("is_active",)


class CarrierEventFilter(filters.FilterSet):
    """By parcel, shipment and kind."""

    tracking_number = filters.CharFilter("carton__tracking_number")
    sscc = filters.CharFilter("carton__unit__number")
    shipment = filters.CharFilter("carton__shipment__number")
    kind = filters.ChoiceFilter(choices=EventKind.choices)

    class Meta:
        model = CarrierEvent
        fields = ("tracking_number", "sscc", "shipment", "kind")


class ParcelExceptionFilter(filters.FilterSet):
    """By state, kind and shipment."""

    state = filters.ChoiceFilter(choices=ExceptionState.choices)
    kind = filters.ChoiceFilter(choices=EventKind.choices)
    shipment = filters.CharFilter("carton__shipment__number")

    class Meta:
        model = ParcelException
        fields = ("state", "kind", "shipment")
