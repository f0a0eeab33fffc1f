"""The pages of a recall trace report: page 1 is the answer, then the detail, the ledger's numbers last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from apps.core.paper.formats import day, moment, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, STRONG_RULE, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row
from apps.core.paper.text import Style
from apps.traceability.pdf.facts import (
    NONE,
    TracedPlace,
    TracedReceipt,
    TracedReturn,
    TracedShipment,
    TraceReport,
    total_of,
)


def trace_report(report: TraceReport, *, paper: Paper = A4) -> bytes:
    """The answer on page 1, detail from page 2, evidence last."""
    head = Head(company=report.company, title="Recall trace report", number=report.number, dated=report.opened_on)
    sheet = Sheet(head=head, printed=report.printed, paper=paper)
    _draw_answer(sheet, report)
    sheet.new_page()
    _draw_detail(sheet, report)
    _draw_evidence(sheet, report)
    return sheet.finish()


def _draw_answer(sheet: Sheet, report: TraceReport) -> None:
    lot_facts = (
        f"Supplier's lot {report.supplier_lot}" if report.supplier_lot else "",
        f"Expires {day(report.expires_on)}" if report.expires_on else "",
        f"Held since {moment(report.held_since)}" if report.held_since else "NOT HELD",
    )
    sheet.blocks(
        (
            Block(title="Lot", lines=(report.lot, *(fact for fact in lot_facts if fact))),
            Block(title="Item", lines=(report.item_number, report.item_name)),
            Block(title="Reported by", lines=(report.reported_by, f"Figures as of {moment(report.as_of)}")),
        )
    )
    sheet.blocks((Block(title="Reason", lines=(report.reason,)),))
    _draw_verdict(sheet, report)
    draw_table(sheet, BALANCE_COLUMNS, _balance_rows(report), empty="", after=4)
    sheet.heading("Where it is now")
    draw_table(sheet, PLACE_SUMMARY, _by_status(report), empty="Nothing is on hand.", after=4)
    sheet.heading("Who got it")
    draw_table(
        sheet, _with_returned(CUSTOMER_SUMMARY, report), _by_customer(report), empty="Nothing was shipped.", after=2
    )


def _draw_verdict(sheet: Sheet, report: TraceReport) -> None:
    """A framed line that cannot be overlooked; thick when something is wrong."""
    style = Style(size=13, bold=True)
    inner = sheet.width - 6 * mm
    sentences = [(line, style) for line in sheet.wrap(report.verdict, style, inner)]
    sentences += [(line, STRONG) for each in report.contradictions for line in sheet.wrap(each, STRONG, inner)]
    height = sum(each.leading for _, each in sentences) + 4.4 * mm
    sheet.need(height)
    bottom = sheet.y - height
    fine = report.balance.balances and not report.contradictions

    def frame(canvas: Canvas) -> None:
        canvas.setStrokeColor(STRONG_RULE)
        stroke = 0.8 if fine else 2.5
        canvas.setLineWidth(stroke)
        canvas.rect(sheet.left + stroke / 2, bottom, sheet.width - stroke, height, fill=0)

    sheet.stroke(frame)
    y = sheet.y - 2.2 * mm
    for line, each in sentences:
        y -= each.leading
        sheet.line(line, each, sheet.left + 3 * mm, y + each.size * 0.3)
    sheet.y = bottom
    sheet.space(3 * mm)


BALANCE_COLUMNS = (
    Column(title="Mass balance", share=70),
    Column(title="Came in", share=25, right=True),
    Column(title="Accounted for", share=25, right=True),
)
PLACE_SUMMARY = (
    Column(title="Warehouse", share=50),
    Column(title="Status", share=40),
    Column(title="Places", share=15, right=True),
    Column(title="Quantity", share=25, right=True),
)
CUSTOMER_SUMMARY = (
    Column(title="Customer", share=50, style=STRONG),
    Column(title="Contact", share=45),
    Column(title="Shipments", share=18, right=True),
    Column(title="Quantity", share=25, right=True),
)
RECEIPT_COLUMNS = (
    Column(title="Date", share=18),
    Column(title="Supplier", share=50, style=STRONG),
    Column(title="Purchase order", share=28),
    Column(title="Receipt", share=28),
    Column(title="Quantity", share=24, right=True),
)
PLACE_COLUMNS = (
    Column(title="Warehouse", share=34),
    Column(title="Place", share=36, style=STRONG),
    Column(title="Handling unit", share=38),
    Column(title="Status", share=24),
    Column(title="Quantity", share=24, right=True),
)
SHIPMENT_COLUMNS = (
    Column(title="Date", share=18),
    Column(title="Customer", share=58, style=STRONG),
    Column(title="Order", share=26),
    Column(title="Shipment", share=26),
    Column(title="Quantity", share=24, right=True),
)
RETURN_COLUMNS = (
    Column(title="Date", share=18),
    Column(title="Customer", share=58, style=STRONG),
    Column(title="Order", share=26),
    Column(title="Return", share=26),
    Column(title="Quantity", share=24, right=True),
)
CAME_BACK = Column(title="Came back", share=24, right=True)
"""Beside what was shipped, when any of it came back."""
OTHER_COLUMNS = (
    Column(title="Date", share=18),
    Column(title="What", share=30, style=STRONG),
    Column(title="Document", share=26),
    Column(title="Place", share=28),
    Column(title="By", share=24),
    Column(title="Quantity", share=24, right=True),
)
EVIDENCE_COLUMNS = (
    Column(title="Ledger transaction", share=44),
    Column(title="Recorded", share=38),
    Column(title="Kind", share=24),
    Column(title="Document", share=28),
    Column(title="By", share=24),
)


def _balance_rows(report: TraceReport) -> list[Row]:
    balance, unit = report.balance, report.balance.unit
    came = [
        ("Opening stock", balance.opening, False),
        ("Received", balance.received, True),
        ("Made here", balance.made, False),
        ("Returned by customers", balance.returned, False),
    ]
    went = [
        ("On hand", balance.on_hand, True),
        ("Shipped to customers", balance.shipped, True),
        ("Scrapped", balance.scrapped, True),
        ("Adjusted in counts (lost less found)", balance.adjusted, True),
        ("Used in assembly", balance.consumed, False),
        ("Sent back to suppliers", balance.sent_back, False),
    ]
    rows = [row(name, quantity(amount, unit), "") for name, amount, always in came if amount or always]
    rows += [row(name, "", quantity(amount, unit)) for name, amount, always in went if amount or always]
    rows.append(row("Total", quantity(balance.came, unit), quantity(balance.accounted, unit), total=True))
    return rows


def _by_status(report: TraceReport) -> list[Row]:
    groups: dict[tuple[str, str], list[TracedPlace]] = {}
    for place in report.places:
        groups.setdefault((place.warehouse, place.status), []).append(place)
    unit = report.balance.unit
    return [
        row(warehouse, status, str(len(places)), quantity(total_of(places), unit))
        for (warehouse, status), places in groups.items()
    ] + _total(report.places, unit, columns=len(PLACE_SUMMARY))


def _by_customer(report: TraceReport) -> list[Row]:
    groups: dict[str, list[TracedShipment]] = {}
    for shipment in report.shipments:
        groups.setdefault(shipment.customer, []).append(shipment)
    unit = report.balance.unit
    rows = [
        row(
            customer,
            _contacts(shipments),
            str(len({each.shipment for each in shipments})),
            quantity(total_of(shipments), unit),
            *_came_back(shipments, report),
        )
        for customer, shipments in groups.items()
    ]
    return rows + _total(
        report.shipments, unit, columns=len(CUSTOMER_SUMMARY), also=_came_back(report.shipments, report)
    )


def _with_returned(columns: tuple[Column, ...], report: TraceReport) -> tuple[Column, ...]:
    return (*columns, CAME_BACK) if report.returns else columns


def _came_back(shipments: Iterable[TracedShipment], report: TraceReport) -> tuple[str, ...]:
    if not report.returns:
        return ()
    return (quantity(sum((each.returned for each in shipments), NONE), report.balance.unit),)


def _contacts(shipments: Iterable[TracedShipment]) -> str:
    return "\n".join(dict.fromkeys(each.contact for each in shipments if each.contact)) or "no contact on file"


def _draw_detail(sheet: Sheet, report: TraceReport) -> None:
    unit = report.balance.unit
    sheet.heading("Receipts")
    receipts = [
        row(day(each.received_on), each.supplier, each.purchase_order, each.receipt, quantity(each.quantity, unit))
        for each in report.receipts
    ]
    receipts += _total(report.receipts, unit, columns=len(RECEIPT_COLUMNS))
    draw_table(sheet, RECEIPT_COLUMNS, receipts, empty="No receipt is known.")
    sheet.heading("Places now")
    places = [
        row(each.warehouse, each.location, each.handling_unit, each.status, quantity(each.quantity, unit))
        for each in report.places
    ]
    places += _total(report.places, unit, columns=len(PLACE_COLUMNS))
    draw_table(sheet, PLACE_COLUMNS, places, empty="Nothing is on hand.")
    sheet.heading("Shipments")
    shipments = [
        row(
            day(each.shipped_on),
            Cell(each.customer, note=each.contact),
            each.order,
            each.shipment,
            quantity(each.quantity, unit),
            *_came_back([each], report),
        )
        for each in report.shipments
    ]
    shipments += _total(
        report.shipments, unit, columns=len(SHIPMENT_COLUMNS), also=_came_back(report.shipments, report)
    )
    draw_table(sheet, _with_returned(SHIPMENT_COLUMNS, report), shipments, empty="Nothing was shipped.")
    _draw_returns(sheet, report)
    sheet.heading("Other moves")
    others = [
        row(
            day(each.moved_on),
            Cell(each.kind, note=each.reason),
            each.document,
            each.place,
            each.by,
            quantity(each.quantity, unit),
        )
        for each in report.others
    ]
    draw_table(sheet, OTHER_COLUMNS, others, empty="No scrap, count difference or assembly.")


def _draw_returns(sheet: Sheet, report: TraceReport) -> None:
    """Left out where nothing came back."""
    if not report.returns:
        return
    unit = report.balance.unit
    sheet.heading("Returns")
    rows = [
        row(
            day(each.returned_on),
            Cell(each.customer, note=each.reason),
            each.order or "no order",
            each.document,
            quantity(each.quantity, unit),
        )
        for each in report.returns
    ]
    rows += _total(report.returns, unit, columns=len(RETURN_COLUMNS))
    draw_table(sheet, RETURN_COLUMNS, rows, empty="")


def _draw_evidence(sheet: Sheet, report: TraceReport) -> None:
    sheet.heading("Evidence")
    sheet.paragraph("The figures are sums over these transactions of the append-only ledger.", SMALL, after=1 * mm)
    rows = [
        row(each.transaction, moment(each.recorded_at), each.kind, each.document, each.by) for each in report.evidence
    ]
    draw_table(sheet, EVIDENCE_COLUMNS, rows, empty="No ledger transaction names this lot.")


def _total(
    rows: Sequence[TracedReceipt | TracedPlace | TracedShipment | TracedReturn],
    unit: str,
    *,
    columns: int,
    also: tuple[str, ...] = (),
) -> list[Row]:
    if not rows:
        return []
    return [row("Total", *[""] * (columns - 2), quantity(total_of(rows), unit), *also, total=True)]
