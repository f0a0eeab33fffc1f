"""Prints what a recall needs on paper, and runs the mock recalls that are due."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.core.paper.shelf import keep
from apps.journal import edge
from apps.traceability.models import DrillPlan, RecallCase
from apps.traceability.operations import run_drill
from apps.traceability.pdf import trace_report
from apps.traceability.queries import lots_shipped, trace_lot, trace_on_paper


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


@shared_task(name="traceability.run_drills")
def run_drills(**_: Any) -> list[str]:
    """Run the mock recalls whose day has come, each plan's once; the drills' numbers."""
    today = clock.now().date()
    system = User.objects.get(username=SYSTEM)
    if not lots_shipped():
        return []
    return [
        edge.run(
            run_drill,
            by=system,
            job="traceability.run_drills",
            key=f"{plan.pk} {plan.next_on}",
            render=str,
            plan_id=plan.pk,
        )
        for plan in DrillPlan.objects.filter(is_active=True, next_on__lte=today)
    ]
