"""Which goods are inspected and how many of them, and the tables that say so."""

from __future__ import annotations

from django.contrib import admin

from apps.accounts.access import QUALITY_DATA
from apps.compliance.models import CodeLetter, InspectionPlan, PlanCharacteristic, SamplingTable, SingleSampling
from apps.core.admin import DeskInline, MasterDataAdmin, TableDataAdmin


class CharacteristicInline(DeskInline):
    """What is looked at."""

    access = QUALITY_DATA
    model = PlanCharacteristic
    fields = ("line", "name", "kind", "unit", "lower", "upper", "is_critical", "instruction")


@admin.register(InspectionPlan)
class InspectionPlanAdmin(MasterDataAdmin):
    """Which goods are inspected when they come in, by item or category and supplier."""

    access = QUALITY_DATA
    list_display = (
        "id",
        "item",
        "category",
        "supplier",
        "sampling",
        "level",
        "aql",
        "skip_after",
        "inspect_every",
        "valid_from",
        "is_active",
    )
    list_select_related = ("item", "category", "supplier")
    list_filter = ("is_active", "sampling", "starts")
    search_fields = ("item__number", "item__name", "category__code", "supplier__number", "supplier__name")
    autocomplete_fields = ("item", "category", "supplier")
    inlines = (CharacteristicInline,)
    first_step = "Say which item or category is inspected when it comes in, how many of it, and what is looked at."


@admin.register(SamplingTable)
class SamplingTableAdmin(MasterDataAdmin):
    """Editions of sampling tables, each with its source and whether it was held against the text."""

    access = QUALITY_DATA
    list_display = ("code", "effective_on", "is_verified", "is_active", "source")
    list_filter = ("is_verified", "is_active")
    search_fields = ("code", "source")
    first_step = "Add an edition with its source, then import its code letters and sampling plans."


@admin.register(CodeLetter)
class CodeLetterAdmin(TableDataAdmin):
    """From which lot size on a level has which code letter."""

    access = QUALITY_DATA
    list_display = ("level", "lot_from", "letter", "table")
    list_select_related = ("table",)
    list_filter = ("table", "level")
    search_fields = ("letter",)
    autocomplete_fields = ("table",)
    first_step = "Import the code letters of a sampling table: level, the lot size each begins with, letter."


@admin.register(SingleSampling)
class SingleSamplingAdmin(TableDataAdmin):
    """Sample size, acceptance and rejection number by severity, code letter and AQL."""

    access = QUALITY_DATA
    list_display = ("severity", "letter", "aql", "sample_size", "accept_number", "reject_number", "table")
    list_select_related = ("table",)
    list_filter = ("table", "severity", "aql")
    search_fields = ("letter",)
    autocomplete_fields = ("table",)
    first_step = "Import the single sampling plans of a table, with its arrows followed."
