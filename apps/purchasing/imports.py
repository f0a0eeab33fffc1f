"""Purchase orders from other systems' files, raised as drafts by whoever imports them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from apps.catalog.models import Item, Party
from apps.core.imports import Column, Plan, Problems, Reference, cells
from apps.core.imports.documents import Sheet, SheetsPlan, plan_sheets, read_sheets
from apps.core.querysets import Viewer
from apps.journal.actor import Actor
from apps.journal.imports import note
from apps.locations.models import Warehouse
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations import OrderLine, raise_purchase_order

HEAD = (
    Column(name="reference", meaning="the other system's number; the key with `supplier`", required=True),
    Column(name="supplier", meaning="number of the party", required=True, refers=Reference(model=Party)),
    Column(name="warehouse", meaning="code", required=True, refers=Reference(model=Warehouse, field="code")),
    Column(name="due_on", meaning="as 2026-11-30", required=True, read=cells.day),
    Column(name="terms", meaning="text"),
    Column(name="currency", meaning="three letters; empty: the supplier's, else the company's"),
    Column(name="exchange_rate", meaning="company currency for one of it", read=cells.number, blank=None),
)
LINES = (
    Column(name="item", meaning="number of the item", required=True, refers=Reference(model=Item)),
    Column(name="quantity", meaning="base units", required=True, read=cells.quantity),
    Column(name="price", meaning="a base unit; empty: the supplier's list", read=cells.price, blank=None),
    Column(name="supplier_code", meaning="the supplier's number of the item"),
)


def preview_purchase_orders(text: str, viewer: Viewer | None = None) -> SheetsPlan:
    """What the file would do, brought in by `viewer`."""
    problems = Problems()
    sheets = read_sheets(text, head=HEAD, lines=LINES, key=("supplier", "reference"), problems=problems, viewer=viewer)
    orders = PurchaseOrder.objects.filter(reference__in={sheet.head["reference"] for sheet in sheets})
    known = {
        (order.supplier_id, order.reference): [(line.item_id, line.quantity) for line in order.lines.all()]
        for order in orders.prefetch_related("lines")
    }
    return plan_sheets(sheets, known, problems)


def import_purchase_orders(*, text: str, by: Actor, at: datetime) -> Plan:
    """Raise the orders that are not there yet, all or none. An order that is there with the same lines is left."""
    plan = preview_purchase_orders(text, by.user)
    plan.raise_all(partial(_raise, by=by, at=at))
    note(plan, kind="purchase orders", by=by, at=at)
    return plan


def _raise(sheet: Sheet, *, by: Actor, at: datetime) -> None:
    head = {column.name: sheet.head[column.name] for column in HEAD if column.refers is None}
    raise_purchase_order(
        warehouse_id=sheet.head["warehouse"].pk,
        supplier_id=sheet.head["supplier"].pk,
        lines=[
            OrderLine(
                item_id=line.values["item"].pk,
                quantity=line.values["quantity"],
                price=line.values.get("price"),
                supplier_code=line.values.get("supplier_code", ""),
            )
            for line in sheet.lines
        ],
        **head,
        by=by,
        at=at,
    )
