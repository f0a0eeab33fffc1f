"""What stands on papers about suspect goods, from the rows."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from apps.accounts.models import User
from apps.core.paper.formats import quantity
from apps.ledger.models import StockBalance
from apps.locations.queries import letterhead, printed
from apps.traceability.models import SuspectCase
from apps.traceability.pdf.suspects import SuspectPaper, suspect_file
from apps.traceability.queries.suspects import due_at
from apps.traceability.rules.law import SUSPECT_LAW
from apps.traceability.states import SuspectStepKind

MINUTE = "%Y-%m-%d %H:%M UTC"
MOST_SERIALS = 20


def suspect_paper(case: SuspectCase, *, at: datetime, by: User) -> bytes:
    """The case as it stands now; times are universal, since a case spans sites."""
    return suspect_file(
        SuspectPaper(
            company=letterhead(),
            printed=printed(at, by),
            number=case.number,
            opened_on=case.created_at.date(),
            goods=_goods(case),
            doubt=_doubt(case),
            verdict=_verdict(case),
            clock=_clock(case, at),
            held=_held(case),
            steps=tuple(
                (f"{step.done_at:{MINUTE}}", step.get_kind_display(), step.who, step.said, step.reference)
                for step in case.steps.all()
            ),
            partners=tuple(
                (
                    f"{row.party.number} {row.party.name}",
                    row.get_role_display(),
                    ", ".join(filter(None, (row.party.contact, row.party.phone, row.party.email))) or "not known",
                    f"{row.notified_at:{MINUTE}}" if row.notified_at else "not yet",
                    row.get_method_display(),
                    row.notified_by.get_username() if row.notified_by else "",
                )
                for row in case.partners.select_related("party", "notified_by")
            ),
            law=tuple(f"{rule.cited}: {rule.says}." for rule in SUSPECT_LAW.values()),
        )
    )


def _goods(case: SuspectCase) -> tuple[str, ...]:
    numbers = [serial.number for serial in case.serials.all()]
    more = f" and {len(numbers) - MOST_SERIALS} more" if len(numbers) > MOST_SERIALS else ""
    units = ", ".join(numbers[:MOST_SERIALS]) + more if numbers else "the whole lot"
    item = case.lot.item
    return (f"{item.number} {item.name}", f"Lot {case.lot.number}", f"Doubted: {units}", "Held: the whole lot")


def _doubt(case: SuspectCase) -> tuple[str, ...]:
    raised = f"Check {case.raised_by.number}: {case.raised_by.because}" if case.raised_by is not None else ""
    said = (case.get_source_display(), case.reason, raised)
    return (*filter(None, said), f"Opened {case.created_at:{MINUTE}} by {case.opened_by}")


def _verdict(case: SuspectCase) -> tuple[str, ...]:
    if not case.verdict or case.asked_at is None:
        return ("None yet",)
    asked = f"Asked for {case.asked_at:{MINUTE}} by {case.asked_by}"
    decided = f"Approved {case.decided_at:{MINUTE}} by {case.decided_by}" if case.decided_at else "Not approved yet"
    return (case.get_verdict_display(), case.verdict_note, asked, decided)


def _clock(case: SuspectCase, at: datetime) -> tuple[str, ...]:
    due = due_at(case)
    if due is None:
        return ("Nobody is to be told yet",)
    told = [step for step in case.steps.all() if step.kind == SuspectStepKind.REGULATOR]
    untold = case.partners.filter(notified_at=None).count()
    regulator = f"Regulator told {told[0].done_at:{MINUTE}}" if told else "Regulator not told yet"
    partners = f"Partners still to be told: {untold}" if untold else "All partners told"
    late = " (over)" if at > due and (untold or not told) else ""
    return (f"Tell all by {due:{MINUTE}}{late}", regulator, partners)


def _held(case: SuspectCase) -> tuple[tuple[str, str, str, str, str], ...]:
    lots = [hold.lot_id for hold in case.holds.all()]
    rows = (
        StockBalance.objects.on_hand()
        .filter(lot__among=lots)
        .order_by("lot__item__number", "lot__number", "warehouse__code")
        .values_list("lot", "lot__item__number", "lot__number", "warehouse__code", "lot__item__unit__code")
        .annotate(here=Sum("on_hand"))
    )
    closed = {hold.lot_id: hold.closed_at for hold in case.holds.all()}
    return tuple(
        (item, lot, site, quantity(here, unit), f"freed {ended:{MINUTE}}" if (ended := closed.get(pk)) else "held")
        for pk, item, lot, site, unit, here in rows
    )
