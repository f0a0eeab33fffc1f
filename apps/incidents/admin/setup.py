"""What a site says of itself on its injury records, and the rules they are kept by."""

from __future__ import annotations

from django.contrib import admin

from apps.accounts.access import WORKPLACE
from apps.core.admin import MasterDataAdmin, OwnFilter
from apps.core.admin.bases import DeskInline
from apps.incidents.models import Establishment, EstablishmentYear, RecordRule


@admin.register(RecordRule)
class RecordRuleAdmin(MasterDataAdmin):
    """Figures of regulations with their paragraphs, and whether somebody compared them with the text."""

    access = WORKPLACE
    list_display = ("code", "name", "value", "unit", "source", "effective_on", "is_verified")
    list_filter = ("is_verified",)
    search_fields = ("code", "name", "source")
    first_step = "The rules come with the program; add a text that takes effect later as a row of its own."


class EstablishmentYearInline(DeskInline):
    """People and hours, year by year."""

    access = WORKPLACE
    model = EstablishmentYear


@admin.register(Establishment)
class EstablishmentAdmin(MasterDataAdmin):
    """The name, address and figures of a site as the authority knows it."""

    access = WORKPLACE
    list_display = ("name", "warehouse", "city", "region", "naics_code")
    list_select_related = ("warehouse",)
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("name", "company_name", "warehouse__code")
    autocomplete_fields = ("warehouse",)
    inlines = (EstablishmentYearInline,)
    first_step = "Name each site as its injury records do, with its people and hours of each year."
