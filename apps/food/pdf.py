"""The traceability plan on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.paper.formats import Address, Printed, day
from apps.core.paper.sheet import A4, SMALL, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """A plan's words."""

    company: Address
    printed: Printed
    number: str
    effective_on: date
    contact: tuple[str, str]
    parts: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str, str], ...]
    """Number, name and food of each item that is on the list."""
    sources: tuple[str, ...]


ITEMS = (Column(title="Item", share=30), Column(title="Name", share=60), Column(title="Food of the list", share=80))


def plan_pages(plan: PlanPaper, *, paper: Paper = A4) -> bytes:
    """The plan's parts, the items on the list, and by what rule it is kept."""
    head = Head(company=plan.company, title="Traceability plan", number=plan.number, dated=plan.effective_on)
    sheet = Sheet(head=head, printed=plan.printed, paper=paper)
    sheet.blocks(
        (Block(title="In force from", lines=(day(plan.effective_on),)), Block(title="Whom to ask", lines=plan.contact))
    )
    for title, words in plan.parts:
        sheet.heading(title)
        for paragraph in filter(None, map(str.strip, words.splitlines())):
            sheet.paragraph(paragraph)
    sheet.heading("Items on the Food Traceability List that day")
    if plan.items:
        draw_table(sheet, ITEMS, [row(Cell(number), name, food) for number, name, food in plan.items])
    else:
        sheet.paragraph("No item of ours is on it.")
    sheet.space(4)
    for source in plan.sources:
        sheet.paragraph(source, SMALL, after=1)
    return sheet.finish()
