"""The packing slip: what was ordered and came, and what is in which carton."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from apps.core.paper.formats import Address, Printed, day, quantity
from apps.core.paper.sheet import A4, BODY, LABEL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedLinePaper:
    """What of one item and lot is in one carton."""

    item_number: str
    description: str
    lot: str = ""
    expires_on: date | None = None
    serials: tuple[str, ...] = ()
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedCartonPaper:
    """A carton with its contents."""

    sscc: str
    carton: int
    weight_kg: Decimal | None = None
    lines: tuple[PackedLinePaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedLinePaper:
    """An order line: what was asked for, what this shipment and earlier ones brought, what is still to come."""

    order_number: str
    item_number: str
    description: str
    unit: str
    ordered: Decimal
    shipped: Decimal
    shipped_before: Decimal = Decimal(0)
    cancelled: Decimal = Decimal(0)

    @property
    def back_ordered(self) -> Decimal:
        """What is still owed; never less than nothing."""
        return max(self.ordered - self.shipped_before - self.shipped - self.cancelled, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingSlipPaper:
    """A shipment's slip."""

    company: Address
    printed: Printed
    number: str
    """The shipment's number."""
    shipped_on: date
    ship_from: Address
    ship_to: Address
    order_numbers: tuple[str, ...] = ()
    customer_reference: str = ""
    carrier: str = ""
    tracking: str = ""
    lines: tuple[ShippedLinePaper, ...] = ()
    cartons: tuple[PackedCartonPaper, ...] = ()
    note: str = ""
    for_the_packer: tuple[str, ...] = ()
    """While it lies on the bench: what the rules say of packing this."""


ORDER_COLUMNS = (
    Column(title="Order", share=18),
    Column(title="Item", share=48, style=STRONG),
    Column(title="Ordered", share=17, right=True),
    Column(title="Shipped before", share=17, right=True),
    Column(title="Shipped now", share=17, right=True, style=STRONG),
    Column(title="Back-ordered", share=17, right=True),
)
CARTON_COLUMNS = (
    Column(title="Item", share=60, style=STRONG),
    Column(title="Lot", share=32),
    Column(title="Expiry", share=20),
    Column(title="Quantity", share=22, right=True),
)


def packing_slip(slip: PackingSlipPaper, *, paper: Paper = A4) -> bytes:
    """The slip: what was ordered and came, then each carton with its contents."""
    head = Head(company=slip.company, title="Packing slip", number=slip.number, dated=slip.shipped_on)
    sheet = Sheet(head=head, printed=slip.printed, paper=paper)
    facts = (
        ", ".join(slip.order_numbers) or "No order",
        f"Your reference {slip.customer_reference}" if slip.customer_reference else "",
        " ".join(part for part in (slip.carrier, slip.tracking) if part),
    )
    sheet.blocks(
        (
            Block(title="Ship to", lines=(slip.ship_to.name, *slip.ship_to.text)),
            Block(title="Ship from", lines=(slip.ship_from.name, *slip.ship_from.text)),
            Block(title="Orders", lines=tuple(line for line in facts if line)),
        )
    )
    if slip.for_the_packer:
        sheet.paragraph("For the packer", LABEL, after=0)
        for told in slip.for_the_packer:
            sheet.paragraph(told, STRONG, after=1 * mm)
        sheet.space(2 * mm)
    ordered = [*(_ordered(line) for line in slip.lines), *_ordered_total(slip)]
    draw_table(sheet, ORDER_COLUMNS, ordered, empty="The shipment has no lines.")
    sheet.heading("Cartons")
    draw_table(sheet, CARTON_COLUMNS, _cartons(slip), empty="No cartons are packed.")
    if slip.note:
        sheet.paragraph(slip.note, BODY)
    return sheet.finish()


def _ordered(line: ShippedLinePaper) -> Row:
    return row(
        line.order_number,
        Cell(line.item_number, note=line.description),
        Cell(quantity(line.ordered, line.unit), note=_cancelled(line)),
        quantity(line.shipped_before) if line.shipped_before else "",
        quantity(line.shipped, line.unit),
        quantity(line.back_ordered, line.unit) if line.back_ordered else "0",
    )


def _ordered_total(slip: PackingSlipPaper) -> list[Row]:
    if not slip.lines:
        return []
    sums = [
        _by_unit((line.unit, line.ordered) for line in slip.lines),
        _by_unit((line.unit, line.shipped_before) for line in slip.lines),
        _by_unit((line.unit, line.shipped) for line in slip.lines),
        _by_unit((line.unit, line.back_ordered) for line in slip.lines),
    ]
    return [row("Total", f"{len(slip.lines)} lines", *sums, total=True)]


def _by_unit(amounts: Iterable[tuple[str, Decimal]]) -> str:
    """Sums of one column, a line a unit: pieces and kilograms do not add up."""
    sums: dict[str, Decimal] = {}
    for unit, amount in amounts:
        sums[unit] = sums.get(unit, Decimal(0)) + amount
    return "\n".join(quantity(amount, unit) for unit, amount in sums.items() if amount) or "0"


def _cancelled(line: ShippedLinePaper) -> str:
    return f"{quantity(line.cancelled)} cancelled" if line.cancelled else ""


def _cartons(slip: PackingSlipPaper) -> list[Row]:
    rows = []
    for carton in slip.cartons:
        weight = f"  {quantity(carton.weight_kg, 'kg')}" if carton.weight_kg is not None else ""
        band = f"Carton {carton.carton} of {len(slip.cartons)}  SSCC {carton.sscc}{weight}"
        contents = carton.lines or (None,)
        for index, line in enumerate(contents):
            rows.append(_packed(line, band="" if index else band))
    if rows:
        packed = _by_unit((line.unit, line.quantity) for carton in slip.cartons for line in carton.lines)
        rows.append(
            row(
                f"Total {len(slip.cartons)} carton{'' if len(slip.cartons) == 1 else 's'}{_total_weight(slip)}",
                "",
                "",
                packed,
                total=True,
            )
        )
    return rows


def _total_weight(slip: PackingSlipPaper) -> str:
    weights = [carton.weight_kg for carton in slip.cartons if carton.weight_kg is not None]
    return f", {quantity(sum(weights, Decimal(0)), 'kg')}" if len(weights) == len(slip.cartons) else ""


def _packed(line: PackedLinePaper | None, *, band: str) -> Row:
    if line is None:
        return row("Empty", "", "", "", band=band)
    serials = f"Serials: {', '.join(line.serials)}" if line.serials else ""
    note = "\n".join(part for part in (line.description, serials) if part)
    return row(
        Cell(line.item_number, note=note),
        line.lot,
        day(line.expires_on),
        quantity(line.quantity, line.unit),
        band=band,
    )
