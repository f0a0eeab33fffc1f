"""What the outbound pages share: states in their colours, when things are due, the table of picks."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from apps.core import clock
from apps.core.admin.cells import NOTHING, Tone, badge, due, link, moment, named, paper, quantity
from apps.core.admin.page import Column, Table
from apps.orders.models import Pick, SalesOrder, Wave
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
