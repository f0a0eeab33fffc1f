"""Channels, what they list and were told, the rules that choose sites, and goods to be put back."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from apps.accounts.access import CHANNELS, OUTBOUND
from apps.accounts.roles import Role
from apps.core.admin import Access, DeskInline, MasterDataAdmin, OwnFilter, ReadOnlyAdmin
from apps.core.admin.cells import Tone, badge, link, moment, quantity
from apps.core.admin.page import Fact
from apps.core.decimals import plain
from apps.journal.admin.draft import number_field
from apps.journal.admin.page import Button, DocumentForm, PageAdmin
from apps.locations.choices import PICKABLE
from apps.locations.models import Location
from apps.orders.models import Channel, ChannelAvailability, ChannelListing, ListingStatus, PutBack, RoutingRule
from apps.orders.operations import put_back

FLOOR_HANDS = (Role.PICKER, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
LISTING_TONES = {
    ListingStatus.ACTIVE: Tone.READY,
    ListingStatus.PAUSED: Tone.WAITING,
    ListingStatus.ENDED: Tone.DONE,
}


class ListingInline(DeskInline):
    """What it offers, and what it was told last; changed on the page of the listing."""

    access = Access(see=CHANNELS.see)
    model = ChannelListing
    verbose_name_plural = "What it offers"
    fields = ("listing", "item_name", "stands", "kept_back", "part", "told", "told_at")
    readonly_fields = fields
    ordering = ("code",)
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChannelListing]:
        """With what each row shows."""
        return super().get_queryset(request).select_related("item__unit", "availability")

    @admin.display(description="code")
    def listing(self, listing: ChannelListing) -> SafeString:
        """What the channel calls it."""
        return link(listing, listing.code)

    @admin.display(description="item")
    def item_name(self, listing: ChannelListing) -> str:
        """What it is."""
        return listing.item.name

    @admin.display(description="status")
    def stands(self, listing: ChannelListing) -> SafeString:
        """Whether it is sold there."""
        return badge(listing.get_status_display(), LISTING_TONES[ListingStatus(listing.status)])

    @admin.display(description="buffer")
    def kept_back(self, listing: ChannelListing) -> SafeString:
        """Not told to the channel."""
        return quantity(listing.buffer, listing.item.unit)

    @admin.display(description="share")
    def part(self, listing: ChannelListing) -> str:
        """Of what is left."""
        return f"{plain(listing.share)} %"

    @admin.display(description="may sell")
    def told(self, listing: ChannelListing) -> SafeString:
        """What it was told."""
        row = getattr(listing, "availability", None)
        return quantity(row.quantity if row is not None else None, listing.item.unit)

    @admin.display(description="since")
    def told_at(self, listing: ChannelListing) -> SafeString:
        """When the figure last changed."""
        row = getattr(listing, "availability", None)
        return moment(row.changed_at if row is not None else None)


@admin.register(Channel)
class ChannelAdmin(MasterDataAdmin):
    """Ways orders come in."""

    access = CHANNELS
    list_display = ("code", "name", "kind", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("code", "name")
    autocomplete_fields = ("sites",)
    inlines = (ListingInline,)
    first_step = "Add the ways your orders come in: the web shop, the stores, a marketplace."


@admin.register(ChannelListing)
class ChannelListingAdmin(MasterDataAdmin):
    """What channels offer, and how much of what is there they are told."""

    access = CHANNELS
    list_display = ("code", "channel", "item", "stands", "kept_back", "share", "told", "told_at")
    list_select_related = ("channel", "item__unit", "availability")
    list_filter = ("status", ("channel", OwnFilter))
    search_fields = ("code", "item__number", "item__name")
    autocomplete_fields = ("channel", "item")
    first_step = "List an item on a channel under the channel's own code; the channel is told what it may sell."

    @admin.display(description="status", ordering="status")
    def stands(self, listing: ChannelListing) -> SafeString:
        """Whether it is sold there."""
        return badge(listing.get_status_display(), LISTING_TONES[ListingStatus(listing.status)])

    @admin.display(description="buffer", ordering="buffer")
    def kept_back(self, listing: ChannelListing) -> SafeString:
        """Not told to the channel."""
        return quantity(listing.buffer, listing.item.unit)

    @admin.display(description="told", ordering="availability__quantity")
    def told(self, listing: ChannelListing) -> SafeString:
        """What the channel may sell."""
        row = getattr(listing, "availability", None)
        return quantity(row.quantity if row is not None else None, listing.item.unit)

    @admin.display(description="since", ordering="availability__changed_at")
    def told_at(self, listing: ChannelListing) -> SafeString:
        """When the figure last changed."""
        row = getattr(listing, "availability", None)
        return moment(row.changed_at if row is not None else None)


@admin.register(ChannelAvailability)
class ChannelAvailabilityAdmin(ReadOnlyAdmin):
    """What channels were told, in the order in which they were told."""

    access = CHANNELS
    list_display = ("position", "channel", "listing", "item", "told", "changed")
    list_select_related = ("listing__channel", "listing__item__unit")
    list_filter = (("listing__channel", OwnFilter),)
    search_fields = ("listing__code", "listing__item__number")
    first_step = "List an item on a channel; within a second a row says what the channel may sell."

    @admin.display(description="channel")
    def channel(self, row: ChannelAvailability) -> str:
        """To whom."""
        return row.listing.channel.code

    @admin.display(description="item")
    def item(self, row: ChannelAvailability) -> SafeString:
        """Of what."""
        return link(row.listing.item)

    @admin.display(description="may sell", ordering="quantity")
    def told(self, row: ChannelAvailability) -> SafeString:
        """How much."""
        return quantity(row.quantity, row.listing.item.unit)

    @admin.display(description="since", ordering="changed_at")
    def changed(self, row: ChannelAvailability) -> SafeString:
        """Since when."""
        return moment(row.changed_at)


@admin.register(RoutingRule)
class RoutingRuleAdmin(MasterDataAdmin):
    """What counts how much when an order's site is chosen."""

    access = CHANNELS
    list_display = (
        "code",
        "name",
        "rank",
        "channel",
        "customer",
        "stock",
        "distance",
        "cost",
        "load",
        "split",
        "is_active",
    )
    list_select_related = ("channel", "customer")
    list_filter = ("split", "is_active", ("channel", OwnFilter))
    search_fields = ("code", "name")
    autocomplete_fields = ("channel", "customer", "sites")
    first_step = "Say what counts when a site is chosen: its stock, how near, how cheap and how idle it is."

    @admin.display(description="stock, distance, cost, load")
    def weights(self, rule: RoutingRule) -> str:
        """What counts how much."""
        return f"{rule.stock}, {rule.distance}, {rule.cost}, {rule.load}"


class PutBackForm(DocumentForm):
    """Into which bin, and how much where not all."""

    location_id = forms.ChoiceField(label="Bin", widget=UnfoldAdminSelectWidget())
    quantity = number_field(required=False, help_text="Base units; empty: all that is left")

    def __init__(self, data: object, *, document: PutBack) -> None:
        super().__init__(data, document=document)
        source = document.pick.task.source
        bins = Location.objects.filter(warehouse=document.pick.wave.warehouse_id, kind__in=PICKABLE, is_active=True)
        first = [(source.pk, f"{source.code} (it came from there)")] if source.kind in PICKABLE else []
        rest = bins.exclude(pk=source.pk).order_by("code").values_list("pk", "code")[:500]
        self.fields["location_id"].choices = [*first, *rest]  # type: ignore[attr-defined]

    def clean_location_id(self) -> int:
        """Its key."""
        return int(self.cleaned_data["location_id"])


@admin.register(PutBack)
class PutBackAdmin(PageAdmin):
    """Picked goods that nobody wants any more: they go from the tote back to a bin."""

    access = OUTBOUND
    list_display = ("pick", "order", "item", "tote", "amount", "back", "reason", "stands")
    list_filter = (("pick__wave__warehouse", OwnFilter),)
    search_fields = ("pick__number", "pick__allocation__line__order__number", "pick__task__item__number")
    first_step = "When a picked order shrinks or is cancelled, its goods wait here to be put back."
    buttons = (
        Button(
            name="put-back",
            label="Put it back",
            operation=put_back,
            given=lambda row: {"pick_id": row.pick_id},
            done="%s is put back.",
            roles=FLOOR_HANDS,
            when=lambda row: row.left > 0,
            form=PutBackForm,
            icon="undo",
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PutBack]:
        """With what each row shows."""
        rows: QuerySet[PutBack] = super().get_queryset(request)
        return rows.select_related(
            "pick__wave__warehouse",
            "pick__task__item__unit",
            "pick__task__source",
            "pick__tote",
            "task",
            "pick__allocation__line__order",
        ).order_by(F("pk").desc())

    @admin.display(description="order")
    def order(self, row: PutBack) -> SafeString:
        """Of which order."""
        return link(row.pick.allocation.line.order)

    @admin.display(description="item")
    def item(self, row: PutBack) -> SafeString:
        """What."""
        return link(row.pick.task.item)

    @admin.display(description="tote")
    def tote(self, row: PutBack) -> SafeString:
        """Where it stands."""
        return link(row.pick.tote)

    @admin.display(description="quantity")
    def amount(self, row: PutBack) -> SafeString:
        """How much is to go back."""
        return quantity(row.quantity, row.pick.task.goods.unit)

    @admin.display(description="back")
    def back(self, row: PutBack) -> SafeString:
        """How much is."""
        return quantity(row.returned, row.pick.task.goods.unit)

    @admin.display(description="state")
    def stands(self, row: PutBack) -> SafeString:
        """Whether it waits."""
        return badge("To put back", Tone.LATE) if row.left > 0 else badge("Back", Tone.DONE)

    def facts(self, document: PutBack) -> Iterable[Fact]:
        """What, from where, why."""
        yield Fact("State", self.stands(document))
        yield Fact("Order", self.order(document))
        yield Fact("Pick", link(document.pick))
        yield Fact("Item", self.item(document))
        yield Fact("Tote", self.tote(document))
        yield Fact("To put back", self.amount(document))
        yield Fact("Back", self.back(document))
        if document.task is not None:
            yield Fact("Task", link(document.task))
        for each in document.returns.select_related("transaction"):
            yield Fact("Brought by", link(each.transaction))
        yield Fact("Came from", link(document.pick.task.source))
        yield Fact("Because", document.reason)
