"""What stands on papers and in workbooks of loss prevention, from the rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from apps.accounts.models import User
from apps.core.paper.formats import quantity
from apps.core.xlsx import add_sheet, harmless, new_workbook, saved
from apps.locations.queries import company_currency, letterhead, printed
from apps.losses.models import LossCase
from apps.losses.pdf import CasePaper, case_file
from apps.losses.queries import Access, losses_of
from apps.losses.rules import Loss, worth

MINUTE = "%Y-%m-%d %H:%M"
HEADS = ("When (UTC)", "Site", "Where", "What", "Who", "Badge", "Minutes")
WIDTHS = (18, 10, 30, 20, 24, 16, 10)


def loss_case_paper(case: LossCase, *, at: datetime, by: User) -> bytes:
    """The case as it stands now."""
    zone = ZoneInfo(case.warehouse.timezone)
    losses = losses_of(case.lines.values_list("posting", flat=True), case.warehouse)
    shown = dict.fromkeys(
        (each.camera, each.channel, f"{each.since:{MINUTE}}", f"{each.until:{MINUTE}}")
        for loss in losses
        for each in loss.footage
    )
    return case_file(
        CasePaper(
            company=letterhead(),
            printed=printed(at, by, case.warehouse),
            number=case.number,
            opened_on=case.warehouse.local_date(case.created_at),
            what=_what(case, losses, zone),
            found=_found(case, zone),
            losses=tuple(_line(loss) for loss in losses),
            footage=tuple(shown),
            steps=tuple(
                (
                    f"{step.recorded_at.astimezone(zone):{MINUTE}}",
                    step.get_kind_display(),
                    step.said,
                    step.recorded_by.get_username(),
                )
                for step in case.steps.select_related("recorded_by")
            ),
        )
    )


def _what(case: LossCase, losses: Sequence[Loss], zone: ZoneInfo) -> tuple[str, ...]:
    value, unpriced = worth(losses)
    price = f"Worth {value:,.2f} {company_currency()} at cost"
    return (
        case.reason,
        f"{case.warehouse.code} {case.warehouse.name}",
        f"{price}, and {unpriced} without a cost" if unpriced else price,
        f"Opened {case.created_at.astimezone(zone):{MINUTE}} by {case.opened_by}",
    )


def _found(case: LossCase, zone: ZoneInfo) -> tuple[str, ...]:
    if not case.finding or case.asked_at is None:
        return ("Nothing yet",)
    decided = (
        f"Approved {case.decided_at.astimezone(zone):{MINUTE}} by {case.decided_by}"
        if case.decided_at is not None
        else "Not approved yet"
    )
    told = f"Told {case.asked_at.astimezone(zone):{MINUTE}} by {case.asked_by}"
    return (case.get_finding_display(), case.finding_note, told, decided)


def _line(loss: Loss) -> tuple[str, str, str, str, str, str]:
    return (
        f"{loss.at:{MINUTE}}",
        f"{loss.place} ({loss.zone})",
        f"{loss.item} {loss.lot}".strip(),
        quantity(loss.quantity, loss.unit),
        f"{loss.since:{MINUTE}}" if loss.since is not None else "not known",
        f"{loss.reason}, by {loss.told_by}, {loss.document}",
    )


def access_workbook(rows: Sequence[Access]) -> bytes:
    """Who came in, a row each."""
    book = new_workbook()
    sheet = add_sheet(book, "Access", HEADS, widths=WIDTHS)
    for each in rows:
        lasted = int(each.lasted.total_seconds() // 60) if each.lasted is not None else None
        texts = [harmless(text) for text in (each.site, each.where, each.what, each.who, each.badge)]
        sheet.append([each.at.astimezone(UTC).replace(tzinfo=None), *texts, lasted])
    return saved(book)
