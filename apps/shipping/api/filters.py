"""What shipments and cartons can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.shipping.models import Carton, Shipment
from apps.shipping.states import ShipmentState


class ShipmentFilter(filters.FilterSet):
    """By warehouse, state, the document served, the consignee, carrier and day of leaving."""

    warehouse = filters.CharFilter("warehouse__code")
    state = filters.ChoiceFilter(choices=ShipmentState.choices)
    party = filters.CharFilter("party__number")
    carrier = filters.CharFilter("carrier__number")
    shipped_after = filters.IsoDateTimeFilter("shipped_at", "gte")
    shipped_before = filters.IsoDateTimeFilter("shipped_at", "lt")

    class Meta:
        model = Shipment
        fields = ("warehouse", "state", "document", "party", "carrier", "shipped_after", "shipped_before")


class CartonFilter(filters.FilterSet):
    """By warehouse, shipment, and whether closed or loaded."""

    warehouse = filters.CharFilter("shipment__warehouse__code")
    shipment = filters.CharFilter("shipment__number")
    closed = filters.BooleanFilter("closed_at", "isnull", exclude=True)
    loaded = filters.BooleanFilter("loaded_at", "isnull", exclude=True)

    class Meta:
        model = Carton
        fields = ("warehouse", "shipment", "closed", "loaded")
