"""What costs can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.valuation.models import CostEntry, CostLayer, ItemCost, LandedCost
from apps.valuation.states import CostMethod, EntryKind, LandedCostState


class ItemCostFilter(filters.FilterSet):
    """By method and category."""

    method = filters.ChoiceFilter(choices=CostMethod.choices)
    category = filters.CharFilter("item__category__code")

    class Meta:
        model = ItemCost
        fields = ("method", "category")


class CostLayerFilter(filters.FilterSet):
    """By item and lot."""

    item = filters.CharFilter("item__number")
    lot = filters.CharFilter("lot__number")

    class Meta:
        model = CostLayer
        fields = ("item", "lot")


class CostEntryFilter(filters.FilterSet):
    """By item, site, document and kind; those that wait for a cost are the estimated ones."""

    item = filters.CharFilter("item__number")
    warehouse = filters.CharFilter("warehouse__code")
    document = filters.CharFilter("document")
    kind = filters.ChoiceFilter(choices=EntryKind.choices)
    estimated = filters.BooleanFilter("estimated")
    since = filters.IsoDateTimeFilter("at", lookup_expr="gte")
    until = filters.IsoDateTimeFilter("at", lookup_expr="lt")

    class Meta:
        model = CostEntry
        fields = ("item", "warehouse", "document", "kind", "estimated", "since", "until")


class LandedCostFilter(filters.FilterSet):
    """By state, site and supplier."""

    state = filters.ChoiceFilter(choices=LandedCostState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    supplier = filters.CharFilter("supplier__number")

    class Meta:
        model = LandedCost
        fields = ("state", "warehouse", "supplier")
