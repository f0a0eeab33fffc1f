"""The file of a case of losses: what went missing since when, what shows it, what was done, what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.paper.formats import Address, Printed
from apps.core.paper.sheet import A4, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row

LOSSES = (
    Column(title="Missed", share=34),
    Column(title="Place", share=34),
    Column(title="Item", share=44),
    Column(title="Taken off", share=28, right=True),
    Column(title="Last there", share=30),
)
FOOTAGE = (
    Column(title="Camera", share=40),
    Column(title="Channel", share=50),
    Column(title="From", share=40),
    Column(title="To", share=40),
)
STEPS = (Column(title="When", share=36), Column(title="What", share=40), Column(title="Said", share=94))


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePaper:
    """What stands on it, as text; times are by the clock of the site."""

    company: Address
    printed: Printed
    number: str
    opened_on: date
    what: tuple[str, ...]
    found: tuple[str, ...]
    losses: tuple[tuple[str, str, str, str, str, str], ...]
    """Missed, place, item, quantity, when somebody was last there, who told it and why."""
    footage: tuple[tuple[str, str, str, str], ...]
    steps: tuple[tuple[str, str, str, str], ...]
    """When, what, said, by whom."""


def case_file(case: CasePaper, *, paper: Paper = A4) -> bytes:
    """The whole case."""
    head = Head(company=case.company, title="Case of losses", number=case.number, dated=case.opened_on)
    sheet = Sheet(head=head, printed=case.printed, paper=paper)
    sheet.blocks((Block(title="Looked into", lines=case.what), Block(title="Found", lines=case.found)))
    sheet.heading("What went missing")
    lines = [
        row(missed, place, Cell(item, note=why), amount, last) for missed, place, item, amount, last, why in case.losses
    ]
    draw_table(sheet, LOSSES, lines)
    sheet.heading("What cameras show")
    if case.footage:
        draw_table(sheet, FOOTAGE, [row(*each) for each in case.footage])
    else:
        sheet.paragraph("No camera sees these places.")
    sheet.heading("Investigation")
    if case.steps:
        draw_table(sheet, STEPS, [row(when, Cell(what, note=who), said) for when, what, said, who in case.steps])
    else:
        sheet.paragraph("No step is recorded.")
    return sheet.finish()
