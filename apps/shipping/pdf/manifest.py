"""The manifest: all that one carrier takes away on a day, for the driver to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.core.paper.formats import Address, Printed, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestShipment:
    """A shipment on the truck: its cartons by SSCC, each with its weight where it was weighed."""

    number: str
    order_number: str
    consignee: Address
    cartons: tuple[tuple[str, Decimal | None], ...] = ()

    @property
    def weight_kg(self) -> Decimal | None:
        """What all cartons weigh; None while one has not been weighed."""
        return _sum([weight for _, weight in self.cartons])


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestPaper:
    """A day's shipments, complete for printing."""

    company: Address
    printed: Printed
    warehouse: Address
    dated: date
    carrier: str = ""
    """Empty: every carrier's, and what has none."""
    shipments: tuple[ManifestShipment, ...] = ()

    @property
    def cartons(self) -> int:
        """How many pieces the driver takes."""
        return sum(len(each.cartons) for each in self.shipments)

    @property
    def weight_kg(self) -> Decimal | None:
        """What they weigh; None while one has not been weighed."""
        return _sum([weight for each in self.shipments for _, weight in each.cartons])


COLUMNS = (
    Column(title="#", share=5),
    Column(title="Shipment", share=24, style=STRONG),
    Column(title="Consignee", share=44),
    Column(title="Cartons (SSCC)", share=40),
    Column(title="Weight", share=20, right=True),
    Column(title="Loaded", share=13, right=True),
)


def manifest(paper: ManifestPaper, *, size: Paper = A4) -> bytes:
    """A row a shipment with its cartons and a box to tick, the totals, and a place for two signatures."""
    # The dot keeps a barcode off the head: there is no document to scan.
    head = Head(company=paper.company, title="Manifest", number=f"{paper.warehouse.name} · outbound", dated=paper.dated)
    sheet = Sheet(head=head, printed=paper.printed, paper=size)
    sheet.blocks(
        (
            Block(title="Carrier", lines=(paper.carrier or "All carriers",)),
            Block(title="From", lines=(paper.warehouse.name, *paper.warehouse.text)),
            Block(
                title="To take away",
                lines=(f"{paper.cartons} cartons", f"{len(paper.shipments)} shipments", _weight(paper.weight_kg)),
            ),
        )
    )
    rows = [_shipment(number, each) for number, each in enumerate(paper.shipments, start=1)]
    if rows:
        rows.append(
            row(
                "",
                "Total",
                f"{len(paper.shipments)} shipments",
                f"{paper.cartons} cartons",
                _weight(paper.weight_kg),
                "",
                total=True,
            )
        )
    draw_table(sheet, COLUMNS, rows, empty="Nothing is loaded or has left on this day.")
    sheet.need(40)
    sign = Cell(box="sign")
    draw_table(
        sheet,
        (
            Column(title="Handed over by (name, signature)", share=40),
            Column(title="Driver (name, signature)", share=40),
            Column(title="Vehicle", share=20),
            Column(title="Time", share=14),
        ),
        [row(sign, sign, sign, sign)],
    )
    sheet.paragraph("The driver signs for pieces and their outer condition, not for what is in them.", SMALL)
    return sheet.finish()


def _shipment(number: int, each: ManifestShipment) -> Row:
    return row(
        str(number),
        Cell(each.number, note=each.order_number),
        Cell(each.consignee.name, note=", ".join(each.consignee.text)),
        "\n".join(sscc for sscc, _ in each.cartons),
        _weight(each.weight_kg),
        Cell(box="tick"),
    )


def _weight(weight_kg: Decimal | None) -> str:
    return quantity(weight_kg, "kg") if weight_kg is not None else "not weighed"


def _sum(weights: list[Decimal | None]) -> Decimal | None:
    known = [weight for weight in weights if weight is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(weights) else None
