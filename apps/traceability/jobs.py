"""Prints what a recall needs on paper."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.core import clock
from apps.core.paper.shelf import keep
from apps.traceability.models import RecallCase
from apps.traceability.pdf import trace_report
from apps.traceability.queries import trace_lot, trace_on_paper


@shared_task(name="traceability.print_trace_reports")
def print_trace_reports(*, number: str, **_: Any) -> list[str]:
    """Write a trace report for each lot of the case; the files' paths."""
    case = RecallCase.objects.select_related("reported_by", "opened_by").get(number=number)
    at = clock.now()
    return [
        str(
            keep(
                f"{case.number}-{lot.item.number}-{lot.number}.pdf",
                trace_report(trace_on_paper(trace_lot(lot.pk), case, at=at, by=case.opened_by)),
            )
        )
        for lot in case.lots.select_related("item").order_by("pk")
    ]
