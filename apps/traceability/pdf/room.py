"""The recall report and the status report: page 1 is the answer, then the detail, the evidence and signatures last."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from apps.core.paper.formats import day, moment, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, STRONG_RULE, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row
from apps.core.paper.text import Style
from apps.traceability.pdf.room_facts import RecallReport, ReportLot, ReportSeal

SAYS = Style(size=12.5, bold=True)


FIGURES = (Column(title="Figure", share=90), Column(title="Value", share=60, right=True, style=STRONG))
BALANCE = (
    Column(title="Lot", share=40, style=STRONG),
    Column(title="Received", share=20, right=True),
    Column(title="Made", share=20, right=True),
    Column(title="Returned", share=20, right=True),
    Column(title="On hand", share=20, right=True),
    Column(title="Shipped", share=20, right=True),
    Column(title="Scrapped", share=20, right=True),
    Column(title="Other ways", share=22, right=True),
    Column(title="Unexplained", share=24, right=True, style=STRONG),
)
STOCK = (
    Column(title="Site", share=30, style=STRONG),
    Column(title="Where", share=36),
    Column(title="Item and lot", share=60),
    Column(title="Places", share=16, right=True),
    Column(title="Quantity", share=28, right=True),
)
CONSIGNEES = (
    Column(title="Consignee", share=52, style=STRONG),
    Column(title="Told", share=28),
    Column(title="Answered", share=26),
    Column(title="Check", share=22),
    Column(title="Lot", share=30),
    Column(title="Sent", share=20, right=True),
    Column(title="Had", share=18, right=True),
    Column(title="Accounted", share=22, right=True),
)
EVENTS = (
    Column(title="When", share=36),
    Column(title="What", share=34, style=STRONG),
    Column(title="Who", share=26),
    Column(title="Detail", share=90),
)
TREE = (
    Column(title="Lot", share=80, style=STRONG),
    Column(title="Item", share=50),
    Column(title="How it came in", share=50),
)


def recall_report(report: RecallReport, *, paper: Paper = A4) -> bytes:
    """The case on paper."""
    head = Head(company=report.company, title=report.title, number=report.number, dated=report.opened_on)
    sheet = Sheet(head=head, printed=report.printed, paper=paper)
    _draw_answer(sheet, report)
    _draw_quantities(sheet, report)
    _draw_consignees(sheet, report)
    if report.events:
        sheet.heading("Timeline")
        rows = [row(moment(each.at), each.what, each.who, each.detail) for each in report.events]
        draw_table(sheet, EVENTS, rows)
    _draw_seal(sheet, report.seal)
    _draw_signatures(sheet, report.signers)
    return sheet.finish()


def _draw_answer(sheet: Sheet, report: RecallReport) -> None:
    said = (
        report.recall_class or "Not classed yet",
        f"Depth: {report.depth.lower()}",
        f"Source: {report.source.lower()}",
        f"Regulator's reference {report.regulator_reference}" if report.regulator_reference else "",
    )
    sheet.blocks(
        (
            Block(title="Case", lines=(f"{report.number}, {report.state.lower()}", *(each for each in said if each))),
            Block(title="Reason", lines=(report.reason, f"Reported by {report.reported_by}")),
            Block(
                title="Figures as of",
                lines=(
                    moment(report.as_of),
                    f"Expected to be done by {day(report.done_by)}" if report.done_by else "No end is named yet",
                ),
            ),
        )
    )
    _frame(sheet, report.verdict, heavy=bool(report.loose_ends))
    draw_table(sheet, FIGURES, [row(name, value) for name, value in report.facts], after=2)
    if report.loose_ends:
        sheet.heading("Not done yet")
        for each in report.loose_ends:
            sheet.paragraph(f"• {each}", after=0.6 * mm)
    if report.strategy:
        sheet.heading("Strategy")
        sheet.paragraph(report.strategy)
    sheet.paragraph(report.law, SMALL)


def _frame(sheet: Sheet, said: str, *, heavy: bool) -> None:
    """A framed sentence that cannot be overlooked; thick while something is not done."""
    lines = sheet.wrap(said, SAYS, sheet.width - 6 * mm)
    height = len(lines) * SAYS.leading + 4.4 * mm
    sheet.need(height)
    bottom, stroke = sheet.y - height, 2.5 if heavy else 0.8

    def frame(canvas: Canvas) -> None:
        canvas.setStrokeColor(STRONG_RULE)
        canvas.setLineWidth(stroke)
        canvas.rect(sheet.left + stroke / 2, bottom, sheet.width - stroke, height, fill=0)

    sheet.stroke(frame)
    y = sheet.y - 2.2 * mm
    for line in lines:
        y -= SAYS.leading
        sheet.line(line, SAYS, sheet.left + 3 * mm, y + SAYS.size * 0.3)
    sheet.y = bottom
    sheet.space(3 * mm)


def _draw_quantities(sheet: Sheet, report: RecallReport) -> None:
    if report.lots:
        sheet.heading("Mass balance by lot")
        sheet.paragraph(
            "Received, made and returned, less on hand, shipped, scrapped and what went in other ways (adjusted, used "
            "in assembly, sent back to suppliers), leaves what nobody can explain. Opening stock counts as received.",
            SMALL,
        )
        draw_table(sheet, BALANCE, [_balance(each) for each in report.lots])
    if report.tree:
        sheet.heading("What was made from it")
        rows = [row("    " * each.depth + each.lot, each.item, each.origin) for each in report.tree]
        draw_table(sheet, TREE, rows)
    if report.lots:
        sheet.heading("Where it is")
        stock = [
            row(
                each.warehouse,
                each.where,
                f"{each.item} {each.lot}",
                str(each.places),
                quantity(each.quantity, each.unit),
            )
            for each in report.stock
        ]
        draw_table(sheet, STOCK, stock, empty="Nothing is on hand.")


def _balance(each: ReportLot) -> Row:
    other = each.adjusted + each.consumed + each.sent_back
    return row(
        Cell(each.lot, note=f"{each.item} {each.name}, in {each.unit}. {each.origin}; {each.state}"),
        quantity(each.opening + each.received),
        quantity(each.made),
        quantity(each.returned),
        quantity(each.on_hand),
        quantity(each.shipped),
        quantity(each.scrapped),
        quantity(other),
        quantity(each.difference),
    )


def _draw_consignees(sheet: Sheet, report: RecallReport) -> None:
    sheet.heading("Consignees")
    rows = [
        row(
            Cell(each.customer, note=each.contact),
            each.told,
            each.answered,
            each.check,
            Cell(each.lot, note=each.item),
            quantity(each.shipped, each.unit),
            each.on_hand,
            quantity(each.accounted, each.unit),
        )
        for each in report.consignees
    ]
    draw_table(sheet, CONSIGNEES, rows, empty="Nobody was sent any of it.")


def _draw_seal(sheet: Sheet, seal: ReportSeal | None) -> None:
    if seal is None:
        return
    sheet.heading("Proof of the figures")
    sheet.paragraph(
        f"The figures are sums over {_transactions(seal.transactions)} of the append-only ledger. {_sealed(seal)}"
    )
    if seal.head is not None and seal.head_at is not None:
        sheet.paragraph(f"Newest block {seal.head}, sealed {moment(seal.head_at)}:", after=0.5 * mm)
        sheet.paragraph(seal.head_hash, STRONG)
        sheet.paragraph(
            "Whoever kept this hash outside can have any of these transactions proven against it: ask for "
            f"/api/v1/transactions/<number>/proof?to={seal.head} and check it by the form of docs/sealing.md.",
            SMALL,
        )
    else:
        sheet.paragraph("Nothing is sealed yet; print this report again after the next sealing.", STRONG)


def _transactions(count: int) -> str:
    return "1 transaction" if count == 1 else f"{count} transactions"


def _sealed(seal: ReportSeal) -> str:
    """How many of the transactions are sealed, and where."""
    younger = seal.transactions - seal.sealed
    if not seal.transactions or not seal.sealed or seal.first_block is None:
        return "None of them is sealed yet." if seal.transactions else ""
    where = (
        f"block {seal.first_block}"
        if seal.first_block == seal.last_block
        else f"blocks {seal.first_block} to {seal.last_block}"
    )
    if not younger:
        return f"All of them are sealed, in {where}."
    verb = "is" if seal.sealed == 1 else "are"
    return f"In {where} {seal.sealed} of them {verb} sealed; {younger} came after the last sealing."


def _draw_signatures(sheet: Sheet, signers: Sequence[str]) -> None:
    if not signers:
        return
    sheet.heading("Signatures", keep=18 * mm + 16 * mm * len(signers))
    columns = (
        Column(title="Who", share=46, style=STRONG),
        Column(title="Name", share=50),
        Column(title="Date", share=30),
        Column(title="Signature", share=60),
    )
    rows = [row(each, *[Cell(box="sign")] * 3) for each in signers]
    draw_table(sheet, columns, rows)
