"""Lots with their holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.accounts.access import LOTS
from apps.core import clock
from apps.core.admin import visible, worker_of
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.page import Button, PageAdmin
from apps.ledger.admin.cells import balances_table, table_of_moves
from apps.ledger.models import Hold, Lot, StockBalance, StockMove
from apps.ledger.operations.decide import MAY_FREE, MAY_FREEZE, free_lot, freeze_lot
from apps.ledger.states import HoldReason
from apps.locations.models import Warehouse

SOON = timedelta(days=30)


class AskHold(forms.Form):
    """Why a lot may not leave."""

    reason = forms.TypedChoiceField(
        choices=HoldReason.choices, coerce=HoldReason, widget=UnfoldAdminSelectWidget(choices=HoldReason.choices)
    )
    note = forms.CharField(max_length=200, help_text="What was seen, by whom", widget=UnfoldAdminTextInputWidget())


class AskNote(forms.Form):
    """Why a hold ends."""

    note = forms.CharField(
        max_length=200, help_text="What was found, and who decided", widget=UnfoldAdminTextInputWidget()
    )


class HeldFilter(admin.SimpleListFilter):
    """By what keeps a lot from leaving."""

    title = "condition"
    parameter_name = "condition"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """What quality asks for."""
        del request, model_admin
        return [("held", "On hold"), ("soon", "In stock, expires within 30 days"), ("expired", "In stock, expired")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Lot]) -> QuerySet[Lot]:
        """The lots in that condition; by the calendar in UTC, since a lot is in no one warehouse."""
        today = clock.now().date()
        if self.value() == "held":
            return queryset.filter(Exists(Hold.objects.open().filter(lot=OuterRef("pk"))))
        if self.value() in {"soon", "expired"}:
            stocked = visible(StockBalance.objects.on_hand(), request).exclude(lot=None)
            band = (
                {"expires_on__lte": today}
                if self.value() == "expired"
                else {
                    "expires_on__gt": today,
                    "expires_on__lte": today + SOON,
                }
            )
            return queryset.filter(pk__in=stocked.values("lot"), **band)
        return queryset


class PlaceFilter(admin.SimpleListFilter):
    """By the warehouse that has stock of a lot."""

    title = "in stock at"
    parameter_name = "at"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """Where the person works."""
        del model_admin
        return [(str(warehouse.pk), str(warehouse)) for warehouse in visible(Warehouse.objects.all(), request)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Lot]) -> QuerySet[Lot]:
        """Lots with stock there, among the person's own warehouses."""
        if not (self.value() or "").isdigit():
            return queryset
        stocked = visible(StockBalance.objects.on_hand(), request).filter(warehouse_id=self.value())
        return queryset.filter(pk__in=stocked.exclude(lot=None).values("lot"))


def condition_badge(lot: Lot) -> SafeString:
    """Whether the lot may leave."""
    if getattr(lot, "held", False):
        return badge("On hold", Tone.HELD)
    if lot.expired(clock.now().date()):
        return badge("Expired", Tone.BLOCKED)
    return badge("Free", Tone.DONE)


@admin.register(Lot)
class LotAdmin(PageAdmin):
    """Batches of items; held and traced as one."""

    access = LOTS
    list_display = ("number", "item", "condition", "supplier", "supplier_lot", "made", "expiry")
    list_select_related = ("item", "supplier")
    list_filter = (HeldFilter, PlaceFilter, ("item", AutocompleteSelectFilter))
    search_fields = ("number", "supplier_lot", "item__number", "item__name")
    first_step = "Lots are named when goods of an item with lots are received."
    buttons = (
        Button(
            name="hold",
            label="Hold",
            operation=freeze_lot,
            argument="lot_id",
            done="Held. Nothing of it leaves, anywhere, until the hold ends.",
            roles=MAY_FREEZE,
            form=AskHold,
            icon="block",
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lot]:
        """With whether each is held."""
        rows: QuerySet[Lot] = super().get_queryset(request)
        return rows.with_held().select_related("item", "supplier")  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="state")
    def condition(self, lot: Lot) -> SafeString:
        """Whether it may leave."""
        return condition_badge(lot)

    @admin.display(description="made", ordering="made_on")
    def made(self, lot: Lot) -> str:
        """When it was made."""
        return day(lot.made_on)

    @admin.display(description="expires", ordering="expires_on")
    def expiry(self, lot: Lot) -> str:
        """From this day on it may not leave."""
        return day(lot.expires_on)

    def note(self, document: Lot) -> str:
        """Why it may not leave, before anything else."""
        hold = document.holds.open().first()
        return f"On hold: {hold.get_reason_display()}. {hold.note}" if hold else ""

    def facts(self, document: Lot) -> Iterable[Fact]:
        """What the label says."""
        yield Fact("State", condition_badge(document))
        yield Fact("Item", link(document.item, f"{document.item.number} {document.item.name}"))
        yield Fact("Supplier", link(document.supplier))
        yield Fact("Supplier's lot", document.supplier_lot or NOTHING)
        yield Fact("Made", day(document.made_on))
        yield Fact("Expires", day(document.expires_on))

    def tables(self, request: HttpRequest, document: Lot) -> Iterable[Table]:
        """Its holds, where it is, how it got there."""
        yield holds_table(request, document.holds.select_related("opened_by", "closed_by"))
        yield balances_table(request, document.balances.filter(on_hand__gt=0).order_by("warehouse", "location__code"))
        yield table_of_moves(request, StockMove.objects.filter(lot=document), empty="None where you work.")


def holds_table(request: HttpRequest, holds: Iterable[Hold]) -> Table:
    """Holds with the way to end them."""
    may_free = worker_of(request).has_role(*MAY_FREE)

    def end(hold: Hold) -> object:
        if hold.closed_at:
            return format_html("{} by {} <small>{}</small>", moment(hold.closed_at), hold.closed_by, hold.close_note)
        if may_free and not hold.source:
            address = reverse("admin:ledger_hold_do", args=[hold.pk, "release"])
            return format_html('<a class="sg-link" href="{}">Release</a>', address)
        return NOTHING

    return Table(
        title="Holds",
        columns=(
            Column("State"),
            Column("Reason"),
            Column("Note"),
            Column("Asked for by"),
            Column("Since"),
            Column("By"),
            Column("Ended"),
        ),
        rows=[
            (
                badge("Ended", Tone.WAITING) if hold.closed_at else badge("Open", Tone.HELD),
                hold.get_reason_display(),
                hold.note,
                hold.source or NOTHING,
                moment(hold.opened_at),
                hold.opened_by,
                end(hold),
            )
            for hold in holds
        ],
        empty="Never held.",
    )


@admin.register(Hold)
class HoldAdmin(PageAdmin):
    """Why lots may not leave, since when, and who ended it."""

    access = LOTS
    list_display = ("lot", "item", "stands", "reason", "note", "source", "since", "opened_by")
    list_select_related = ("lot__item", "opened_by", "closed_by")
    list_filter = (("closed_at", admin.EmptyFieldListFilter), "reason")
    search_fields = ("lot__number", "lot__item__number", "note", "source")
    first_step = "Hold a lot on its page; a recall holds all of its lots at once."
    buttons = (
        Button(
            name="release",
            label="Release",
            operation=free_lot,
            argument="hold_id",
            done="Released. The lot is free unless another hold is open.",
            roles=MAY_FREE,
            when=lambda hold: hold.closed_at is None and not hold.source,
            form=AskNote,
            icon="lock_open",
        ),
    )

    @admin.display(description="item", ordering="lot__item__number")
    def item(self, hold: Hold) -> str:
        """Of what."""
        return hold.lot.item.number

    @admin.display(description="state")
    def stands(self, hold: Hold) -> SafeString:
        """Whether it still binds."""
        return badge("Ended", Tone.WAITING) if hold.closed_at else badge("Open", Tone.HELD)

    @admin.display(description="since", ordering="opened_at")
    def since(self, hold: Hold) -> SafeString:
        """From when on."""
        return moment(hold.opened_at)

    def facts(self, document: Hold) -> Iterable[Fact]:
        """What is held and why."""
        yield Fact("State", self.stands(document))
        yield Fact("Lot", link(document.lot))
        yield Fact("Item", link(document.lot.item))
        yield Fact("Reason", document.get_reason_display())
        yield Fact("Note", document.note or NOTHING)
        yield Fact("Since", moment(document.opened_at))
        yield Fact("By", document.opened_by)
        if document.closed_at:
            yield Fact("Ended", moment(document.closed_at))
            yield Fact("Ended by", document.closed_by)
            yield Fact("Because", document.close_note or NOTHING)

    def trail_number(self, document: Hold) -> str:
        """What was done stands in the lot's trail."""
        return document.lot.number

    trail_kinds = ("lot",)
