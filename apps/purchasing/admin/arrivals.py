"""What suppliers announce, and goods at the dock that nobody could name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldBooleanSwitchWidget

from apps.accounts.access import INBOUND
from apps.catalog.models import Item
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, day, due, link, moment, quantity
from apps.core.admin.page import Column, Event, Fact, Paper, Table
from apps.core.clock import now
from apps.core.decimals import plain
from apps.journal.admin.draft import day_field, number_field, text_field
from apps.journal.admin.page import AskReason, Button, PageAdmin
from apps.purchasing.admin.badges import notice_badge, parked_badge
from apps.purchasing.admin.parts import ordered_as
from apps.purchasing.models import ParkedGoods, ShippingNotice
from apps.purchasing.models.limit import DECIDERS
from apps.purchasing.operations import Arrival, cancel_notice, identify_parked, return_parked
from apps.purchasing.states import NoticeState, ParkedState


def missing_table(notice: ShippingNotice, *, closed: bool) -> Table:
    """What was announced, and how much of it has not come."""
    lines: Any = notice.lines.with_came().select_related("item__unit", "unit", "order_line__order").order_by("line")
    return Table(
        title="Announced",
        columns=(
            Column("Item"),
            Column("Order line"),
            Column("In"),
            Column("Lot"),
            Column("Expires"),
            Column("Announced", number=True),
            Column("Came", number=True),
            Column("Missing" if closed else "To come", number=True),
        ),
        rows=[
            (
                link(line.item),
                ordered_as(line.order_line),
                line.unit or "Loose",
                line.lot_number or NOTHING,
                day(line.expires_on),
                quantity(line.quantity, line.item.unit),
                quantity(line.came, line.item.unit),
                quantity(line.quantity - line.came, line.item.unit) if line.quantity > line.came else NOTHING,
            )
            for line in lines
        ],
        empty="Nothing was announced.",
    )


@admin.register(ShippingNotice)
class ShippingNoticeAdmin(PageAdmin):
    """What is on its way, as suppliers announce it."""

    access = INBOUND
    list_display = ("number", "stands", "party", "reference", "expected", "carrier", "warehouse")
    list_select_related = ("warehouse", "supplier")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter))
    search_fields = ("number", "reference", "supplier__number", "supplier__name", "units__sscc", "vehicle")
    first_step = "A supplier's system announces a despatch by the API; the dock then takes in each pallet by one scan."
    buttons = (
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_notice,
            argument="notice_id",
            done="%s is cancelled; its orders are waited for as before.",
            roles=DECIDERS,
            states=(NoticeState.ANNOUNCED,),
            form=AskReason,
            icon="close",
            grave=True,
        ),
    )

    @admin.display(description="state", ordering="state")
    def stands(self, notice: ShippingNotice) -> SafeString:
        """Where it stands."""
        return notice_badge(notice)

    @admin.display(description="supplier")
    def party(self, notice: ShippingNotice) -> str:
        """From whom."""
        return notice.supplier.name

    @admin.display(description="expected", ordering="expected_on")
    def expected(self, notice: ShippingNotice) -> SafeString:
        """When the truck should be here, and how late it is."""
        today = notice.warehouse.local_date(now())
        return due(notice.expected_on, today, is_open=notice.state == NoticeState.ANNOUNCED)

    def facts(self, document: ShippingNotice) -> Iterable[Fact]:
        """Who sends what by whom."""
        yield Fact("State", notice_badge(document))
        yield Fact("Supplier", link(document.supplier, document.supplier.name))
        yield Fact("Their number", document.reference)
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Expected", self.expected(document))
        yield Fact("Carrier", document.carrier or NOTHING)
        yield Fact("Vehicle", document.vehicle or NOTHING)
        yield Fact("Units", document.units.count())
        for receipt in document.receipts.order_by("pk"):
            yield Fact("Receipt", link(receipt))

    def papers(self, document: ShippingNotice) -> Iterable[Paper]:
        """What the dock expects."""
        yield Paper("Arrival sheet", f"/api/v1/shipping-notices/{document.number}/sheet")

    def events(self, request: HttpRequest, document: ShippingNotice) -> Iterable[Event]:
        """Its beginning."""
        yield Event(at=document.created_at, who=document.noted_by, what="announced it")
        yield from super().events(request, document)

    def tables(self, request: HttpRequest, document: ShippingNotice) -> Iterable[Table]:
        """Its lines with what has come, and its units."""
        del request
        yield missing_table(document, closed=document.state == NoticeState.RECEIVED)
        yield Table(
            title="Units",
            columns=(Column("SSCC"), Column("Kind"), Column("In or on")),
            rows=[
                (unit.sscc, unit.get_kind_display(), unit.parent or NOTHING)
                for unit in document.units.select_related("parent").order_by("pk")
            ],
            empty="Loose goods only.",
        )


class AskItem(forms.Form):
    """What parked goods are, as their label says."""

    item = text_field(max_length=40, help_text="Its number")
    quantity = number_field(help_text="Base units")
    lot_number = text_field(required=False, max_length=40, label="Lot")
    expires_on = day_field(required=False, label="Expires")
    line = text_field(required=False, max_length=9, help_text="Of the truck's order, if it was ordered")
    teach = forms.BooleanField(
        required=False, widget=UnfoldBooleanSwitchWidget(), help_text="From now on the code stands for this item"
    )

    def clean(self) -> dict[str, Any]:
        """What the operation takes."""
        said = super().clean() or {}
        item = Item.objects.filter(number=said.get("item")).first()
        if said.get("item") and item is None:
            self.add_error("item", "There is no such item.")
        line = said.get("line") or ""
        if line and not line.isdecimal():
            self.add_error("line", "A line's number.")
        if self.errors or item is None:
            return said
        return {
            "teach": said["teach"],
            "arrival": Arrival(
                line=int(line) if line else None,
                item_id=item.pk,
                quantity=said["quantity"],
                lot_number=said["lot_number"],
                expires_on=said["expires_on"],
            ),
        }


@admin.register(ParkedGoods)
class ParkedGoodsAdmin(PageAdmin):
    """Goods under a code that stands for no item."""

    access = INBOUND
    list_display = ("number", "stands", "code", "counted", "location", "receipt", "parked")
    list_select_related = ("receipt__warehouse", "location")
    list_filter = (("state", StateFilter), ("receipt__warehouse", OwnFilter))
    search_fields = ("number", "code", "description", "receipt__number")
    first_step = "The dock sets goods aside here when nobody knows the code on them."
    buttons = (
        Button(
            name="identify",
            label="Say what it is",
            operation=identify_parked,
            argument="parked_id",
            done="%s has come in.",
            roles=DECIDERS,
            states=(ParkedState.PARKED,),
            form=AskItem,
            icon="label",
        ),
        Button(
            name="return",
            label="Give back",
            operation=return_parked,
            argument="parked_id",
            done="%s was given back.",
            roles=DECIDERS,
            states=(ParkedState.PARKED,),
            form=AskReason,
            icon="undo",
        ),
    )

    @admin.display(description="state", ordering="state")
    def stands(self, parked: ParkedGoods) -> SafeString:
        """Whether somebody has named them."""
        return parked_badge(parked)

    @admin.display(description="pieces", ordering="pieces")
    def counted(self, parked: ParkedGoods) -> str:
        """As the dock counted them."""
        return plain(parked.pieces)

    @admin.display(description="set aside", ordering="created_at")
    def parked(self, parked: ParkedGoods) -> SafeString:
        """By the clock of the warehouse."""
        return moment(parked.created_at, parked.receipt.warehouse.timezone)

    def facts(self, document: ParkedGoods) -> Iterable[Fact]:
        """What it is, and where it stands."""
        yield Fact("State", parked_badge(document))
        yield Fact("Code on it", document.code)
        yield Fact("Pieces", self.counted(document))
        yield Fact("Description", document.description or NOTHING)
        yield Fact("Where", document.location)
        yield Fact("Receipt", link(document.receipt))
        yield Fact("Set aside", self.parked(document))
        yield Fact("By", document.parked_by)
        if document.item is not None:
            yield Fact("Item", link(document.item))
        if document.reason:
            yield Fact("Because", document.reason)
