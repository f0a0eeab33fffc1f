"""Items with their packaging and barcodes, units, categories and parties."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.safestring import SafeString

from apps.accounts.access import ITEMS, PARTIES, REASONS
from apps.catalog.admin.sheets import SheetLackingFilter
from apps.catalog.choices import Lifecycle
from apps.catalog.models import Barcode, Category, Item, Packaging, Party, ReasonCode, Unit
from apps.core.admin import DeskInline, MasterDataAdmin, TableDataAdmin
from apps.core.admin.cells import Tone, badge

LIFECYCLE_TONES = {
    Lifecycle.DRAFT: Tone.WAITING,
    Lifecycle.ACTIVE: Tone.DONE,
    Lifecycle.PHASING_OUT: Tone.PROGRESS,
    Lifecycle.RETIRED: Tone.BLOCKED,
}


@admin.register(Unit)
class UnitAdmin(TableDataAdmin):
    """Units of measure."""

    access = ITEMS
    list_display = ("code", "name", "scale")
    search_fields = ("code", "name")
    first_step = "Add the unit that you count in, such as EA for each."


@admin.register(ReasonCode)
class ReasonCodeAdmin(TableDataAdmin):
    """Reasons that handhelds offer."""

    access = REASONS
    list_display = ("text", "kind", "code", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("text", "code")
    first_step = "Add what people may answer when a pick is short or a bin is not the proposed one."


@admin.register(Category)
class CategoryAdmin(TableDataAdmin):
    """Groups of items."""

    access = ITEMS
    list_display = ("code", "name", "parent")
    first_step = "Add groups that your items fall into; a group may stand in another."
    list_select_related = ("parent",)
    search_fields = ("code", "name")
    autocomplete_fields = ("parent",)


class PackagingInline(DeskInline):
    """How the item is packed."""

    access = ITEMS
    model = Packaging
    fields = (
        "level",
        "unit",
        "numerator",
        "denominator",
        "gtin",
        "length_mm",
        "width_mm",
        "height_mm",
        "weight_g",
        "stacking_limit",
    )
    autocomplete_fields = ("unit",)


class BarcodeInline(DeskInline):
    """Codes other than GTINs."""

    access = ITEMS
    model = Barcode
    fields = ("code", "packaging")


@admin.register(Item)
class ItemAdmin(MasterDataAdmin):
    """What stock is held of."""

    access = ITEMS
    list_display = ("number", "name", "lifecycle_badge", "kind", "tracking", "expires", "unit", "category")
    list_select_related = ("unit", "category")
    list_filter = ("lifecycle", "kind", "tracking", "expires", SheetLackingFilter, "category")
    search_fields = ("number", "name", "barcodes__code", "packagings__gtin")
    autocomplete_fields = ("unit", "category", "hazard_class", "storage_condition", "shipping_description")
    inlines = (PackagingInline, BarcodeInline)
    first_step = "Add an item, or import a list of them: number, name and unit are enough to begin with."
    fieldsets: ClassVar = (
        (None, {"fields": (("number", "name"), ("kind", "lifecycle"), "category", "description", "image")}),
        (
            "Counting",
            {
                "fields": (
                    ("unit", "scale"),
                    "tracking",
                    ("expires", "shelf_life_days", "min_remaining_days"),
                    "expires_with_parts",
                    "over_tolerance_percent",
                )
            },
        ),
        (
            "Size and weight of one base unit",
            {"fields": (("length_mm", "width_mm", "height_mm"), "weight_g", ("colour", "size"))},
        ),
        ("Storage and cost", {"fields": (("hazard_class", "storage_condition"), "standard_cost", "attributes")}),
        ("As a liquid", {"fields": (("flash_point_c", "boiling_point_c"), "litres_per_unit")}),
        ("Shipping", {"fields": ("shipping_description", ("hs_code", "origin"), "ships_alone")}),
    )

    @admin.display(description="state", ordering="lifecycle")
    def lifecycle_badge(self, item: Item) -> SafeString:
        """Whether it is bought and sold."""
        return badge(item.get_lifecycle_display().partition(":")[0], LIFECYCLE_TONES[Lifecycle(item.lifecycle)])


@admin.register(Party)
class PartyAdmin(MasterDataAdmin):
    """With whom we trade."""

    access = PARTIES
    list_display = ("number", "name", "is_supplier", "is_customer", "is_owner", "is_carrier", "city", "country")
    list_filter = ("is_supplier", "is_customer", "is_owner", "is_carrier", "is_active")
    search_fields = ("number", "name", "city", "gln")
    first_step = "Add a supplier and a customer, or import a list of them."
    fieldsets: ClassVar = (
        (None, {"fields": (("number", "name"), ("is_supplier", "is_customer", "is_owner", "is_carrier"), "is_active")}),
        ("Address", {"fields": ("street", ("postal_code", "city"), ("region", "country"), ("latitude", "longitude"))}),
        ("Contact", {"fields": ("contact", ("email", "phone"))}),
        ("Trade", {"fields": (("currency", "gln"), "min_remaining_days")}),
    )
