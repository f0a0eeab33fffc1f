"""The life of a sales order, a wave and a pick."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class SalesOrderState(models.TextChoices):
    """Where a sales order stands; how far each line is, is derived from picks and shipments."""

    DRAFT = "draft", "Draft"
    CONFIRMED = "confirmed", "Confirmed"
    ALLOCATED = "allocated", "Allocated"
    RELEASED = "released", "Released to the floor"
    PICKED = "picked", "Picked"
    PART_SHIPPED = "part_shipped", "Partly shipped, the rest back-ordered"
    SHIPPED = "shipped", "Shipped"
    CANCELLING = "cancelling", "Given up, goods to be put back"
    CANCELLED = "cancelled", "Cancelled"


SALES_ORDER_FLOW = Flow(
    {
        SalesOrderState.DRAFT: {SalesOrderState.CONFIRMED, SalesOrderState.CANCELLED},
        SalesOrderState.CONFIRMED: {
            SalesOrderState.ALLOCATED,
            SalesOrderState.CANCELLING,
            SalesOrderState.CANCELLED,
        },
        SalesOrderState.ALLOCATED: {
            SalesOrderState.RELEASED,
            SalesOrderState.CONFIRMED,
            SalesOrderState.PICKED,
            SalesOrderState.PART_SHIPPED,
            SalesOrderState.SHIPPED,
            SalesOrderState.CANCELLING,
            SalesOrderState.CANCELLED,
        },
        SalesOrderState.RELEASED: {
            SalesOrderState.PICKED,
            SalesOrderState.CONFIRMED,
            SalesOrderState.PART_SHIPPED,
            SalesOrderState.SHIPPED,
            SalesOrderState.CANCELLING,
            SalesOrderState.CANCELLED,
        },
        SalesOrderState.PICKED: {
            SalesOrderState.ALLOCATED,
            SalesOrderState.CONFIRMED,
            SalesOrderState.SHIPPED,
            SalesOrderState.PART_SHIPPED,
            SalesOrderState.CANCELLING,
            SalesOrderState.CANCELLED,
        },
        SalesOrderState.PART_SHIPPED: {
            SalesOrderState.ALLOCATED,
            SalesOrderState.SHIPPED,
            SalesOrderState.CANCELLING,
        },
        SalesOrderState.SHIPPED: set(),
        SalesOrderState.CANCELLING: {SalesOrderState.CANCELLED, SalesOrderState.SHIPPED},
        SalesOrderState.CANCELLED: set(),
    }
)

MAY_CANCEL = frozenset(
    state
    for state in SalesOrderState
    if {SalesOrderState.CANCELLED, SalesOrderState.CANCELLING} & SALES_ORDER_FLOW.transitions[state]
    and state != SalesOrderState.CANCELLING
)


class Change(models.TextChoices):
    """What of an order may be changed after it was taken."""

    LINES = "lines", "Lines and quantities"
    DATES = "dates", "Dates"
    ADDRESS = "address", "Address"
    TERMS = "terms", "Priority, and whether it ships complete"


_ALL = frozenset(Change)
MAY_CHANGE: dict[str, frozenset[Change]] = {
    SalesOrderState.DRAFT: _ALL,
    SalesOrderState.CONFIRMED: _ALL,
    SalesOrderState.ALLOCATED: _ALL,
    SalesOrderState.RELEASED: _ALL,
    SalesOrderState.PICKED: _ALL,
    SalesOrderState.PART_SHIPPED: _ALL,
    SalesOrderState.SHIPPED: frozenset(),
    SalesOrderState.CANCELLING: frozenset(),
    SalesOrderState.CANCELLED: frozenset(),
}
"""By state. What is in a carton stays as it is in every state, until the carton is emptied."""


class WaveState(models.TextChoices):
    """Where a wave stands."""

    RELEASED = "released", "Released"
    DONE = "done", "Done"


WAVE_FLOW = Flow({WaveState.RELEASED: {WaveState.DONE}, WaveState.DONE: set()})


class PickState(models.TextChoices):
    """Where a pick stands."""

    TO_PICK = "to_pick", "To pick"
    PICKED = "picked", "Picked"
    SHORT = "short", "Short"
    CANCELLED = "cancelled", "Cancelled"


PICK_FLOW = Flow(
    {
        PickState.TO_PICK: {PickState.PICKED, PickState.SHORT, PickState.CANCELLED},
        PickState.PICKED: set(),
        PickState.SHORT: set(),
        PickState.CANCELLED: set(),
    }
)


class WalkKind(models.TextChoices):
    """How the order of a walk was found."""

    EXACT = "exact", "The shortest"
    NEAR = "near", "Short, not proven shortest"
    SEQUENCE = "sequence", "As the bins are numbered"


class PickMethod(models.TextChoices):
    """How orders are put together for one walk."""

    SINGLE = "single", "One order a walk"
    BATCH = "batch", "Goods of several orders together, sorted afterwards"
    CLUSTER = "cluster", "A cart with a tote for each order"
    ZONE = "zone", "A walk in each zone, orders put together afterwards"


class RoundState(models.TextChoices):
    """Where a pick round stands."""

    READY = "ready", "Ready"
    PICKING = "picking", "Being picked"
    DONE = "done", "Done"


ROUND_FLOW = Flow(
    {
        RoundState.READY: {RoundState.PICKING, RoundState.DONE},
        RoundState.PICKING: {RoundState.READY, RoundState.DONE},
        RoundState.DONE: set(),
    }
)
