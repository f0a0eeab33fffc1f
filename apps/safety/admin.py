"""Hazard classes, what is stored apart, and storage conditions."""

from __future__ import annotations

from django.contrib import admin

from apps.accounts.access import SAFETY_DATA
from apps.core.admin import MasterDataAdmin
from apps.safety.models import HazardClass, SegregationRule, StorageCondition


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


@admin.register(StorageCondition)
class StorageConditionAdmin(MasterDataAdmin):
    """Temperature bands that items need and bins keep."""

    access = SAFETY_DATA
    list_display = ("code", "name", "min_celsius", "max_celsius", "source", "effective_on")
    search_fields = ("code", "name")
    first_step = "Add a band, such as CHILL from 2 to 8 °C; then name it on items and on zones."
