"""What warehouses and locations can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.locations.choices import LocationKind, SiteKind
from apps.locations.models import Location, Warehouse


class WarehouseFilter(filters.FilterSet):
    """By kind, and whether in use."""

    kind = filters.ChoiceFilter(choices=SiteKind.choices)

    class Meta:
        model = Warehouse
        fields = ("kind", "is_active")


class LocationFilter(filters.FilterSet):
    """By warehouse, code, zone, kind, and whether in use."""

    warehouse = filters.CharFilter("warehouse__code")
    zone = filters.CharFilter("zone__code")
    kind = filters.ChoiceFilter(choices=LocationKind.choices)

    class Meta:
        model = Location
        fields = ("warehouse", "zone", "kind", "code", "is_active")
