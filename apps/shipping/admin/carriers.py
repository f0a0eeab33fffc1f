"""Set-up of shipping: what carriers offer and ask for it, and the cartons on the shelf."""

from __future__ import annotations

from django.contrib import admin

from apps.accounts.access import CARRIERS
from apps.core.admin import DeskInline, MasterDataAdmin
from apps.shipping.models import CarrierService, CartonType, ServiceCutOff, ServiceRate


class CutOffInline(DeskInline):
    """Its collections by weekday."""

    access = CARRIERS
    model = ServiceCutOff
    fields = ("weekday", "until")
    extra = 0


@admin.register(CarrierService)
class CarrierServiceAdmin(MasterDataAdmin):
    """What carriers offer."""

    access = CARRIERS
    list_display = ("code", "name", "carrier", "kind", "transit_days", "max_weight_g", "is_active")
    list_select_related = ("carrier",)
    list_filter = ("kind", "is_active", "carrier")
    search_fields = ("code", "name", "carrier__name")
    autocomplete_fields = ("carrier",)
    inlines = (CutOffInline,)
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
