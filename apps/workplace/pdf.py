"""A checklist to fill in on paper: each line with a box to tick, what a reading must be, and who signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.paper.formats import Address, Printed
from apps.core.paper.sheet import A4, SMALL, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row
from apps.core.paper.text import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One thing to look at; a reading has a sentence that says its limits."""

    line: int
    text: str
    limits: str = ""
    is_critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFormPaper:
    """An inspection that is due, as a form."""

    company: Address
    printed: Printed
    number: str
    due_on: date
    asset: str
    where: str
    checklist: str
    source: str
    is_verified: bool
    lines: tuple[FormLine, ...]


COLUMNS = (
    Column(title="#", share=8),
    Column(title="Look at", share=82, style=Style(size=9, bold=True)),
    Column(title="Pass", share=14),
    Column(title="Fail", share=14),
    Column(title="Reading", share=26),
    Column(title="Note", share=46),
)


def check_form(form: CheckFormPaper, *, paper: Paper = A4) -> bytes:
    """What is inspected and where, the lines, and the signature."""
    head = Head(company=form.company, title="Workplace inspection", number=form.number, dated=form.due_on)
    sheet = Sheet(head=head, printed=form.printed, paper=paper)
    verified = "" if form.is_verified else "Not verified against the text of the regulation"
    sheet.blocks(
        (
            Block(title="What", lines=(form.asset, form.where)),
            Block(title="Checklist", lines=(form.checklist,)),
            Block(title="Source", lines=tuple(filter(None, (form.source, verified)))),
        )
    )
    tick, write = Cell(box="tick"), Cell(box="write")
    rows = [
        row(
            str(line.line),
            Cell(line.text, note=_below(line)),
            "" if line.limits else tick,
            "" if line.limits else tick,
            write if line.limits else "",
            write,
        )
        for line in form.lines
    ]
    draw_table(sheet, COLUMNS, rows)
    sheet.need(12)
    sheet.paragraph("Enter it in the system the same day: what is critical counts from then on.", SMALL)
    sheet.paragraph("Inspected by, when: ______________________________", SMALL)
    return sheet.finish()


def _below(line: FormLine) -> str:
    """What a reading must be, and what a failure does."""
    says = (line.limits and f"Passes {line.limits}", line.is_critical and "Critical: out of service when it fails")
    return ". ".join(str(each) for each in says if each)
