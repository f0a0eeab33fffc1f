"""The purchase order on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from apps.core.paper.formats import Address, Printed, day, money, quantity
from apps.core.paper.sheet import A4, BODY, STRONG, Block, Head, Paper, Sheet
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
