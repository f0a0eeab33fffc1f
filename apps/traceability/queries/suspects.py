"""Whom illegitimate goods concern, what of a case is late, and what is on its paper."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.purchasing.models import ReceiptLine
from apps.traceability.models import SuspectCase, SuspectPartner, SuspectStep
from apps.traceability.queries.deliveries import deliveries_of
from apps.traceability.rules.law import NOTIFY_WITHIN
from apps.traceability.states import PartnerRole, SuspectState, SuspectStepKind


def partners_of(lot_ids: Collection[int]) -> list[tuple[int, PartnerRole]]:
    """Who supplied these lots, and who was sent some."""
    bought = ReceiptLine.objects.counted().filter(lot__among=list(lot_ids)).order_by("receipt__supplier")
    suppliers = bought.values_list("receipt__supplier", flat=True).distinct()
    customers = dict.fromkeys(each.party_id for each in deliveries_of(lot_ids))
    return [(pk, PartnerRole.SUPPLIER) for pk in suppliers] + [(pk, PartnerRole.CUSTOMER) for pk in customers]


def _with_told(rows: QuerySet[SuspectCase]) -> QuerySet[SuspectCase]:
    """Annotates `regulator_told` and `partner_untold`: whether the one was, and whether any partner was not."""
    told = SuspectStep.objects.filter(case=OuterRef("pk"), kind=SuspectStepKind.REGULATOR)
    untold = SuspectPartner.objects.filter(case=OuterRef("pk"), notified_at=None)
    return rows.annotate(regulator_told=Exists(told), partner_untold=Exists(untold))


def late(rows: QuerySet[SuspectCase], *, at: datetime) -> QuerySet[SuspectCase]:
    """Found illegitimate more than 24 hours ago, and the regulator or a partner was not told."""
    due = _with_told(rows).filter(state=SuspectState.ILLEGITIMATE, decided_at__lt=at - NOTIFY_WITHIN)
    return due.filter(Q(regulator_told=False) | Q(partner_untold=True))


def due_at(case: SuspectCase) -> datetime | None:
    """By when the regulator and partners are told; None unless the goods were found illegitimate."""
    found = case.state == SuspectState.ILLEGITIMATE
    return case.decided_at + NOTIFY_WITHIN if found and case.decided_at is not None else None
