"""OSHA's forms 300, 300A and 301, by their own column letters; a privacy case bears no name on any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.paper.formats import Address, Printed, day
from apps.core.paper.sheet import LETTER, SMALL, Block, Head, Paper, Sheet
from apps.core.paper.table import Cell, Column, draw_table, row
from apps.core.paper.text import Style

LANDSCAPE = Paper(LETTER.height, LETTER.width)
NOT_OFFICIAL = (
    "It follows the columns of the form as they are known here; they were not compared with this year's template."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHead:
    """What stands on each of the forms."""

    company: Address
    printed: Printed
    year: int
    dated: date
    establishment: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One case; `outcome` is the letter of its one column, `kind` the number of its M column."""

    case_number: str
    name: str
    job_title: str
    occurred_on: date
    where: str
    harm: str
    outcome: str
    days_away: int
    days_restricted: int
    kind: int


LOG = (
    Column(title="A Case", share=11),
    Column(title="B Employee", share=27, style=Style(size=8, bold=True)),
    Column(title="C Job title", share=22, style=Style(size=8)),
    Column(title="D Date", share=19, style=Style(size=8)),
    Column(title="E Where", share=23, style=Style(size=8)),
    Column(title="F Injury or illness, body part, object", share=53, style=Style(size=8)),
    *(Column(title=letter, share=7) for letter in "GHIJ"),
    Column(title="K Away", share=13),
    Column(title="L Restr.", share=14),
    *(Column(title=f"M{number}", share=8.5) for number in range(1, 7)),
)


def log_form(head: FormHead, lines: tuple[LogLine, ...]) -> bytes:
    """Form 300: a line a case, with the totals of the page's columns."""
    sheet = _sheet(head, "Form 300: log of injuries and illnesses", LANDSCAPE)
    rows = [
        row(
            line.case_number,
            line.name,
            line.job_title,
            day(line.occurred_on),
            line.where,
            line.harm,
            *("X" if line.outcome == letter else "" for letter in "GHIJ"),
            str(line.days_away),
            str(line.days_restricted),
            *("X" if line.kind == number else "" for number in range(1, 7)),
        )
        for line in lines
    ]
    totals = row(
        "",
        "Totals",
        *[""] * 4,
        *(str(sum(line.outcome == letter for line in lines)) for letter in "GHIJ"),
        str(sum(line.days_away for line in lines)),
        str(sum(line.days_restricted for line in lines)),
        *(str(sum(line.kind == number for line in lines)) for number in range(1, 7)),
        total=True,
    )
    draw_table(sheet, LOG, [*rows, totals], empty="No recordable cases.")
    sheet.paragraph(
        "G death, H days away from work, I job transfer or restriction, J other recordable. M1 injury, M2 skin"
        " disorder, M3 respiratory condition, M4 poisoning, M5 hearing loss, M6 all other illnesses.",
        SMALL,
    )
    sheet.paragraph(NOT_OFFICIAL, SMALL)
    return sheet.finish()


CONFIDENTIAL = (
    Column(title="Case", share=15),
    Column(title="Employee", share=60, style=Style(size=9, bold=True)),
    Column(title="Privacy case because", share=80),
    Column(title="Date", share=25),
)


def confidential_form(head: FormHead, lines: tuple[tuple[str, str, str, date], ...]) -> bytes:
    """The names that the log of a year leaves out, by case number: kept apart from it, 29 CFR 1904.29(b)(6)."""
    sheet = _sheet(head, "Confidential list of privacy cases", LETTER)
    rows = [row(number, name, because, day(on)) for number, name, because, on in lines]
    draw_table(sheet, CONFIDENTIAL, rows, empty="No privacy cases.")
    sheet.paragraph(
        "Kept apart from the log, and shown to nobody who may not see the names (29 CFR 1904.29(b)(6) to (10), not"
        " verified).",
        SMALL,
    )
    return sheet.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The totals of a year: each with the column of the log that it sums."""

    totals: tuple[tuple[str, int], ...]
    average_employees: int
    hours_worked: int
    rates: tuple[tuple[str, str], ...]
    executive: tuple[str, ...]
    certified_on: date | None


TOTALS = (Column(title="Column of the log", share=120), Column(title="Total", share=30, right=True))


def summary_form(head: FormHead, summary: Summary) -> bytes:
    """Form 300A: the year's totals, posted from 1 February to 30 April of the next; with no case as well."""
    sheet = _sheet(head, "Form 300A: summary of a year", LETTER)
    draw_table(sheet, TOTALS, [row(title, str(total)) for title, total in summary.totals])
    figures = [
        row("Annual average number of employees", f"{summary.average_employees:,}"),
        row("Total hours worked by all employees", f"{summary.hours_worked:,}"),
        *(row(title, value) for title, value in summary.rates),
    ]
    draw_table(sheet, (Column(title="Establishment", share=120), TOTALS[1]), figures)
    sheet.need(30)
    sheet.paragraph("I have examined this document, and to the best of my knowledge it is true and complete.", SMALL)
    signed = row(Cell(box="sign"), *summary.executive, day(summary.certified_on) or Cell(box="write"))
    titles = (("Signature", 60), ("Company executive", 45), ("Title", 40), ("Phone", 35), ("Date", 25))
    draw_table(sheet, [Column(title=title, share=share) for title, share in titles], [signed])
    sheet.paragraph("To be posted from 1 February to 30 April of the year after (29 CFR 1904.32, not verified).", SMALL)
    sheet.paragraph(NOT_OFFICIAL, SMALL)
    return sheet.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportItem:
    """One numbered question of the 301 with its answer."""

    number: str
    question: str
    answer: str


REPORT = (
    Column(title="#", share=10),
    Column(title="Question", share=70, style=Style(size=8)),
    Column(title="Answer", share=110, style=Style(size=9, bold=True)),
)


def case_form(head: FormHead, number: str, items: tuple[ReportItem, ...]) -> bytes:
    """Form 301: one case, question by question; kept apart from the log."""
    sheet = _sheet(head, "Form 301: injury and illness report", LETTER, number=number)
    draw_table(sheet, REPORT, [row(each.number, each.question, each.answer or "-") for each in items])
    sheet.paragraph("Contains personal medical data: each reading of this form is written in the audit trail.", SMALL)
    sheet.paragraph(NOT_OFFICIAL, SMALL)
    return sheet.finish()


def _sheet(head: FormHead, title: str, paper: Paper, *, number: str = "") -> Sheet:
    top = Head(company=head.company, title=title, number=number or str(head.year), dated=head.dated)
    sheet = Sheet(head=top, printed=head.printed, paper=paper)
    sheet.blocks((Block(title="Establishment", lines=head.establishment), Block(title="Year", lines=(str(head.year),))))
    return sheet
