"""Outbound rules, wave templates and floor limits: how the warehouse wants its orders handled."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.decorators import action

from apps.accounts.access import PLACES
from apps.core.admin import MasterDataAdmin, OwnFilter
from apps.core.admin.cells import NOTHING
from apps.orders.choices import RuleAbout
from apps.orders.models import FloorLimit, OutboundRule, WaveTemplate
from apps.orders.models.rule import DECIDES
from apps.orders.pages import may_ask


class OutboundRuleForm(forms.ModelForm):  # type: ignore[type-arg] # plain at run time
    """Zones of the rule's own warehouse."""

    def clean(self) -> dict[str, Any]:
        """The zones that are left out are the warehouse's, and only goods are left out of."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        zones, site = cleaned.get("excluded_zones"), cleaned.get("warehouse")
        if zones and any(zone.warehouse_id != getattr(site, "pk", None) for zone in zones):
            self.add_error("excluded_zones", "A zone is in another warehouse.")
        if zones and cleaned.get("about") != RuleAbout.ALLOCATE:
            self.add_error("excluded_zones", "Only a rule about allocation leaves zones out.")
        return cleaned


@admin.register(OutboundRule)
class OutboundRuleAdmin(MasterDataAdmin):
    """Which orders are allocated, released, picked and packed how."""

    access = PLACES
    form = OutboundRuleForm
    list_display = ("code", "name", "warehouse", "about", "priority", "names", "says", "is_active")
    list_filter = (("warehouse", OwnFilter), "about", "is_active")
    search_fields = ("code", "name", "item__number", "category__code", "customer__number", "channel__code")
    autocomplete_fields = ("warehouse", "item", "category", "customer", "channel", "zone", "excluded_zones")
    actions_list = ("what_would",)
    first_step = "Say how certain orders go out: whole pallets to a retailer, by themselves from the web shop, fragile."
    fieldsets: ClassVar = (
        (None, {"fields": (("warehouse", "code"), ("name", "is_active"), ("about", "priority"))}),
        ("For orders and lines of", {"fields": (("item", "category"), ("customer", "channel"), ("zone",))}),
        ("Allocation", {"fields": (("strategy", "excluded_zones"),)}),
        ("Release", {"fields": ("release", ("hours_before_due", "task_priority"))}),
        ("Picking and packing", {"fields": (("pick_kind",), ("instructions",))}),
        ("Why", {"fields": ("note",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what it names."""
        rows = super().get_queryset(request)
        return rows.select_related("warehouse", "item", "category", "customer", "channel", "zone")

    @action(description="What would it get?", url_path="what-would", permissions=["ask"], icon="explore")  # type: ignore[untyped-decorator]
    def what_would(self, request: HttpRequest) -> HttpResponse:
        """The page that shows which rule decides about an order."""
        del request
        return HttpResponseRedirect(reverse("desk-outbound-dry-run"))

    def has_ask_permission(self, request: HttpRequest) -> bool:
        """Whoever sees sales orders."""
        return may_ask(request)

    @admin.display(description="for")
    def names(self, rule: OutboundRule) -> str:
        """Which orders and lines."""
        named = (rule.item, rule.category, rule.customer, rule.channel, rule.zone)
        return ", ".join(str(each) for each in named if each is not None) or "everything"

    @admin.display(description="says")
    def says(self, rule: OutboundRule) -> str:
        """What it decides."""
        field = DECIDES[RuleAbout(rule.about)]
        shown = getattr(rule, f"get_{field}_display", None)
        return str(shown() if shown is not None else getattr(rule, field)) or NOTHING


@admin.register(WaveTemplate)
class WaveTemplateAdmin(MasterDataAdmin):
    """How waves are put together."""

    access = PLACES
    list_display = (
        "code",
        "name",
        "warehouse",
        "carrier",
        "cut_off",
        "channel",
        "most_orders",
        "most_picks",
        "is_active",
    )
    list_select_related = ("warehouse", "carrier", "channel")
    list_filter = (("warehouse", OwnFilter), "is_active")
    search_fields = ("code", "name", "carrier__name", "channel__code")
    autocomplete_fields = ("warehouse", "carrier", "channel", "zone")
    first_step = "Say which orders go together: those of a carrier before its truck leaves, those of a channel."
    fieldsets: ClassVar = (
        (None, {"fields": (("warehouse", "code"), ("name", "is_active"))}),
        (
            "Orders of",
            {"fields": (("carrier", "cut_off"), ("channel", "zone"), ("min_priority", "due_within_days"))},
        ),
        ("At most", {"fields": (("most_orders", "most_picks"),)}),
    )


@admin.register(FloorLimit)
class FloorLimitAdmin(MasterDataAdmin):
    """How many open picks the floor takes at a time."""

    access = PLACES
    list_display = ("place", "warehouse", "most_open_picks")
    list_select_related = ("warehouse", "zone__warehouse")
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("warehouse__code", "zone__code")
    autocomplete_fields = ("warehouse", "zone")
    first_step = "Say how many open picks a zone takes before more orders wait for the next release."

    @admin.display(description="zone", ordering="zone__code")
    def place(self, limit: FloorLimit) -> str:
        """Where."""
        return limit.zone.code if limit.zone is not None else "All zones together"
