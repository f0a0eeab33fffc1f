"""Transfers at the desk: both sites see them, the sender decides, the receiver takes in and explains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from apps.accounts.access import OUTBOUND
from apps.core import clock
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment, quantity
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.journal.actor import Actor
from apps.journal.admin.draft import DraftAdmin, choose, day_field, number_field, text_field
from apps.journal.admin.page import AskReason, Button, DocumentForm
from apps.ledger.admin.cells import moves_table, status_badge
from apps.ledger.models import StockBalance
from apps.locations.models import Location, Warehouse
from apps.storage.queries import goods_on, outermost_of
from apps.tasks.admin import tasks_table
from apps.transfers.models import Transfer, TransferArrival, TransferLine, TransitClosing
from apps.transfers.operations import (
    AskedGoods,
    approve_transfer,
    cancel_transfer,
    close_transit,
    end_transfer,
    raise_transfer,
    receive_goods,
    receive_units,
    reject_transfer,
    request_transfer,
)
from apps.transfers.operations.road import COMES_IN_AT
from apps.transfers.operations.trail import MAY_ASK, MAY_DECIDE
from apps.transfers.queries import balances_on_the_road, is_on_the_road, late, progress_of, was_dispatched
from apps.transfers.rules import Named
from apps.transfers.states import TransferStage, TransferState, TransitOutcome

TONES = {
    TransferStage.DRAFT: Tone.WAITING,
    TransferStage.REQUESTED: Tone.READY,
    TransferStage.REJECTED: Tone.BLOCKED,
    TransferStage.APPROVED: Tone.READY,
    TransferStage.PICKING: Tone.PROGRESS,
    TransferStage.IN_TRANSIT: Tone.PROGRESS,
    TransferStage.PART_RECEIVED: Tone.PROGRESS,
    TransferStage.RECEIVED: Tone.PROGRESS,
    TransferStage.CLOSED: Tone.DONE,
    TransferStage.CANCELLED: Tone.WAITING,
}


def stage_badge(stage: str) -> SafeString:
    """Where a transfer stands, in its colour."""
    return badge(TransferStage(stage).label, TONES[TransferStage(stage)])


class AskPerhaps(forms.Form):
    """A word about it, where there is one to say."""

    reason = text_field(max_length=200, required=False)


class AskPlace(DocumentForm):
    """Where goods stand at the site that they were sent to."""

    location_id = forms.TypedChoiceField(coerce=int, label="Place", widget=UnfoldAdminSelectWidget())

    def __init__(self, data: Any, *, document: Transfer) -> None:
        super().__init__(data, document=document)
        places = Location.objects.filter(warehouse=document.destination_id, kind__in=COMES_IN_AT, is_active=True)
        field: Any = self.fields["location_id"]
        none = [] if field.required else [("", "Nowhere")]
        field.choices = [*none, *places.order_by("code").values_list("pk", "code")]


class AskArrived(AskPlace):
    """Some goods of it, out of their carton."""

    goods = forms.TypedChoiceField(coerce=int, widget=UnfoldAdminSelectWidget())
    quantity = number_field(help_text="Base units; what is missing stays on the road")
    damaged = forms.BooleanField(required=False)
    reason = text_field(max_length=200, required=False, help_text="Of damaged goods: what happened to them")

    def __init__(self, data: Any, *, document: Transfer) -> None:
        super().__init__(data, document=document)
        goods: Any = self.fields["goods"]
        goods.choices = _choices(document)


class AskOutcome(AskPlace):
    """What became of goods on the road."""

    outcome = forms.ChoiceField(choices=TransitOutcome.choices, widget=UnfoldAdminSelectWidget())
    remark = text_field(max_length=200, label="Because")
    goods = forms.TypedChoiceField(coerce=int, required=False, empty_value=None, widget=UnfoldAdminSelectWidget())
    quantity = number_field(required=False, help_text="Base units; empty: all of them")
    location_id = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        label="Place",
        help_text="Where what was found stands",
        widget=UnfoldAdminSelectWidget(),
    )

    field_order = ("outcome", "remark", "goods", "quantity", "location_id")

    def __init__(self, data: Any, *, document: Transfer) -> None:
        super().__init__(data, document=document)
        goods: Any = self.fields["goods"]
        goods.choices = [("", "All that is on the road"), *_choices(document)]


def _choices(document: Transfer) -> list[tuple[int, str]]:
    rows = balances_on_the_road(document).select_related("item__unit", "lot", "serial", "unit")
    return [
        (
            row.pk,
            " ".join(filter(None, (str(row.item), str(row.lot or ""), str(row.serial or ""), f"in {row.unit}:")))
            + f" {row.on_hand.normalize():f} {row.item.unit}",
        )
        for row in rows
    ]


def _named(balance_id: int, amount: Decimal | None, **more: Any) -> Named:
    """The goods that a form's choice stands for."""
    row = StockBalance.objects.get(pk=balance_id)
    return Named(
        item_id=row.item_id,
        quantity=row.on_hand if amount is None else amount,
        unit_id=row.unit_id,
        lot_id=row.lot_id,
        serial_id=row.serial_id,
        **more,
    )


def receive_chosen(
    *,
    transfer_id: int,
    location_id: int,
    goods: int,
    quantity: Decimal,
    damaged: bool,
    reason: str,
    by: Actor,
    at: datetime,
) -> Transfer:
    """So much of the goods that were chosen came in."""
    named = _named(goods, quantity, damaged=damaged, reason=reason)
    return receive_goods(transfer_id=transfer_id, location_id=location_id, goods=[named], by=by, at=at)


def close_chosen(
    *, transfer_id: int, goods: int | None, quantity: Decimal | None, by: Actor, at: datetime, **more: Any
) -> Transfer:
    """What became of the goods that were chosen, or of all."""
    named = [] if goods is None else [_named(goods, quantity)]
    return close_transit(transfer_id=transfer_id, goods=named, by=by, at=at, **more)


def _outer_units(document: Transfer) -> Sequence[int]:
    """The cartons on the road; in their stead the pallets of which all goods are this transfer's."""
    mine: dict[int, Decimal] = {}
    for row in balances_on_the_road(document):
        if row.unit_id is not None:
            mine[row.unit_id] = mine.get(row.unit_id, Decimal(0)) + row.on_hand
    outer = outermost_of(mine)
    on_outer = {unit: sum(each.quantity for each in goods) for unit, goods in goods_on(outer.values()).items()}
    whole = {
        unit
        for unit, total in on_outer.items()
        if total == sum(amount for carton, amount in mine.items() if outer[carton] == unit)
    }
    return sorted({outer[carton] if outer[carton] in whole else carton for carton in mine})


class RoadFilter(SimpleListFilter):
    """By what is on the road."""

    title = "on the road"
    parameter_name = "road"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What people wait for."""
        del request, model_admin
        return [("late", "Late"), ("any", "Any")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those with goods on the road, or with late ones."""
        del request
        if self.value() == "late":
            return late(queryset, clock.now())
        return queryset.in_transit() if self.value() == "any" else queryset


@admin.register(Transfer)
class TransferAdmin(DraftAdmin):
    """Goods between our own sites."""

    access = OUTBOUND
    drafted_by = MAY_ASK
    draft_label = "Save as a draft"
    drafted = "The transfer is drafted; request it when it is complete."
    list_display = ("number", "stands", "origin", "destination", "needed", "reason", "requested_by", "order")
    list_select_related = ("origin", "destination", "requested_by", "decided_by", "order")
    list_filter = (
        ("state", StateFilter),
        RoadFilter,
        ("origin", OwnFilter),
        ("destination", OwnFilter),
    )
    search_fields = ("number", "order__number", "lines__item__number", "reason")
    first_step = "Ask another of our sites for goods here; somebody there approves it, and it leaves as an order does."
    buttons = (
        Button(
            name="request",
            label="Request",
            operation=request_transfer,
            argument="transfer_id",
            done="%s is requested; the sending site decides.",
            roles=MAY_ASK,
            states=(TransferState.DRAFT,),
            icon="send",
        ),
        Button(
            name="approve",
            label="Approve",
            operation=approve_transfer,
            argument="transfer_id",
            done="%s is approved; its order waits to be allocated.",
            roles=MAY_DECIDE,
            states=(TransferState.REQUESTED,),
            form=AskPerhaps,
            icon="done_all",
        ),
        Button(
            name="reject",
            label="Reject",
            operation=reject_transfer,
            argument="transfer_id",
            done="%s is rejected.",
            roles=MAY_DECIDE,
            states=(TransferState.REQUESTED,),
            form=AskReason,
            icon="undo",
            grave=True,
        ),
        Button(
            name="receive-all",
            label="Receive all cartons",
            operation=receive_units,
            given=lambda document: {"transfer_id": document.pk, "unit_ids": _outer_units(document)},
            done="The cartons of %s stand at the dock and wait to be put away.",
            roles=MAY_DECIDE,
            when=lambda document: document.state == TransferState.APPROVED and is_on_the_road(document),
            form=AskPlace,
            icon="move_to_inbox",
        ),
        Button(
            name="receive",
            label="Receive some",
            operation=receive_chosen,
            argument="transfer_id",
            done="Some of %s is received.",
            roles=MAY_DECIDE,
            when=lambda document: document.state == TransferState.APPROVED and is_on_the_road(document),
            form=AskArrived,
            icon="inventory",
        ),
        Button(
            name="close-transit",
            label="Explain what is missing",
            operation=close_chosen,
            argument="transfer_id",
            done="%s: what became of it is kept.",
            roles=MAY_DECIDE,
            when=lambda document: document.state == TransferState.APPROVED and is_on_the_road(document),
            form=AskOutcome,
            icon="help",
            grave=True,
        ),
        Button(
            name="end",
            label="Send no more",
            operation=end_transfer,
            argument="transfer_id",
            done="Nothing more of %s is sent.",
            roles=MAY_DECIDE,
            when=lambda document: document.state == TransferState.APPROVED and was_dispatched(document),
            form=AskReason,
            icon="block",
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_transfer,
            argument="transfer_id",
            done="%s is cancelled.",
            roles=MAY_ASK,
            when=lambda document: (
                document.state in {TransferState.DRAFT, TransferState.REQUESTED, TransferState.APPROVED}
                and not was_dispatched(document)
            ),
            form=AskReason,
            icon="cancel",
            grave=True,
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """From where to where, by when, and why."""
        sites = Warehouse.objects.filter(is_active=True).order_by("code")
        return {
            "origin": forms.ModelChoiceField(sites, label="From", widget=UnfoldAdminSelectWidget()),
            "destination": forms.ModelChoiceField(sites, label="To", widget=UnfoldAdminSelectWidget()),
            "needed_on": day_field(label="Needed by"),
            "reason": text_field(max_length=200),
        }

    def line_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """What, and how much."""
        return {
            "item": choose(TransferLine, "item", request),
            "quantity": number_field(help_text="Base units"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Written down, to be requested."""
        return raise_transfer, {
            "origin_id": head["origin"].pk,
            "destination_id": head["destination"].pk,
            "needed_on": head["needed_on"],
            "reason": head["reason"],
            "lines": [AskedGoods(item_id=line["item"].pk, quantity=line["quantity"]) for line in lines],
        }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transfer]:
        """With where each stands."""
        rows: Any = super().get_queryset(request)
        found: QuerySet[Transfer] = rows.with_stage().select_related(*self.list_select_related)
        return found

    @admin.display(description="stands", ordering="state")
    def stands(self, document: Any) -> SafeString:
        """Where it stands."""
        return stage_badge(document.stage)

    @admin.display(description="needed by", ordering="needed_on")
    def needed(self, document: Transfer) -> str:
        """By the calendar of its destination."""
        return day(document.needed_on)

    def facts(self, document: Any) -> Iterable[Fact]:
        """From where to where, why, and who decided."""
        zone = document.destination.timezone
        yield Fact("Stands", stage_badge(document.stage))
        yield Fact("From", document.origin)
        yield Fact("To", document.destination)
        yield Fact("Needed by", day(document.needed_on))
        yield Fact("Because", document.reason)
        yield Fact("Asked by", document.requested_by)
        yield Fact("Asked", moment(document.requested_at, zone))
        yield Fact("Decided by", document.decided_by or NOTHING)
        yield Fact("Decided", moment(document.decided_at, zone))
        if document.decision:
            yield Fact("Decision", document.decision)
        if document.order is not None:
            yield Fact("Leaves by", link(document.order))
        if document.closed_at:
            yield Fact("Closed", moment(document.closed_at, zone))

    def papers(self, document: Transfer) -> Iterable[Paper]:
        """What travels with the goods."""
        yield Paper("Transfer note", f"/api/v1/transfers/{document.number}/note")

    def tables(self, request: HttpRequest, document: Transfer) -> Iterable[Table]:
        """How far each line is, what is on the road, what came, what was explained; tasks and moves."""
        yield _lines_table(document)
        yield _road_table(document)
        yield _arrivals_table(document)
        yield _closings_table(document)
        yield tasks_table(request, document.number)
        yield moves_table(request, document.number)


def _lines_table(document: Transfer) -> Table:
    return Table(
        title="Goods",
        columns=(
            Column("Item"),
            *(Column(title, number=True) for title in ("Asked", "Sent", "On the road", "Received", "Explained")),
        ),
        rows=[
            (
                link(each.line.item),
                *(
                    quantity(amount, each.line.item.unit)
                    for amount in (each.asked, each.dispatched, each.in_transit, each.received, each.closed)
                ),
            )
            for each in progress_of([document.pk])[document.pk]
        ],
    )


def _road_table(document: Transfer) -> Table:
    rows = balances_on_the_road(document).select_related("item__unit", "lot", "serial", "unit__carton__shipment")
    return Table(
        title="On the road",
        columns=(
            Column("Carton"),
            Column("Item"),
            Column("Lot"),
            Column("Serial number"),
            Column("Quantity", number=True),
            Column("Left"),
        ),
        rows=[
            (
                link(row.unit),
                link(row.item),
                link(row.lot),
                row.serial or NOTHING,
                quantity(row.on_hand, row.item.unit),
                moment(row.unit.carton.shipment.shipped_at if row.unit else None, document.destination.timezone),
            )
            for row in rows
        ],
        empty="Nothing of it is on the road.",
    )


def _arrivals_table(document: Transfer) -> Table:
    rows = TransferArrival.objects.filter(line__transfer=document)
    return Table(
        title="Received",
        columns=(
            Column("When"),
            Column("Item"),
            Column("Lot"),
            Column("Carton"),
            Column("Quantity", number=True),
            Column("Status"),
            Column("Because"),
            Column("By"),
        ),
        rows=[
            (
                moment(row.received_at, document.destination.timezone),
                link(row.line.item),
                link(row.lot),
                link(row.unit),
                quantity(row.quantity, row.line.item.unit),
                status_badge(row.status),
                row.reason or NOTHING,
                row.received_by,
            )
            for row in rows.select_related("line__item__unit", "lot", "unit", "received_by")
        ],
        empty="Nothing has come yet.",
    )


def _closings_table(document: Transfer) -> Table:
    rows = TransitClosing.objects.filter(line__transfer=document)
    return Table(
        title="Explained",
        columns=(
            Column("When"),
            Column("Item"),
            Column("Lot"),
            Column("Carton"),
            Column("Quantity", number=True),
            Column("What became of it"),
            Column("Because"),
            Column("By"),
        ),
        rows=[
            (
                moment(row.closed_at, document.destination.timezone),
                link(row.line.item),
                link(row.lot),
                link(row.unit),
                quantity(row.quantity, row.line.item.unit),
                row.get_outcome_display(),
                row.note,
                row.closed_by,
            )
            for row in rows.select_related("line__item__unit", "lot", "unit", "closed_by")
        ],
        empty="Nothing was missing so far.",
    )
