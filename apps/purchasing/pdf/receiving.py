"""The receiving sheet: what the dock expects of an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.paper.formats import Address, Printed, day, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedLinePaper:
    """What is still to come of an order line, and what the dock has to note of it."""

    line: int
    item_number: str
    description: str
    supplier_code: str = ""
    gtin: str = ""
    storage: str = ""
    """The condition it is stored in."""
    ordered: Decimal
    received: Decimal
    unit: str
    has_lots: bool = False
    expires: bool = False
    has_serials: bool = False
    promised_on: date | None = None
    """Only when it differs from the order's date."""

    @property
    def to_come(self) -> Decimal:
        """Ordered less received; never less than nothing."""
        return max(self.ordered - self.received, Decimal(0))

    @property
    def to_note(self) -> str:
        """What goods of this item are told apart by."""
        asked = (("lot", self.has_lots), ("expiry", self.expires), ("serial numbers", self.has_serials))
        names = ", ".join(name for name, wanted in asked if wanted)
        return f"Note {names}" if names else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingSheetPaper:
    """What the dock expects of an order, complete for printing."""

    company: Address
    printed: Printed
    number: str
    """The order's, which the handheld opens the receipt by."""
    dated: date
    supplier: Address
    warehouse: Address
    expected_on: date
    reference: str = ""
    confirmation: str = ""
    """The supplier's number for the order, as their delivery note has it."""
    lines: tuple[ExpectedLinePaper, ...] = ()


NOT_ORDERED = 3
"""Empty lines for goods that the order does not know of."""

RECEIVING_COLUMNS = (
    Column(title="#", share=4),
    Column(title="Item", share=38, style=STRONG),
    Column(title="Supplier's code", share=19),
    Column(title="To come", share=15, right=True, style=STRONG),
    Column(title="Received", share=15),
    Column(title="Lot", share=18),
    Column(title="Expiry", share=15),
    Column(title="Damaged", share=13),
)


def receiving_sheet(order: ReceivingSheetPaper, *, paper: Paper = A4) -> bytes:
    """What should be on the truck, with lines to write what is: for a dock without a handheld, or beside one."""
    head = Head(company=order.company, title="Receiving sheet", number=order.number, dated=order.dated)
    sheet = Sheet(head=head, printed=order.printed, paper=paper)
    sheet.blocks(
        (
            Block(title="Supplier", lines=(order.supplier.name, *order.supplier.text)),
            Block(title="Receive at", lines=(order.warehouse.name, *order.warehouse.text)),
            Block(
                title="Expected",
                lines=(day(order.expected_on), order.reference or "No reference", *_confirmed(order)),
            ),
        )
    )
    sheet.paragraph(
        "Count before you sign. Write a zero for what did not come; write what nobody ordered below.", SMALL
    )
    write = Cell(box="write")
    rows = [
        row(
            str(line.line),
            Cell(line.item_number, note="\n".join(filter(None, (line.description, line.storage, line.to_note)))),
            Cell(line.supplier_code, note=line.gtin),
            Cell(quantity(line.to_come, line.unit), note="\n".join(_to_come(line))),
            write,
            write if line.has_lots else Cell(),
            write if line.expires else Cell(),
            write,
        )
        for line in order.lines
    ]
    rows += [
        row(
            "",
            Cell(box="write", note=" "),
            write,
            write,
            write,
            write,
            write,
            write,
            band="" if number else "Not ordered",
        )
        for number in range(NOT_ORDERED)
    ]
    draw_table(sheet, RECEIVING_COLUMNS, rows, empty="")
    sheet.need(50)
    draw_table(
        sheet,
        (
            Column(title="Delivery note", share=24),
            Column(title="Door", share=12),
            Column(title="Arrived at", share=16),
            Column(title="Pallets, parcels", share=18),
            Column(title="Unloaded by", share=30),
        ),
        [row(*[Cell(box="sign")] * 5)],
    )
    return sheet.finish()


def _confirmed(order: ReceivingSheetPaper) -> tuple[str, ...]:
    return (f"Supplier's number {order.confirmation}",) if order.confirmation else ()


def _to_come(line: ExpectedLinePaper) -> list[str]:
    """Of how much, and when, where that is not the order's own date."""
    notes = [f"of {quantity(line.ordered)}"] if line.received else []
    return [*notes, day(line.promised_on)] if line.promised_on else notes
