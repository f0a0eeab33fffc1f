"""The badges and tables of a return's page."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.assembly.states import AssemblyState
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, quantity
from apps.core.admin.page import Column, Table
from apps.core.decimals import plain
from apps.returns.models import CustomerReturn, ReturnInspection, ReturnRefusal
from apps.returns.states import CustomerReturnState, Disposition

TONES = {
    CustomerReturnState.ANNOUNCED: Tone.READY,
    CustomerReturnState.RECEIVED: Tone.PROGRESS,
    CustomerReturnState.CLOSED: Tone.DONE,
    CustomerReturnState.CANCELLED: Tone.WAITING,
}
DISPOSITION_TONES = {
    Disposition.RESTOCK: Tone.DONE,
    Disposition.DAMAGED: Tone.BLOCKED,
    Disposition.QUARANTINE: Tone.PROGRESS,
    Disposition.SCRAP: Tone.WAITING,
    Disposition.REFURBISH: Tone.PROGRESS,
    Disposition.SUPPLIER: Tone.PROGRESS,
    Disposition.DONATE: Tone.DONE,
}


GOODS_OF_LINE = (Column("Line", number=True), Column("Item"), Column("Lot"), Column("Serial number"))
"""How a line of either kind of return begins."""


def return_badge(document: CustomerReturn) -> SafeString:
    """Where the return stands, in its colour."""
    return badge(document.get_state_display(), TONES[CustomerReturnState(document.state)])


def goods_table(document: CustomerReturn) -> Table:
    """What is announced, here and decided on."""
    lines = document.lines.select_related("item__unit", "lot", "serial", "carton__unit")
    return Table(
        title="Goods",
        columns=(
            *GOODS_OF_LINE,
            Column("Out in"),
            Column("Condition"),
            Column("Fee, %", number=True),
            Column("Announced", number=True),
            Column("Refused", number=True),
            Column("Received", number=True),
            Column("Inspected", number=True),
        ),
        rows=[
            (
                line.line,
                link(line.item),
                link(line.lot),
                line.serial or NOTHING,
                line.carton or NOTHING,
                line.get_condition_display() or NOTHING,
                plain(line.fee_percent),
                quantity(line.announced, line.item.unit),
                quantity(line.refused, line.item.unit),
                quantity(line.received, line.item.unit),
                quantity(line.inspected, line.item.unit),
            )
            for line in lines
        ],
    )


def against(document: CustomerReturn) -> SafeString:
    """Which order, or that it is matched to none."""
    return badge("Blind", Tone.LATE) if document.is_blind else link(document.order)


def verdicts_table(document: CustomerReturn) -> Table:
    """What was decided, by whom, and the certificate of what left for good."""
    rows = ReturnInspection.objects.filter(line__customer_return=document).select_related(
        "line__item__unit", "inspected_by", "certificate", "refurbishment"
    )
    return Table(
        title="Inspection",
        columns=(
            Column("When"),
            Column("Line", number=True),
            Column("Item"),
            Column("Quantity", number=True),
            Column("Grade"),
            Column("Verdict"),
            Column("Note"),
            Column("Evidence"),
            Column("Certificate"),
            Column("Refurbished by"),
            Column("By"),
        ),
        rows=[
            (
                moment(row.inspected_at, document.warehouse.timezone),
                row.line.line,
                link(row.line.item),
                quantity(row.quantity, row.line.item.unit),
                row.grade or NOTHING,
                badge(row.get_disposition_display(), DISPOSITION_TONES[Disposition(row.disposition)]),
                row.note or NOTHING,
                row.evidence or NOTHING,
                link(getattr(row, "certificate", None)),
                _refurbished(row),
                row.inspected_by,
            )
            for row in rows
        ],
        empty="Nobody has inspected any of it yet.",
    )


def _refurbished(row: ReturnInspection) -> SafeString:
    """The order that makes the goods good again, and that they stay damaged where it was given up."""
    order = row.refurbishment
    if order is None:
        return link(None)
    said = "cancelled: the goods stay damaged" if order.state == AssemblyState.CANCELLED else order.get_state_display()
    return format_html("{} ({})", link(order), said)


def refusals_table(document: CustomerReturn) -> Table:
    """What was refused at the dock."""
    rows = ReturnRefusal.objects.filter(line__customer_return=document).select_related("line__item__unit", "refused_by")
    return Table(
        title="Refused at the dock",
        columns=(
            Column("When"),
            Column("Line", number=True),
            Column("Item"),
            Column("Quantity", number=True),
            Column("Why"),
            Column("By"),
        ),
        rows=[
            (
                moment(row.refused_at, document.warehouse.timezone),
                row.line.line,
                link(row.line.item),
                quantity(row.quantity, row.line.item.unit),
                row.reason,
                row.refused_by,
            )
            for row in rows
        ],
        empty="Nothing was refused.",
    )
