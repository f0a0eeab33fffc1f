"""What items and parties can be asked for by."""

from __future__ import annotations

from datetime import date

from django_filters import rest_framework as filters

from apps.catalog.choices import BillKind, ItemKind, Lifecycle, ReasonKind, Tracking
from apps.catalog.models import BillOfMaterials, Item, Party, ReasonCode, SafetySheet
from apps.catalog.models.bill import BillQuerySet
from apps.catalog.models.item import ItemQuerySet
from apps.catalog.models.safety_sheet import SafetySheetQuerySet
from apps.catalog.queries import lacking_sheet
from apps.catalog.states import BillState
from apps.core import clock


class ItemFilter(filters.FilterSet):
    """By name, kind, life cycle, tracking, category and code."""

    name = filters.CharFilter("name", "icontains")
    kind = filters.ChoiceFilter(choices=ItemKind.choices)
    lifecycle = filters.ChoiceFilter(choices=Lifecycle.choices)
    tracking = filters.ChoiceFilter(choices=Tracking.choices)
    category = filters.CharFilter("category__code")
    gtin = filters.CharFilter("packagings__gtin", help_text="14 digits")
    barcode = filters.CharFilter("barcodes__code")
    lacks_sheet = filters.BooleanFilter(method="without_sheet", help_text="Hazardous, with no sheet in force")

    class Meta:
        model = Item
        fields = ("name", "kind", "lifecycle", "tracking", "category", "gtin", "barcode", "lacks_sheet")

    def without_sheet(self, rows: ItemQuerySet, name: str, value: bool) -> ItemQuerySet:  # noqa: FBT001
        """As of today."""
        del name
        return lacking_sheet(rows, on=clock.now().date()) if value else rows


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


class BillFilter(filters.FilterSet):
    """By what is made, by what it is made of, by kind, state and the day it is in force."""

    item = filters.CharFilter("item__number")
    part = filters.CharFilter("lines__item__number", distinct=True, help_text="An item among its own lines")
    kind = filters.ChoiceFilter(choices=BillKind.choices)
    state = filters.ChoiceFilter(choices=BillState.choices)
    on = filters.DateFilter(method="in_force", help_text="In force on this day")

    class Meta:
        model = BillOfMaterials
        fields = ("item", "part", "kind", "state", "on")

    def in_force(self, rows: BillQuerySet, name: str, value: date) -> BillQuerySet:
        """By its dates."""
        del name
        return rows.in_force(value)


class SafetySheetFilter(filters.FilterSet):
    """By item and language; all revisions, or those in force."""

    item = filters.CharFilter("item__number")
    in_force = filters.BooleanFilter(method="only_in_force", help_text="The last revision, while it is believed")

    class Meta:
        model = SafetySheet
        fields = ("item", "language", "in_force")

    def only_in_force(self, rows: SafetySheetQuerySet, name: str, value: bool) -> SafetySheetQuerySet:  # noqa: FBT001
        """As of today."""
        del name
        return rows.in_force(clock.now().date()) if value else rows
