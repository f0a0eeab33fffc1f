"""Who may approve what, and what needs no approval."""

from __future__ import annotations

from django.contrib import admin

from apps.accounts.access import SITES
from apps.core.admin import MasterDataAdmin, OwnFilter
from apps.counting.models import ApprovalTier, CountTolerance


@admin.register(CountTolerance)
class CountToleranceAdmin(MasterDataAdmin):
    """Variances that are posted by rule."""

    access = SITES
    list_display = ("warehouse", "abc_class", "percent", "value")
    list_select_related = ("warehouse",)
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("warehouse__code",)
    first_step = "Say how much may differ; what differs by more is counted again by another person by itself."


@admin.register(ApprovalTier)
class ApprovalTierAdmin(MasterDataAdmin):
    """Up to where each role approves."""

    access = SITES
    list_display = ("role", "most_value", "most_quantity", "most_in_30_days")
    search_fields = ("role",)
    first_step = "Without tiers whoever may decide approves any count; with one, roles without a tier approve none."
