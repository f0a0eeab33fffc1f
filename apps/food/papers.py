"""What stands on papers about foods, from the rows."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.catalog.models import Unit
from apps.food.models import TraceabilityPlan
from apps.food.pdf import PlanPaper, plan_pages
from apps.food.queries import listed_items
from apps.food.rules.law import LAW
from apps.food.xlsx import About
from apps.locations.queries import letterhead, printed


def about_records(asked: str, *, at: datetime, by: User) -> About:
    """On whose words a spreadsheet rests, and under which plan."""
    by_whom = printed(at, by)
    plan = TraceabilityPlan.objects.in_force(by_whom.at.date())
    return About(
        company=letterhead().name,
        asked=asked,
        made_at=by_whom.at,
        made_by=by_whom.by,
        plan=plan.number if plan is not None else "",
        contact=f"{plan.contact}, {plan.phone}" if plan is not None else "",
        units=tuple((unit.code, unit.name) for unit in Unit.objects.order_by("code")),
    )


def plan_paper(plan: TraceabilityPlan, *, at: datetime, by: User) -> bytes:
    """A plan, with the items that are on the list on its first day."""
    listed = listed_items(plan.effective_on)
    return plan_pages(
        PlanPaper(
            company=letterhead(),
            printed=printed(at, by),
            number=plan.number,
            effective_on=plan.effective_on,
            contact=(plan.contact, plan.phone),
            parts=(
                ("How records are kept", plan.records),
                ("How listed foods are identified", plan.identification),
                ("How traceability lot codes are assigned", plan.assignment),
            ),
            items=tuple(sorted(listed.values())),
            sources=tuple(f"{rule.cited}: {rule.says}." for rule in (LAW["plan"], LAW["spreadsheet"], LAW["kept"])),
        )
    )
