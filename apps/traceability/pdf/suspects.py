"""The file of a case of suspect goods: the doubt, the steps, the verdict, and who was told by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm

from apps.core.paper.formats import Address, Printed
from apps.core.paper.sheet import A4, SMALL, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row

STEPS = (
    Column(title="When", share=40),
    Column(title="What", share=36),
    Column(title="Who", share=38),
    Column(title="Said", share=56),
)
HELD = (
    Column(title="Item", share=34),
    Column(title="Lot", share=34),
    Column(title="Site", share=24),
    Column(title="Here", share=30, right=True),
    Column(title="Held", share=48),
)
PARTNERS = (
    Column(title="Partner", share=56),
    Column(title="Reached by", share=56),
    Column(title="Told", share=34),
    Column(title="By", share=24),
)
NOT_OFFICIAL = "This file is no official form; Form FDA 3911 is filled in from it."


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectPaper:
    """What stands on it, as text."""

    company: Address
    printed: Printed
    number: str
    opened_on: date
    goods: tuple[str, ...]
    doubt: tuple[str, ...]
    verdict: tuple[str, ...]
    clock: tuple[str, ...]
    held: tuple[tuple[str, str, str, str, str], ...]
    steps: tuple[tuple[str, str, str, str, str], ...]
    """When, what, who, said, reference."""
    partners: tuple[tuple[str, str, str, str, str, str], ...]
    """Name, role, reached by, told, method, by whom."""
    law: tuple[str, ...]


def suspect_file(case: SuspectPaper, *, paper: Paper = A4) -> bytes:
    """The whole case."""
    head = Head(company=case.company, title="Suspect goods", number=case.number, dated=case.opened_on)
    sheet = Sheet(head=head, printed=case.printed, paper=paper)
    sheet.blocks((Block(title="Goods", lines=case.goods), Block(title="Doubt", lines=case.doubt)))
    sheet.blocks((Block(title="Verdict", lines=case.verdict), Block(title="Clock", lines=case.clock)))
    sheet.heading("What is held")
    if case.held:
        draw_table(sheet, HELD, [row(*each) for each in case.held])
    else:
        sheet.paragraph("Nothing of it stands at any site.")
    sheet.heading("Investigation")
    if case.steps:
        draw_table(
            sheet, STEPS, [row(when, what, Cell(who, note=ref), said) for when, what, who, said, ref in case.steps]
        )
    else:
        sheet.paragraph("No step is recorded.")
    if case.partners:
        sheet.heading("Whom it concerns")
        rows = [
            row(Cell(name, note=role), reached, Cell(told, note=method), who)
            for name, role, reached, told, method, who in case.partners
        ]
        draw_table(sheet, PARTNERS, rows)
    sheet.space(3 * mm)
    for line in (*case.law, NOT_OFFICIAL):
        sheet.paragraph(line, SMALL, after=1)
    return sheet.finish()
