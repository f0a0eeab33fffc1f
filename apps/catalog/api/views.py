"""Items and parties to read."""

from __future__ import annotations

from apps.catalog.api.filters import ItemFilter, PartyFilter
from apps.catalog.api.serializers import ItemSerializer, PartySerializer
from apps.catalog.models import Item, Party
from apps.core.api.views import ScopedViewSet


class ItemViewSet(ScopedViewSet[Item]):
    """Items."""

    queryset = Item.objects.select_related("category", "unit", "hazard_class", "storage_condition").prefetch_related(
        "packagings__unit", "barcodes"
    )
    serializer_class = ItemSerializer
    filterset_class = ItemFilter


class PartyViewSet(ScopedViewSet[Party]):
    """Suppliers, customers, owners and carriers."""

    queryset = Party.objects.all()
    serializer_class = PartySerializer
    filterset_class = PartyFilter
