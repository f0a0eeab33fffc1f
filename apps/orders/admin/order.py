"""Channels and sales orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import RangeDateFilter

from apps.accounts.access import OUTBOUND
from apps.core import clock
from apps.core.admin import OwnFilter, StateFilter, due_filter, worker_of
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment, money, progress, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.draft import DraftAdmin, choose, day_field, number_field, pick_one, text_field
from apps.journal.admin.page import AskReason, Button
from apps.journal.desk import act
from apps.ledger.admin.cells import MovesStock, moves_table
from apps.locations.models import Warehouse
from apps.orders.admin.cells import (
    NEXT_STEPS,
    OPEN_STATES,
    OnHoldFilter,
    holds_table,
    late_badge,
    order_badge,
    picks_table,
    put_backs_table,
    shipments_table,
    waves_table,
)
from apps.orders.admin.verbs import AFTER_TAKING, outlook_table
from apps.orders.models import Channel, OrderHold, Pick, PutBack, SalesOrder, SalesOrderLine, Wave
from apps.orders.operations import (
    OrderLine,
    allocate_order,
    cancel_sales_order,
    confirm_sales_order,
    raise_sales_order,
    release_wave,
)
from apps.orders.operations.allocate import PLANNERS
from apps.orders.operations.trail import SELLERS
from apps.orders.queries import LineProgress, outlook_of, progress_of
from apps.orders.states import MAY_CANCEL, SalesOrderState
from apps.shipping.models import Shipment

ZERO = Decimal(0)


@admin.register(SalesOrder)
class SalesOrderAdmin(MovesStock, DraftAdmin):
    """What customers asked for, from the draft to the truck."""

    access = OUTBOUND
    trail_kinds = ("shipment",)
    drafted_by = (*SELLERS,)
    list_display = (
        "number",
        "stands",
        "party",
        "due_day",
        "priority",
        "line_count",
        "channel",
        "reference",
        "warehouse",
        "next_step",
    )
    list_select_related = ("warehouse", "customer", "channel")
    list_filter = (
        ("state", StateFilter),
        due_filter(OPEN_STATES),
        ("warehouse", OwnFilter),
        ("channel", OwnFilter),
        ("due_on", RangeDateFilter),
        "ship_complete",
        OnHoldFilter,
    )
    search_fields = ("number", "reference", "customer__number", "customer__name", "lines__item__number")
    actions = ("confirm", "allocate", "release")
    first_step = "Orders come in by the API and by import; take one down here to try it."
    buttons = (
        Button(
            name="confirm",
            label="Confirm",
            operation=confirm_sales_order,
            argument="order_id",
            done="%s is confirmed and its goods are promised.",
            roles=SELLERS,
            states=(SalesOrderState.DRAFT,),
            icon="handshake",
        ),
        Button(
            name="allocate",
            label="Allocate",
            operation=allocate_order,
            argument="order_id",
            done="%s has stock reserved at its bins.",
            roles=PLANNERS,
            states=(SalesOrderState.CONFIRMED, SalesOrderState.PART_SHIPPED),
            icon="bookmark_add",
        ),
        Button(
            name="release",
            label="Release to the floor",
            operation=release_wave,
            given=lambda order: {"warehouse_id": order.warehouse_id, "order_ids": [order.pk]},
            done="Wave %s is on the floor.",
            roles=PLANNERS,
            states=(SalesOrderState.ALLOCATED,),
            icon="waves",
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_sales_order,
            argument="order_id",
            done="%s is given up; what was reserved for it is free, what is picked is to be put back.",
            roles=SELLERS,
            states=tuple(MAY_CANCEL),
            form=AskReason,
            icon="close",
            grave=True,
        ),
        *AFTER_TAKING,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SalesOrder]:
        """With how many lines each has."""
        rows: QuerySet[SalesOrder] = super().get_queryset(request)
        return rows.select_related("warehouse", "customer", "channel").annotate(
            asked=Count("lines", distinct=True), held=Exists(OrderHold.objects.open().filter(order=OuterRef("pk")))
        )

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """From where, for whom, by when."""
        return {
            "warehouse": pick_one(Warehouse, request),
            "channel": pick_one(Channel, request),
            "customer": choose(SalesOrder, "customer", request),
            "due_on": day_field(label="Due", help_text="To leave the warehouse by"),
            "reference": text_field(required=False, max_length=80),
        }

    def line_fields(self, request: HttpRequest) -> dict[str, Field]:
        """What, how much, at what price."""
        return {
            "item": choose(SalesOrderLine, "item", request),
            "quantity": number_field(help_text="Base units"),
            "price": number_field(initial=0),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Raised like any other order."""
        return raise_sales_order, {
            "warehouse_id": head["warehouse"].pk,
            "channel_id": head["channel"].pk,
            "customer_id": head["customer"].pk,
            "due_on": head["due_on"],
            "reference": head["reference"],
            "lines": [
                OrderLine(item_id=line["item"].pk, quantity=line["quantity"], price=line["price"]) for line in lines
            ],
        }

    def has_sell_permission(self, request: HttpRequest) -> bool:
        """Who may bind the company to a customer."""
        return worker_of(request).has_role(*SELLERS)

    def has_plan_permission(self, request: HttpRequest) -> bool:
        """Who may decide what goes to the floor."""
        return worker_of(request).has_role(*PLANNERS)

    @admin.action(description="Confirm", permissions=["sell"])
    def confirm(self, request: HttpRequest, orders: QuerySet[SalesOrder]) -> None:
        """Each by itself: one that is refused does not hold up the others."""
        for order in orders.order_by("pk"):
            act(request, confirm_sales_order, done=f"{order} is confirmed.", order_id=order.pk)

    @admin.action(description="Allocate", permissions=["plan"])
    def allocate(self, request: HttpRequest, orders: QuerySet[SalesOrder]) -> None:
        """Each by itself, the one due first going first."""
        for order in orders.order_by("due_on", "pk"):
            act(request, allocate_order, done=f"{order} has stock reserved.", order_id=order.pk)

    @admin.action(description="Release to the floor, a wave a warehouse", permissions=["plan"])
    def release(self, request: HttpRequest, orders: QuerySet[SalesOrder]) -> None:
        """Those of one warehouse go together."""
        chosen = orders.order_by("warehouse_id", "pk").values_list("warehouse_id", "pk")
        for warehouse_id, together in groupby(chosen, key=lambda row: row[0]):
            order_ids = [pk for _, pk in together]
            act(request, release_wave, done="Wave %s is on the floor.", warehouse_id=warehouse_id, order_ids=order_ids)

    @admin.display(description="state", ordering="state")
    def stands(self, order: SalesOrder) -> SafeString:
        """Where it stands."""
        return order_badge(order)

    @admin.display(description="customer", ordering="customer__name")
    def party(self, order: SalesOrder) -> str:
        """For whom."""
        return order.customer.name

    @admin.display(description="due", ordering="due_on")
    def due_day(self, order: SalesOrder) -> SafeString:
        """When it should leave."""
        return late_badge(order)

    @admin.display(description="lines")
    def line_count(self, order: SalesOrder) -> int:
        """How many."""
        return getattr(order, "asked", 0)

    @admin.display(description="next")
    def next_step(self, order: SalesOrder) -> str:
        """What it waits for."""
        if getattr(order, "held", False):
            return "Release its hold"
        return NEXT_STEPS.get(SalesOrderState(order.state), NOTHING)

    def family(self, document: SalesOrder) -> Sequence[str]:
        """The order and its shipments."""
        shipments = Shipment.objects.filter(order_shipment__order=document).order_by("pk")
        return [document.number, *shipments.values_list("number", flat=True)]

    def facts(self, document: SalesOrder) -> Iterable[Fact]:
        """For whom, by when, where to."""
        yield Fact("State", order_badge(document))
        yield Fact("Customer", link(document.customer, document.customer.name))
        yield Fact("Channel", document.channel)
        yield Fact("Warehouse", document.warehouse)
        for hold in document.holds.open().order_by("pk"):
            yield Fact("On hold", badge(f"{hold.get_kind_display()}: {hold.reason}", Tone.HELD))
        yield Fact("Due", late_badge(document))
        if document.requested_on != document.due_on:
            yield Fact("Wanted", day(document.requested_on))
        yield Fact("Priority", document.priority)
        if document.ship_complete:
            yield Fact("Ships", "all at once")
        if document.parent is not None:
            yield Fact("Part of", link(document.parent))
        for part in document.children.order_by("pk"):
            yield Fact("Served too by", link(part, f"{part} at {part.warehouse}"))
        yield Fact("Shipped", shipped_bar(progress_of([document.pk]).get(document.pk, [])))
        yield Fact("Next", self.next_step(document))
        yield Fact("Ship to", ", ".join([document.ship_to, *document.address_lines]))
        yield Fact("Placed", moment(document.placed_at, document.warehouse.timezone))
        if document.reference:
            yield Fact("Reference", document.reference)
        if document.min_remaining_days:
            yield Fact("Shelf life left", f"{document.min_remaining_days} days")

    def tables(self, request: HttpRequest, document: SalesOrder) -> Iterable[Table]:
        """Lines with how far each is, waves, shipments, picks, moves."""
        yield Table(
            title="Lines",
            columns=(
                Column("Line"),
                Column("Item"),
                Column("Name"),
                Column("Ordered", number=True),
                Column("Reserved", number=True),
                Column("Picked", number=True),
                Column("Short", number=True),
                Column("Shipped", number=True),
                Column("Back-ordered", number=True),
                Column("Promised"),
                Column("Shipped so far"),
                Column("Price", number=True),
            ),
            rows=[_line(each, document) for each in progress_of([document.pk]).get(document.pk, [])],
            empty="No lines.",
        )
        today = document.warehouse.local_date(clock.now())
        if open_lines := outlook_of(document, today=today):
            yield outlook_table(open_lines)
        if document.holds.exists():
            yield holds_table(document)
        back = PutBack.objects.filter(pick__allocation__line__order=document)
        if back.exists():
            yield put_backs_table(back)
        yield waves_table(Wave.objects.filter(picks__allocation__line__order=document).distinct())
        yield shipments_table(Shipment.objects.filter(order_shipment__order=document))
        yield picks_table(Pick.objects.filter(allocation__line__order=document))
        yield moves_table(request, *self.family(document))


def shipped_bar(lines: Sequence[LineProgress]) -> SafeString:
    """How much of all lines has left."""
    return progress(sum((each.shipped for each in lines), ZERO), sum((each.ordered for each in lines), ZERO))


def _line(each: LineProgress, order: SalesOrder) -> tuple[object, ...]:
    item = each.line.item
    owed = quantity(each.back_ordered, item.unit)
    return (
        each.line.line,
        link(item),
        item.name,
        quantity(each.ordered, item.unit),
        quantity(each.allocated, item.unit),
        quantity(each.picked, item.unit),
        badge(quantity(each.short, item.unit), Tone.LATE) if each.short else quantity(each.short, item.unit),
        quantity(each.shipped, item.unit),
        badge(owed, Tone.LATE) if each.back_ordered and order.state != SalesOrderState.CONFIRMED else owed,
        day(each.line.promised_on),
        progress(each.shipped, each.ordered),
        money(each.line.price, order.currency),
    )
