"""Items, parties and reasons to read."""

from __future__ import annotations

from apps.catalog.api.bills import MadeOf
from apps.catalog.api.filters import ItemFilter, PartyFilter, ReasonCodeFilter
from apps.catalog.api.serializers import ItemSerializer, PartySerializer, ReasonCodeSerializer
from apps.catalog.api.sheets import KeptSafe
from apps.catalog.models import Item, Party, ReasonCode
from apps.core.api.views import ScopedViewSet


class ItemViewSet(MadeOf, KeptSafe, ScopedViewSet[Item]):
    """Items."""

    queryset = Item.objects.select_related(
        "category", "unit", "hazard_class", "storage_condition", "shipping_description"
    ).prefetch_related("packagings__unit", "barcodes")
    serializer_class = ItemSerializer
    filterset_class = ItemFilter


class PartyViewSet(ScopedViewSet[Party]):
    """Suppliers, customers, owners and carriers."""

    queryset = Party.objects.all()
    serializer_class = PartySerializer
    filterset_class = PartyFilter


class ReasonCodeViewSet(ScopedViewSet[ReasonCode]):
    """Reasons to choose from, for a short pick, another bin, damage, a hold."""

    queryset = ReasonCode.objects.all()
    serializer_class = ReasonCodeSerializer
    filterset_class = ReasonCodeFilter
    lookup_field = "pk"
