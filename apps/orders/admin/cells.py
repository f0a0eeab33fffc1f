"""What the outbound pages share: states in their colours, when things are due, the table of picks."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.core import clock
from apps.core.admin.cells import NOTHING, Tone, badge, due, link, moment, named, paper, quantity
from apps.core.admin.page import Column, Table
from apps.orders.models import OrderHold, Pick, PutBack, SalesOrder, Wave
from apps.orders.states import PickState, SalesOrderState, WaveState
from apps.shipping.admin import shipment_badge
from apps.shipping.models import Shipment

ORDER_TONES = {
    SalesOrderState.DRAFT: Tone.WAITING,
    SalesOrderState.CONFIRMED: Tone.READY,
    SalesOrderState.ALLOCATED: Tone.READY,
    SalesOrderState.RELEASED: Tone.PROGRESS,
    SalesOrderState.PICKED: Tone.PROGRESS,
    SalesOrderState.PART_SHIPPED: Tone.LATE,
    SalesOrderState.SHIPPED: Tone.DONE,
    SalesOrderState.CANCELLING: Tone.LATE,
    SalesOrderState.CANCELLED: Tone.BLOCKED,
}
SHORT_WORDS = {
    SalesOrderState.RELEASED: "On the floor",
    SalesOrderState.PART_SHIPPED: "Partly shipped",
    SalesOrderState.CANCELLING: "Being cancelled",
}
"""A badge has room for two words."""

NEXT_STEPS = {
    SalesOrderState.DRAFT: "Confirm it",
    SalesOrderState.CONFIRMED: "Allocate it",
    SalesOrderState.ALLOCATED: "Release it in a wave",
    SalesOrderState.RELEASED: "Pick it",
    SalesOrderState.PICKED: "Pack and ship it",
    SalesOrderState.PART_SHIPPED: "Allocate the back order",
    SalesOrderState.CANCELLING: "Put its goods back",
}
OPEN_STATES = tuple(NEXT_STEPS)[1:]
PICK_TONES = {
    PickState.TO_PICK: Tone.READY,
    PickState.PICKED: Tone.DONE,
    PickState.SHORT: Tone.LATE,
    PickState.CANCELLED: Tone.WAITING,
}


def order_badge(order: SalesOrder) -> SafeString:
    """Where the order stands, in its colour."""
    state = SalesOrderState(order.state)
    return badge(SHORT_WORDS.get(state, state.label), ORDER_TONES[state])


def late_badge(order: SalesOrder) -> SafeString:
    """When it should leave, and how late it is."""
    return due(order.due_on, order.warehouse.local_date(clock.now()), is_open=order.state in OPEN_STATES)


def shipments_table(shipments: QuerySet[Shipment]) -> Table:
    """Shipments with their papers."""
    return Table(
        title="Shipments",
        columns=(
            Column("Shipment"),
            Column("State"),
            Column("Order"),
            Column("Carrier"),
            Column("Left"),
            Column("Papers"),
        ),
        rows=[
            (
                link(shipment),
                shipment_badge(shipment),
                named(shipment.document),
                link(shipment.carrier),
                moment(shipment.shipped_at, shipment.warehouse.timezone),
                paper("Packing slip", f"/api/v1/shipments/{shipment.number}/packing-slip"),
            )
            for shipment in shipments.select_related("carrier", "warehouse").order_by("pk")
        ],
        empty="Nothing is being packed yet. The packing bench opens a shipment for what is picked.",
    )


def wave_badge(wave: Wave) -> SafeString:
    """Whether anything is left to pick."""
    return badge(wave.get_state_display(), Tone.PROGRESS if wave.state == WaveState.RELEASED else Tone.DONE)


def waves_table(waves: QuerySet[Wave]) -> Table:
    """Waves with their pick lists."""
    return Table(
        title="Waves",
        columns=(Column("Wave"), Column("State"), Column("Released"), Column("By"), Column("Papers")),
        rows=[
            (
                link(wave),
                wave_badge(wave),
                moment(wave.released_at, wave.warehouse.timezone),
                wave.released_by,
                paper("Pick list", f"/api/v1/waves/{wave.number}/pick-list"),
            )
            for wave in waves.select_related("warehouse", "released_by").order_by("pk")
        ],
        empty="In no wave yet: release it to the floor when its stock is reserved.",
    )


def picks_table(picks: QuerySet[Pick]) -> Table:
    """Picks as they are walked."""
    rows = picks.select_related(
        "task__item__unit", "task__source", "task__lot", "task__done_by", "tote", "wave", "allocation__line__order"
    )
    return Table(
        title="Picks",
        columns=(
            Column("Pick"),
            Column("State"),
            Column("Order"),
            Column("Wave"),
            Column("Task"),
            Column("Bin"),
            Column("Item"),
            Column("Lot"),
            Column("Asked", number=True),
            Column("Picked", number=True),
            Column("Tote"),
            Column("By"),
        ),
        rows=[
            (
                link(pick),
                badge(pick.get_state_display(), PICK_TONES[PickState(pick.state)]),
                link(pick.allocation.line.order),
                link(pick.wave),
                link(pick.task),
                pick.task.source,
                pick.task.item,
                pick.task.lot or NOTHING,
                quantity(pick.quantity, pick.task.goods.unit),
                quantity(pick.picked, pick.task.goods.unit),
                pick.tote or NOTHING,
                pick.task.done_by or NOTHING,
            )
            for pick in rows.order_by("task__sequence", "pk")
        ],
        empty="Nothing is on the floor yet. Release the order in a wave.",
    )


def holds_table(order: SalesOrder) -> Table:
    """Why an order waits, or waited."""
    zone = order.warehouse.timezone
    return Table(
        title="Holds",
        columns=(
            Column("Hold"),
            Column("State"),
            Column("Because"),
            Column("Since"),
            Column("By"),
            Column("Released"),
            Column("By"),
            Column("Note"),
        ),
        rows=[
            (
                hold.get_kind_display(),
                badge("Released", Tone.DONE) if hold.released_at else badge("On hold", Tone.HELD),
                hold.reason,
                moment(hold.placed_at, zone),
                hold.placed_by,
                moment(hold.released_at, zone),
                hold.released_by or NOTHING,
                hold.release_note or NOTHING,
            )
            for hold in order.holds.select_related("placed_by", "released_by").order_by("pk")
        ],
    )


def put_backs_table(rows: QuerySet[PutBack]) -> Table:
    """Picked goods that are to go back to a bin."""
    return Table(
        title="To be put back",
        columns=(
            Column("Pick"),
            Column("State"),
            Column("Item"),
            Column("Tote"),
            Column("Quantity", number=True),
            Column("Back", number=True),
            Column("Because"),
        ),
        rows=[
            (
                link(row, row.pick),
                badge("To put back", Tone.LATE) if row.left > 0 else badge("Back", Tone.DONE),
                row.pick.task.item,
                row.pick.tote or NOTHING,
                quantity(row.quantity, row.pick.task.goods.unit),
                quantity(row.returned, row.pick.task.goods.unit),
                row.reason,
            )
            for row in rows.select_related("pick__task__item__unit", "pick__tote").order_by("pk")
        ],
    )


class OnHoldFilter(admin.SimpleListFilter):
    """By whether somebody's word is waited for."""

    title = "hold"
    parameter_name = "hold"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """One choice."""
        del request, model_admin
        return [("yes", "On hold")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[SalesOrder]) -> QuerySet[SalesOrder]:
        """Those that wait."""
        del request
        return queryset.filter(pk__in=OrderHold.objects.open().values("order")) if self.value() else queryset
