"""Hazard classes, what is stored and carried apart, shipping descriptions, and storage conditions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from unfold.widgets import UnfoldAdminTextInputWidget

from apps.accounts.access import SAFETY_DATA
from apps.core.admin import Access, MasterDataAdmin
from apps.core.admin.cells import NOTHING, day
from apps.core.admin.page import Fact
from apps.journal.admin.page import Button, PageAdmin
from apps.safety.models import (
    FlammableLimit,
    GhsPhrase,
    HazardClass,
    HazmatEntry,
    KineticRule,
    SegregationRule,
    ShippingDescription,
    StorageCondition,
    TransportRule,
)
from apps.safety.operations import MAY_DESCRIBE, describe_entry


@admin.register(HazardClass)
class HazardClassAdmin(MasterDataAdmin):
    """Classes of dangerous goods, each with the paragraph it comes from."""

    access = SAFETY_DATA
    list_display = ("code", "name", "source", "effective_on")
    first_step = "Add the hazard classes of your goods with their source, or import them."
    search_fields = ("code", "name")


@admin.register(SegregationRule)
class SegregationRuleAdmin(MasterDataAdmin):
    """What goods of two hazard classes may not share, or how far apart they are, each with its source."""

    access = SAFETY_DATA
    list_display = ("first", "second", "apart", "metres", "is_verified", "source", "effective_on")
    list_select_related = ("first", "second")
    list_filter = ("apart", "is_verified", "first")
    search_fields = ("first__code", "second__code", "source")
    autocomplete_fields = ("first", "second")
    first_step = "Add the pairs of classes that your fire code keeps apart, then mark each that was verified."


@admin.register(TransportRule)
class TransportRuleAdmin(MasterDataAdmin):
    """What may ride on one vehicle by highway, cell by cell of the law's tables."""

    access = SAFETY_DATA
    list_display = ("first", "second", "mark", "table", "is_verified", "source", "effective_on")
    list_filter = ("table", "mark", "is_verified", "first")
    search_fields = ("first", "second", "source")
    first_step = "The tables of 49 CFR 177.848 come with the reference data; add a new text with its own day."


@admin.register(FlammableLimit)
class FlammableLimitAdmin(MasterDataAdmin):
    """The law's limits of flammable liquids by kind of area, each with its source and whether it was compared."""

    access = SAFETY_DATA
    formfield_overrides: ClassVar = {ArrayField: {"widget": UnfoldAdminTextInputWidget}}
    list_display = ("kind", "categories", "litres", "gallons", "is_verified", "source", "effective_on")
    list_filter = ("kind", "is_verified")
    search_fields = ("kind", "source")
    first_step = "Limits come with the reference data; add a later text with its own day."


@admin.register(GhsPhrase)
class GhsPhraseAdmin(MasterDataAdmin):
    """Hazard and precautionary statements by code, each with its source and whether it was compared."""

    access = SAFETY_DATA
    list_display = ("code", "text", "signal_word", "pictogram", "is_verified", "source", "effective_on")
    list_filter = ("is_verified", "signal_word", "pictogram")
    search_fields = ("code", "text")
    first_step = "Phrases come with the reference data; compare them with the text, and add what your labels need."


@admin.register(ShippingDescription)
class ShippingDescriptionAdmin(MasterDataAdmin):
    """How dangerous goods are described to carriers."""

    access = SAFETY_DATA
    list_display = ("code", "un_number", "proper_shipping_name", "hazard_class", "packing_group", "is_limited_quantity")
    list_select_related = ("hazard_class",)
    list_filter = ("hazard_class", "packing_group")
    search_fields = ("code", "un_number", "proper_shipping_name")
    autocomplete_fields = ("hazard_class",)
    first_step = "Add the UN number, name and class of your dangerous goods, then name it on the items."


@admin.register(StorageCondition)
class StorageConditionAdmin(MasterDataAdmin):
    """Temperature and humidity bands that items need and bins keep."""

    access = SAFETY_DATA
    list_display = (
        "code",
        "name",
        "min_celsius",
        "max_celsius",
        "min_humidity",
        "max_humidity",
        "source",
        "effective_on",
    )
    search_fields = ("code", "name")
    first_step = "Add a band, such as CHILL from 2 to 8 °C; then name it on items and on zones."


@admin.register(KineticRule)
class KineticRuleAdmin(MasterDataAdmin):
    """How excursions from a storage condition are judged: window, mean kinetic temperature, spikes."""

    access = SAFETY_DATA
    list_display = (
        "condition",
        "window_hours",
        "most_celsius",
        "highest_celsius",
        "spike_celsius",
        "spike_hours",
        "is_verified",
        "source",
        "effective_on",
    )
    list_select_related = ("condition",)
    list_filter = ("condition", "is_verified")
    search_fields = ("condition__code", "source")
    autocomplete_fields = ("condition",)
    first_step = "The rules for room and cold storage come with the reference data; compare them with the standard."


@admin.register(HazmatEntry)
class HazmatEntryAdmin(PageAdmin):
    """The hazardous materials table: search a number or a name, and make a shipping description of a row."""

    access = Access(see=SAFETY_DATA.see)
    list_display = (
        "un_number",
        "name",
        "hazard_class",
        "group",
        "subsidiary",
        "packing_group",
        "zone",
        "is_forbidden",
        "effective_on",
    )
    list_display_links = ("un_number", "name")
    list_filter = ("hazard_class", "packing_group", "is_forbidden", "effective_on")
    search_fields = ("un_number", "name")
    first_step = "The table is read by manage.py import_hazmat_table FILE --effective-on DAY."
    buttons = (
        Button(
            name="describe",
            label="Make a shipping description",
            operation=describe_entry,
            argument="entry_id",
            done="%s is made; add what the table does not say: liquid, acid, cyanide, technical name.",
            roles=MAY_DESCRIBE,
            when=lambda entry: not entry.is_forbidden,
            icon="label_important",
        ),
    )

    def note(self, document: HazmatEntry) -> str:
        """What may not travel at all."""
        return "Forbidden: it may not be offered for transport." if document.is_forbidden else ""

    def facts(self, document: HazmatEntry) -> Iterable[Fact]:
        """The row."""
        yield Fact("Number", document.un_number or NOTHING)
        yield Fact("Proper shipping name", document.name)
        yield Fact("Class", f"{document.hazard_class}{document.group}" or NOTHING)
        yield Fact("Subsidiary", ", ".join(document.subsidiary) or NOTHING)
        yield Fact("Packing group", document.packing_group or NOTHING)
        yield Fact("Hazard zone", document.zone or NOTHING)
        yield Fact("Symbols", document.symbols or NOTHING)
        yield Fact("Special provisions", ", ".join(document.special_provisions) or NOTHING)
        yield Fact("Source", document.source)
        yield Fact("Text of", day(document.effective_on))
