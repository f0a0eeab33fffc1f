"""Customs: what is sent, what it is worth, where it is from, line by line (commercial invoice and CN22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.paper.formats import Address, Printed, money, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsLine:
    """Goods of one item."""

    item_number: str
    description: str
    hs_code: str
    origin: str
    quantity: Decimal
    unit: str
    weight_kg: Decimal | None
    price: Decimal

    @property
    def amount(self) -> Decimal:
        """What they are worth."""
        return self.quantity * self.price


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsPaper:
    """A shipment's goods for customs."""

    company: Address
    printed: Printed
    number: str
    dated: date
    ship_from: Address
    ship_to: Address
    currency: str
    reason: str = "Sale of goods"
    order_number: str = ""
    cartons: int = 0
    weight_kg: Decimal | None = None
    lines: tuple[CustomsLine, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What customs will ask for and nobody gave."""
        return tuple(
            f"{line.item_number}: {' and '.join(gaps)}"
            for line in self.lines
            if (gaps := [name for name, given in (("HS code", line.hs_code), ("origin", line.origin)) if not given])
        )


COLUMNS = (
    Column(title="Goods", share=56, style=STRONG),
    Column(title="HS code", share=22),
    Column(title="Origin", share=12),
    Column(title="Quantity", share=20, right=True),
    Column(title="Net weight", share=20, right=True),
    Column(title="Price", share=18, right=True),
    Column(title="Value", share=20, right=True),
)


def customs_invoice(paper: CustomsPaper, *, size: Paper = A4) -> bytes:
    """A row an item with tariff number, origin and value; totals; what is missing; a place to sign."""
    head = Head(company=paper.company, title="Customs invoice", number=paper.number, dated=paper.dated)
    sheet = Sheet(head=head, printed=paper.printed, paper=size)
    facts = (
        paper.reason,
        f"Order {paper.order_number}" if paper.order_number else "",
        f"{paper.cartons} cartons, {quantity(paper.weight_kg, 'kg')}"
        if paper.weight_kg is not None
        else f"{paper.cartons} cartons",
    )
    sheet.blocks(
        (
            Block(title="Sender", lines=(paper.ship_from.name, *paper.ship_from.text)),
            Block(title="Addressee", lines=(paper.ship_to.name, *paper.ship_to.text)),
            Block(title="Contents", lines=tuple(line for line in facts if line)),
        )
    )
    rows = [
        row(
            Cell(line.item_number, note=line.description),
            line.hs_code or "missing",
            line.origin or "missing",
            quantity(line.quantity, line.unit),
            quantity(line.weight_kg, "kg") if line.weight_kg is not None else "",
            money(line.price),
            money(line.amount),
        )
        for line in paper.lines
    ]
    if rows:
        total = sum((line.amount for line in paper.lines), Decimal(0))
        rows.append(row(f"Total {paper.currency}", "", "", "", "", "", money(total), total=True))
    draw_table(sheet, COLUMNS, rows, empty="Nothing is packed.")
    for gap in paper.missing:
        sheet.paragraph(f"Missing: {gap}.", STRONG)
    sheet.paragraph("I certify that the particulars given in this declaration are true and correct.", SMALL)
    sign = Cell(box="sign")
    draw_table(
        sheet,
        (Column(title="Sender (name, signature)", share=70), Column(title="Date", share=30)),
        [row(sign, sign)],
    )
    return sheet.finish()
