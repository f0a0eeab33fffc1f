"""What items and parties can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.catalog.choices import ItemKind, Lifecycle, ReasonKind, Tracking
from apps.catalog.models import Item, Party, ReasonCode


class ItemFilter(filters.FilterSet):
    """By name, kind, life cycle, tracking, category and code."""

    name = filters.CharFilter("name", "icontains")
    kind = filters.ChoiceFilter(choices=ItemKind.choices)
    lifecycle = filters.ChoiceFilter(choices=Lifecycle.choices)
    tracking = filters.ChoiceFilter(choices=Tracking.choices)
    category = filters.CharFilter("category__code")
    gtin = filters.CharFilter("packagings__gtin", help_text="14 digits")
    barcode = filters.CharFilter("barcodes__code")

    class Meta:
        model = Item
        fields = ("name", "kind", "lifecycle", "tracking", "category", "gtin", "barcode")


class PartyFilter(filters.FilterSet):
    """By name and role."""

    name = filters.CharFilter("name", "icontains")

    class Meta:
        model = Party
        fields = ("name", "is_supplier", "is_customer", "is_owner", "is_carrier", "is_active")


class ReasonCodeFilter(filters.FilterSet):
    """By what it is given for."""

    kind = filters.ChoiceFilter(choices=ReasonKind.choices)

    class Meta:
        model = ReasonCode
        fields = ("kind", "is_active")
