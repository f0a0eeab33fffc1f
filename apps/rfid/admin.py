"""Readers and assets as they are set up, and what was read."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from apps.accounts.access import FLOOR, PLACES
from apps.core.admin import MasterDataAdmin, OwnFilter, ReadOnlyAdmin
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment
from apps.rfid.models import Asset, Reader, ReadEvent
from apps.rfid.states import TagKind

TONES = {
    TagKind.UNIT: Tone.DONE,
    TagKind.ITEM: Tone.DONE,
    TagKind.PLACE: Tone.DONE,
    TagKind.ASSET: Tone.DONE,
    TagKind.UNKNOWN: Tone.WAITING,
}


@admin.register(Reader)
class ReaderAdmin(MasterDataAdmin):
    """RFID readers, what each watches, and what tells its reads."""

    access = PLACES
    list_display = ("code", "name", "warehouse", "zone", "location", "device", "window_seconds", "is_active")
    list_select_related = ("warehouse", "zone__warehouse", "location", "device")
    list_filter = (("warehouse", OwnFilter), "is_active")
    search_fields = ("code", "name", "zone__code", "location__code")
    autocomplete_fields = ("zone", "location")
    first_step = "Add a reader with the zone or place that it watches; its reads are told by POST /api/v1/read-events."


@admin.register(Asset)
class AssetAdmin(MasterDataAdmin):
    """Assets that bear a tag of their own, and the handling unit that each is."""

    access = PLACES
    list_display = ("number", "name", "unit", "warehouse")
    list_select_related = ("warehouse", "unit")
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("number", "name", "unit__number")
    autocomplete_fields = ("unit",)
    first_step = "Add a cage or a reusable pallet by the GRAI or GIAI on its tag."


@admin.register(ReadEvent)
class ReadEventAdmin(ReadOnlyAdmin):
    """What readers saw."""

    access = FLOOR
    list_display = ("epc", "what", "stands_for", "reader", "seen", "until", "reads", "search")
    list_select_related = ("reader__warehouse", "unit", "item", "serial", "location", "asset", "task")
    list_filter = ("kind", ("reader__warehouse", OwnFilter))
    search_fields = ("epc", "reader__code", "unit__number", "task__number")
    first_step = "Readers tell what they see by the API; tags that nobody knows are kept too."

    @admin.display(description="what", ordering="kind")
    def what(self, event: ReadEvent) -> SafeString:
        """In its colour."""
        return badge(event.get_kind_display(), TONES[TagKind(event.kind)])

    @admin.display(description="stands for")
    def stands_for(self, event: ReadEvent) -> object:
        """The unit, goods, place or asset."""
        return event.unit or event.serial or event.item or event.location or event.asset or NOTHING

    @admin.display(description="seen", ordering="first_at")
    def seen(self, event: ReadEvent) -> SafeString:
        """By the clock of the warehouse."""
        return moment(event.first_at, event.reader.warehouse.timezone)

    @admin.display(description="until", ordering="last_at")
    def until(self, event: ReadEvent) -> SafeString:
        """By the clock of the warehouse."""
        return moment(event.last_at, event.reader.warehouse.timezone)

    @admin.display(description="search")
    def search(self, event: ReadEvent) -> object:
        """The task to look for the unit."""
        return link(event.task) if event.task is not None else NOTHING
