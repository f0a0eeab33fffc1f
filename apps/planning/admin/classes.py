"""Which items matter most, at the desk."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from apps.accounts.access import INBOUND
from apps.core.admin import OwnFilter, ReadOnlyAdmin
from apps.core.admin.cells import NOTHING, grouped, moment, quantity
from apps.planning.models import ItemClass


@admin.register(ItemClass)
class ItemClassAdmin(ReadOnlyAdmin):
    """ABC by value and by lines, XYZ by how steady demand is."""

    access = INBOUND
    list_display = (
        "item",
        "warehouse",
        "by_value",
        "by_lines",
        "steady",
        "varies",
        "worth",
        "lines",
        "amount",
        "rated",
    )
    list_select_related = ("item__unit", "warehouse")
    list_filter = (("warehouse", OwnFilter), "by_value", "by_lines", "steadiness")
    search_fields = ("item__number", "item__name")
    first_step = "Items are classed once a week by what customers ordered in the last 52 whole weeks."

    @admin.display(description="steady", ordering="steadiness")
    def steady(self, row: ItemClass) -> str:
        """Not evaluable without demand."""
        return row.get_steadiness_display() or "n/a"

    @admin.display(description="variation", ordering="variation")
    def varies(self, row: ItemClass) -> str:
        """Standard deviation over mean."""
        return f"{row.variation:.2f}" if row.variation is not None else NOTHING

    @admin.display(description="ordered", ordering="value")
    def worth(self, row: ItemClass) -> str:
        """At the prices of the orders, company currency."""
        return grouped(row.value)

    @admin.display(description="units", ordering="units")
    def amount(self, row: ItemClass) -> SafeString:
        """Base units."""
        return quantity(row.units, row.item.unit)

    @admin.display(description="rated", ordering="rated_at")
    def rated(self, row: ItemClass) -> SafeString:
        """In universal time."""
        return moment(row.rated_at)
