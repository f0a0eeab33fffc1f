"""Set-up of shipping: what carriers offer and ask for it, and the cartons on the shelf."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.contrib import admin
from django.forms import ModelForm

from apps.accounts.access import CARRIERS
from apps.core.admin import Access, DeskInline, MasterDataAdmin
from apps.core.admin.cells import day
from apps.core.decimals import plain
from apps.shipping.models import CarrierService, CartonType, ServiceCutOff, ServiceRate

THOUSAND = Decimal(1000)


class CutOffInline(DeskInline):
    """Its collections by weekday."""

    access = CARRIERS
    model = ServiceCutOff
    verbose_name_plural = "Collections: goods must be ready by"
    fields = ("weekday", "until")
    extra = 0


class PriceInline(DeskInline):
    """What it costs; lists are changed where prices are."""

    access = Access(see=CARRIERS.see)
    model = ServiceRate
    verbose_name_plural = "Prices"
    fields = ("since", "to", "up_to", "costs")
    readonly_fields = fields
    ordering = ("-valid_from", "zone", "up_to_g")

    @admin.display(description="from")
    def since(self, rate: ServiceRate) -> str:
        """The day its list begins."""
        return day(rate.valid_from) if rate.pk else ""

    @admin.display(description="to")
    def to(self, rate: ServiceRate) -> str:
        """The zone, and how an address is known to be in it."""
        known = " ".join(filter(None, (rate.country, f"{rate.postal_prefix}…" if rate.postal_prefix else "")))
        return f"{rate.zone} ({known})" if known else rate.zone

    @admin.display(description="a piece up to")
    def up_to(self, rate: ServiceRate) -> str:
        """Its weight."""
        return f"{plain(rate.up_to_g / THOUSAND)} kg" if rate.pk else ""

    @admin.display(description="costs")
    def costs(self, rate: ServiceRate) -> str:
        """The price."""
        return f"{rate.price:.2f} {rate.currency}" if rate.pk else ""


class CarrierServiceForm(ModelForm):  # type: ignore[type-arg]
    """Its limits by the names that people have for them."""

    class Meta:
        model = CarrierService
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets choose
        labels: ClassVar[dict[str, str]] = {
            "transit_days": "Days on the way",
            "delivers_weekends": "Delivers at weekends",
            "max_weight_g": "Heaviest piece, g",
            "max_longest_mm": "Longest piece, mm",
            "max_girth_mm": "Length and girth, mm",
            "is_active": "In use",
        }


@admin.register(CarrierService)
class CarrierServiceAdmin(MasterDataAdmin):
    """What carriers offer."""

    access = CARRIERS
    list_display = ("code", "name", "carrier", "kind", "transit_days", "max_weight_g", "is_active")
    list_select_related = ("carrier",)
    list_filter = ("kind", "is_active", "carrier")
    search_fields = ("code", "name", "carrier__name")
    autocomplete_fields = ("carrier",)
    form = CarrierServiceForm
    fieldsets = (
        (None, {"fields": (("carrier", "kind"), ("code", "name"), ("transit_days", "delivers_weekends"))}),
        ("What it takes", {"fields": (("max_weight_g", "max_longest_mm", "max_girth_mm"),)}),
        ("Its labels", {"fields": (("routing", "label_adapter"), "is_active")}),
    )
    inlines = (CutOffInline, PriceInline)
    first_step = "Add a service of a carrier with its collections by weekday, then its prices."


@admin.register(ServiceRate)
class ServiceRateAdmin(MasterDataAdmin):
    """Price lists: a row a zone and weight, from a day on."""

    access = CARRIERS
    list_display = ("service", "valid_from", "zone", "country", "postal_prefix", "up_to_g", "price", "currency")
    list_select_related = ("service",)
    list_filter = ("service", "valid_from", "zone")
    search_fields = ("service__code", "zone", "country", "postal_prefix")
    autocomplete_fields = ("service",)
    first_step = "Add prices by zone and weight, or import the carrier's list."


@admin.register(CartonType)
class CartonTypeAdmin(MasterDataAdmin):
    """Cartons on the shelf."""

    access = CARRIERS
    list_display = (
        "code",
        "name",
        "length_mm",
        "width_mm",
        "height_mm",
        "tare_g",
        "max_weight_g",
        "cost",
        "is_active",
    )
    list_filter = ("is_active",)
    search_fields = ("code", "name")
    first_step = "Add your cartons with their inner sizes; cartons are proposed from them."
