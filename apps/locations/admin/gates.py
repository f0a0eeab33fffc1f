"""From when a site releases no goods that lack a label, at the desk."""

from __future__ import annotations

from django.contrib import admin

from apps.accounts.access import SAFETY_DATA
from apps.core.admin import MasterDataAdmin
from apps.locations.models import LabelGate


@admin.register(LabelGate)
class LabelGateAdmin(MasterDataAdmin):
    """From when a site releases no goods that lack a label."""

    access = SAFETY_DATA
    list_display = ("warehouse", "label", "is_required", "effective_on", "is_verified", "source")
    list_select_related = ("warehouse",)
    list_filter = ("warehouse", "label", "is_required", "is_verified")
    search_fields = ("warehouse__code", "source")
    first_step = "Say from which day a site releases no goods without a label; without a row it releases them."
