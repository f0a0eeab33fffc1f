"""Groupings of lots at the desk."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from apps.accounts.access import GROUPINGS
from apps.core.admin import MasterDataAdmin
from apps.traceability.models import LotGrouping
from apps.traceability.queries.starts import StartKind


@admin.register(LotGrouping)
class LotGroupingAdmin(MasterDataAdmin):
    """Lots that have something in common: a supplier, an expiry window, an attribute."""

    access = GROUPINGS
    list_display = ("number", "name", "item", "supplier", "trace")
    list_select_related = ("item", "supplier")
    search_fields = ("number", "name", "item__number", "supplier__number")
    autocomplete_fields = ("item", "supplier")
    first_step = "Save what you ask again and again: the lots of a supplier, or those that expire within 30 days."
    fieldsets: ClassVar = (
        (None, {"fields": (("number", "name"),)}),
        (
            "Lots of which all of this is true",
            {
                "fields": (
                    ("item", "supplier"),
                    ("supplier_lot", "expires_within_days"),
                    ("expires_from", "expires_to"),
                    ("made_from", "made_to"),
                    ("received_from", "received_to"),
                    ("attribute", "value"),
                )
            },
        ),
    )

    @admin.display(description="trace")
    def trace(self, grouping: LotGrouping) -> SafeString:
        """To where all of them are traced."""
        asked = urlencode({"of": StartKind.GROUPING.value, "number": grouping.number})
        return format_html('<a href="{}?{}">Trace</a>', reverse("desk-trace"), asked)
