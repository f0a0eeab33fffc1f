"""Hazard classes, what is stored and carried apart, shipping descriptions, and storage conditions."""

from __future__ import annotations

from django.contrib import admin

from apps.accounts.access import SAFETY_DATA
from apps.core.admin import MasterDataAdmin
from apps.safety.models import HazardClass, SegregationRule, ShippingDescription, StorageCondition, TransportRule


@admin.register(HazardClass)
class HazardClassAdmin(MasterDataAdmin):
    """Classes of dangerous goods, each with the paragraph it comes from."""

    access = SAFETY_DATA
    list_display = ("code", "name", "source", "effective_on")
    first_step = "Add the hazard classes of your goods with their source, or import them."
    search_fields = ("code", "name")


@admin.register(SegregationRule)
class SegregationRuleAdmin(MasterDataAdmin):
    """Which hazard classes may not share a bin or a zone, each with its source and whether it was verified."""

    access = SAFETY_DATA
    list_display = ("first", "second", "apart", "is_verified", "source", "effective_on")
    list_select_related = ("first", "second")
    list_filter = ("apart", "is_verified", "first")
    search_fields = ("first__code", "second__code", "source")
    autocomplete_fields = ("first", "second")
    first_step = "Add the pairs of classes that your fire code keeps apart, then mark each that was verified."


@admin.register(TransportRule)
class TransportRuleAdmin(MasterDataAdmin):
    """What may ride on one vehicle by highway, cell by cell of the law's tables."""

    access = SAFETY_DATA
    list_display = ("first", "second", "mark", "table", "is_verified", "source", "effective_on")
    list_filter = ("table", "mark", "is_verified", "first")
    search_fields = ("first", "second", "source")
    first_step = "The tables of 49 CFR 177.848 come with the reference data; add a new text with its own day."


@admin.register(ShippingDescription)
class ShippingDescriptionAdmin(MasterDataAdmin):
    """How dangerous goods are described to carriers."""

    access = SAFETY_DATA
    list_display = ("code", "un_number", "proper_shipping_name", "hazard_class", "packing_group", "is_limited_quantity")
    list_select_related = ("hazard_class",)
    list_filter = ("hazard_class", "packing_group")
    search_fields = ("code", "un_number", "proper_shipping_name")
    autocomplete_fields = ("hazard_class",)
    first_step = "Add the UN number, name and class of your dangerous goods, then name it on the items."


@admin.register(StorageCondition)
class StorageConditionAdmin(MasterDataAdmin):
    """Temperature bands that items need and bins keep."""

    access = SAFETY_DATA
    list_display = ("code", "name", "min_celsius", "max_celsius", "source", "effective_on")
    search_fields = ("code", "name")
    first_step = "Add a band, such as CHILL from 2 to 8 °C; then name it on items and on zones."
