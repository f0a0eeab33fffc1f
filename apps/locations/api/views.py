"""Warehouses and locations to read."""

from __future__ import annotations

from apps.core.api.views import ScopedViewSet
from apps.locations.api.filters import LocationFilter, WarehouseFilter
from apps.locations.api.serializers import LocationSerializer, WarehouseSerializer
from apps.locations.models import Location, Warehouse


class WarehouseViewSet(ScopedViewSet[Warehouse]):
    """The sites where the caller works."""

    queryset = Warehouse.objects.all()
    serializer_class = WarehouseSerializer
    filterset_class = WarehouseFilter
    lookup_field = "code"


class LocationViewSet(ScopedViewSet[Location]):
    """Places in the caller's warehouses, virtual ones too."""

    queryset = Location.objects.select_related("warehouse", "zone", "aisle")
    serializer_class = LocationSerializer
    filterset_class = LocationFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"
