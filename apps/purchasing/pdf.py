"""The purchase order and the receiving sheet on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from apps.core.paper.formats import Address, Printed, day, money, quantity
from apps.core.paper.sheet import A4, BODY, SMALL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrderLinePaper:
    """A line as ordered; `amount` is quantity times price as the order rounds it."""

    item_number: str
    description: str
    supplier_code: str = ""
    """The supplier's own number for the item."""
    quantity: Decimal
    unit: str
    price: Decimal
    amount: Decimal
    expected: date | None = None
    """Only when it differs from the order's date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What comes on top of the lines (freight, tax) or off them (a discount, negative)."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrderPaper:
    """A purchase order, complete for printing; the total is added up here and nowhere else."""

    company: Address
    printed: Printed
    number: str
    revision: int = 0
    """How often it was changed after an approval."""
    ordered_on: date
    supplier: Address
    supplier_number: str = ""
    ship_to: Address
    terms: str = ""
    """Payment and delivery terms, such as `30 days net, DAP`."""
    expected_on: date | None = None
    confirmation: str = ""
    """The supplier's own number for the order, once they have confirmed it."""
    currency: str
    currency_places: int = 2
    lines: tuple[PurchaseOrderLinePaper, ...] = ()
    charges: tuple[Charge, ...] = ()
    raised_by: str
    approved_by: str = ""
    """Empty while nobody has approved; the paper then says that it is not approved."""
    approved_on: date | None = None
    note: str = ""

    @property
    def goods(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        """Lines and charges."""
        return self.goods + sum((charge.amount for charge in self.charges), Decimal(0))


NOT_ORDERED = 3
"""Empty lines for goods that the order does not know of."""

COLUMNS = (
    Column(title="#", share=4),
    Column(title="Item", share=40, style=STRONG),
    Column(title="Supplier's code", share=19),
    Column(title="Quantity", share=18, right=True),
    Column(title="Price", share=15, right=True),
    Column(title="Amount", share=18, right=True),
)


def purchase_order(order: PurchaseOrderPaper, *, paper: Paper = A4) -> bytes:
    """The order as it goes to the supplier."""
    title = f"Purchase order, revision {order.revision}" if order.revision else "Purchase order"
    head = Head(company=order.company, title=title, number=order.number, dated=order.ordered_on)
    sheet = Sheet(head=head, printed=order.printed, paper=paper)
    sheet.blocks(
        (
            Block(title="Supplier", lines=(order.supplier.name, *order.supplier.text, *_own_number(order))),
            Block(title="Ship to", lines=(order.ship_to.name, *order.ship_to.text)),
            Block(title="Expected", lines=(day(order.expected_on) or "As agreed", *_terms(order))),
        )
    )
    rows = [_line(index, line, order.currency_places) for index, line in enumerate(order.lines, start=1)]
    if not rows:
        rows.append(row("", "The order has no lines.", "", "", "", ""))
    rows += [row("", label, "", "", "", money(amount, places=order.currency_places)) for label, amount in _sums(order)]
    total = money(order.total, places=order.currency_places)
    rows.append(row("", f"Total {order.currency}", "", "", "", total, total=True))
    draw_table(sheet, COLUMNS, rows, empty="")
    if order.note:
        sheet.paragraph(order.note, BODY, after=4 * mm)
    approved = (order.approved_by, day(order.approved_on)) if order.approved_by else ("NOT APPROVED", "")
    sheet.blocks(
        (
            Block(title="Raised by", lines=(order.raised_by, day(order.ordered_on))),
            Block(title="Approved by", lines=tuple(line for line in approved if line)),
        )
    )
    return sheet.finish()


def _own_number(order: PurchaseOrderPaper) -> tuple[str, ...]:
    return (f"Supplier number {order.supplier_number}",) if order.supplier_number else ()


def _terms(order: PurchaseOrderPaper) -> tuple[str, ...]:
    confirmed = f"Your number {order.confirmation}" if order.confirmation else ""
    return tuple(filter(None, (order.terms, confirmed)))


def _line(index: int, line: PurchaseOrderLinePaper, places: int) -> Row:
    expected = f"Expected {day(line.expected)}" if line.expected else ""
    return row(
        str(index),
        Cell(line.item_number, note=line.description),
        Cell(line.supplier_code, note=expected),
        quantity(line.quantity, line.unit) if line.quantity else "cancelled",
        money(line.price, places=places),
        money(line.amount, places=places),
    )


def _sums(order: PurchaseOrderPaper) -> list[tuple[str, Decimal]]:
    if not order.charges:
        return []
    return [("Goods", order.goods), *((charge.label, charge.amount) for charge in order.charges)]


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
