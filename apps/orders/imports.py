"""Sales orders from other systems' files, raised as drafts: confirming them is somebody's decision."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from apps.catalog.models import Item, Party
from apps.core.imports import Column, Plan, Problems, Reference, cells
from apps.core.imports.documents import Sheet, SheetsPlan, plan_sheets, read_sheets
from apps.core.querysets import Viewer
from apps.journal.actor import Actor
from apps.journal.imports import note
from apps.locations.models import Warehouse
from apps.orders.models import Channel, SalesOrder
from apps.orders.operations import OrderLine, raise_sales_order
from apps.orders.queries import items_by_code

HEAD = (
    Column(name="reference", meaning="the channel's number; the key with `channel`", required=True),
    Column(name="channel", meaning="code", required=True, refers=Reference(model=Channel, field="code")),
    Column(name="customer", meaning="number of the party", required=True, refers=Reference(model=Party)),
    Column(name="warehouse", meaning="code", required=True, refers=Reference(model=Warehouse, field="code")),
    Column(name="due_on", meaning="to leave the warehouse by, as 2026-11-30", required=True, read=cells.day),
    Column(name="requested_on", meaning="when the customer wanted it; empty: `due_on`", read=cells.day, blank=None),
    Column(name="priority", meaning="higher goes first; empty: 50", read=cells.whole, blank=None),
    Column(name="ship_complete", meaning="all of it leaves at once, or nothing", read=cells.yes_no, blank=False),
    Column(name="placed_on", meaning="when the customer ordered; empty: now", read=cells.day, blank=None),
    Column(
        name="min_remaining_days",
        meaning="shelf life that must be left; empty: the customer's",
        read=cells.whole,
        blank=None,
    ),
    Column(name="currency", meaning="three letters; empty: the customer's, else the company's"),
    Column(name="ship_to", meaning="name; empty: the customer's"),
    Column(name="street", meaning="an address without any field is the customer's"),
    Column(name="city", meaning="text"),
    Column(name="region", meaning="text"),
    Column(name="postal_code", meaning="text"),
    Column(name="country", meaning="text"),
    Column(name="carrier", meaning="number of the party", refers=Reference(model=Party), blank=None),
)
LINES = (
    Column(
        name="item",
        meaning="number, GTIN or barcode of the item's base unit, or the code that one channel alone has for it",
        required=True,
        refers=Reference(model=Item, find=items_by_code),
    ),
    Column(name="quantity", meaning="base units", required=True, read=cells.quantity),
    Column(name="price", meaning="a base unit", read=cells.price, blank=Decimal(0)),
)


def preview_sales_orders(text: str, viewer: Viewer | None = None) -> SheetsPlan:
    """What the file would do, brought in by `viewer`."""
    problems = Problems()
    sheets = read_sheets(text, head=HEAD, lines=LINES, key=("channel", "reference"), problems=problems, viewer=viewer)
    orders = SalesOrder.objects.filter(reference__in={sheet.head["reference"] for sheet in sheets})
    known = {
        (order.channel_id, order.reference): [(line.item_id, line.quantity) for line in order.lines.all()]
        for order in orders.prefetch_related("lines")
    }
    return plan_sheets(sheets, known, problems)


def import_sales_orders(*, text: str, by: Actor, at: datetime) -> Plan:
    """Raise the orders that are not there yet, all or none. An order that is there with the same lines is left."""
    plan = preview_sales_orders(text, by.user)
    plan.raise_all(partial(_raise, by=by, at=at))
    note(plan, kind="sales orders", by=by, at=at)
    return plan


def _raise(sheet: Sheet, *, by: Actor, at: datetime) -> None:
    head = {column.name: sheet.head[column.name] for column in HEAD if column.refers is None}
    placed_on, warehouse = head.pop("placed_on"), sheet.head["warehouse"]
    raise_sales_order(
        warehouse_id=warehouse.pk,
        channel_id=sheet.head["channel"].pk,
        customer_id=sheet.head["customer"].pk,
        carrier_id=sheet.head["carrier"].pk if sheet.head["carrier"] else None,
        placed_at=datetime.combine(placed_on, time(), ZoneInfo(warehouse.timezone)) if placed_on else None,
        lines=[
            OrderLine(
                item_id=line.values["item"].pk,
                quantity=line.values["quantity"],
                price=line.values.get("price", Decimal(0)),
            )
            for line in sheet.lines
        ],
        **head,
        by=by,
        at=at,
    )
