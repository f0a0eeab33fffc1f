"""Parts of the pages of orders and receipts."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html

from apps.core.admin.cells import NOTHING, day, link, moment, money, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine


def sending(order: PurchaseOrder) -> Iterable[Fact]:
    """To the supplier, and what they confirmed."""
    zone = order.warehouse.timezone
    if order.sent_at:
        sent = moment(order.sent_at, zone)
        yield Fact("Sent", format_html("{}, {} by {}", sent, order.get_sent_how_display(), order.sent_by))
    if order.acknowledged_at:
        yield Fact("Confirmed", format_html("{}, {}", moment(order.acknowledged_at, zone), order.confirmation))


def revisions_table(order: PurchaseOrder) -> Table:
    """What was approved before it was changed."""
    zone = order.warehouse.timezone
    return Table(
        title="Approved before",
        columns=(
            Column("Revision"),
            Column("Approved by"),
            Column("Approved"),
            Column("Due"),
            Column("Worth", number=True),
            Column("Changed by"),
            Column("Changed"),
            Column("Because"),
        ),
        rows=[
            (
                kept.number,
                kept.approved_by,
                moment(kept.approved_at, zone),
                day(kept.due_on),
                money(kept.total, order.currency),
                kept.replaced_by,
                moment(kept.replaced_at, zone),
                kept.reason,
            )
            for kept in order.revisions.select_related("approved_by", "replaced_by")
        ],
        empty="",
    )


def line_cells(line: PurchaseOrderLine, order: PurchaseOrder) -> tuple[object, ...]:
    """What was ordered, what came of it, and when the rest comes."""
    unit = line.item.unit
    return (
        line.line,
        link(line.item),
        line.item.name,
        quantity(line.quantity, unit),
        quantity(line.received, unit),
        quantity(line.open_quantity, unit),
        day(line.promised_on or order.due_on) if line.open_quantity else NOTHING,
        money(line.price, order.currency),
        money(line.amount, order.currency),
    )


def ordered_as(line: PurchaseOrderLine | None) -> str:
    """The order's line that goods are of, or that nobody ordered them; of a line that is read with its order."""
    return f"{line.order} / {line.line}" if line is not None else "Not ordered"
