"""Recall letters: a page a consignee, with the product, their lots and quantities, what to do and how to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from apps.core.paper.formats import Address, Printed, day, quantity
from apps.core.paper.sheet import A4, BODY, SMALL, STRONG, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, Row, draw_table, row
from apps.core.paper.text import Style

URGENT = Style(size=14, bold=True)
DEFAULT_INSTRUCTIONS = (
    "Stop using and selling these lots at once. Set aside what you have of them, so that nobody takes it by mistake. "
    "If you have passed any of it on, tell those who got it. Do not destroy or send back anything before we have "
    "agreed on it."
)
"""What a letter asks when the case says nothing of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """A lot as it was sent to the consignee."""

    item: str
    name: str
    lot: str
    expires_on: date | None
    first_on: date
    last_on: date
    shipments: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallLetter:
    """One consignee's letter."""

    company: Address
    printed: Printed
    number: str
    opened_on: date
    to: Address
    customer: str
    reason: str
    recall_class: str
    depth: str
    regulator_reference: str
    instructions: str
    answer_to: str
    law: str
    lines: tuple[LetterLine, ...]


def recall_letters(letters: Sequence[RecallLetter], *, paper: Paper = A4) -> bytes:
    """All letters of a case in one document, each beginning on a page of its own, or one alone."""
    first = letters[0]
    head = Head(company=first.company, title="Recall notice", number=first.number, dated=first.opened_on)
    sheet = Sheet(head=head, printed=first.printed, paper=paper)
    for index, letter in enumerate(letters):
        if index:
            sheet.new_page()
        _draw(sheet, letter)
    return sheet.finish()


LOTS = (
    Column(title="Item", share=52, style=STRONG),
    Column(title="Lot", share=34, style=STRONG),
    Column(title="Expires", share=20),
    Column(title="Sent to you", share=34),
    Column(title="Quantity", share=24, right=True),
)
ANSWER = (
    Column(title="Lot", share=34, style=STRONG),
    Column(title="On hand when you read this", share=30),
    Column(title="Sent back", share=24),
    Column(title="Destroyed", share=24),
    Column(title="Passed on to others", share=30),
)


def _draw(sheet: Sheet, letter: RecallLetter) -> None:
    facts = [f"Customer {letter.customer}", f"Recall {letter.number}", f"Dated {day(letter.opened_on)}"]
    if letter.regulator_reference:
        facts.append(f"Regulator's reference {letter.regulator_reference}")
    sheet.blocks(
        (
            Block(title="To", lines=(letter.to.name, *letter.to.text)),
            Block(title="About", lines=(facts[0], *facts[1:])),
        )
    )
    sheet.space(3 * mm)
    sheet.paragraph("URGENT: PRODUCT RECALL", URGENT, after=1.5 * mm)
    sheet.paragraph(
        "Our records say that you were sent goods of the lots below. They are recalled. Please act at once and answer, "
        "also when you have none of them left.",
        after=2 * mm,
    )
    sheet.paragraph(f"Why: {letter.reason}", STRONG, after=1 * mm)
    said = [f"{letter.recall_class}."] if letter.recall_class else []
    said.append(f"Depth of the recall: {letter.depth.lower()}.")
    sheet.paragraph(" ".join(said), SMALL, after=2 * mm)
    draw_table(sheet, LOTS, [_line(each) for each in letter.lines], after=2)
    sheet.heading("What to do")
    sheet.paragraph(letter.instructions or DEFAULT_INSTRUCTIONS)
    sheet.heading("How to answer", keep=60 * mm)
    sheet.paragraph(
        f"Fill in the table and send this page back to {letter.answer_to}. Write 0 where there is nothing.", BODY
    )
    draw_table(sheet, ANSWER, [_blank(each) for each in letter.lines], after=3)
    draw_table(
        sheet,
        (
            Column(title="Name and position", share=40),
            Column(title="Date", share=20),
            Column(title="Signature", share=40),
        ),
        [row(*[Cell(box="sign")] * 3)],
        empty="",
        after=1,
    )
    sheet.paragraph(f"What a recall letter says: {letter.law}.", SMALL, after=0)


def _line(each: LetterLine) -> Row:
    when = day(each.first_on) if each.first_on == each.last_on else f"{day(each.first_on)} to {day(each.last_on)}"
    return row(
        Cell(each.item, note=each.name),
        each.lot,
        day(each.expires_on),
        Cell(when, note=each.shipments),
        quantity(each.quantity, each.unit),
    )


def _blank(each: LetterLine) -> Row:
    return row(Cell(each.lot, note=f"in {each.unit}"), *[Cell(box="sign")] * 4)
