"""The sampling table in force, and the sample of a lot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from apps.compliance.models import InspectionPlan, SamplingTable
from apps.compliance.rules import NoPlan, Sample, Table, fixed, sample_of_table, units_in
from apps.compliance.states import SamplingKind, Severity
from apps.core.decimals import plain


def table_of(plans: Collection[InspectionPlan], *, on: date) -> tuple[SamplingTable | None, Table]:
    """The table in force with what these plans need of it; nothing is read where none samples by table."""
    aqls = {plan.table_aql for plan in plans if plan.table_aql is not None}
    version = SamplingTable.objects.in_force(on) if aqls else None
    if version is None:
        return None, Table(letters={}, plans={})
    letters: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for level, start, letter in version.letters.order_by("lot_from").values_list("level", "lot_from", "letter"):
        letters[level].append((start, letter))
    samples = {
        (severity, letter, aql.normalize()): Sample(size=size, accept=accept, reject=reject)
        for severity, letter, aql, size, accept, reject in version.plans.filter(aql__in=aqls).values_list(
            "severity", "letter", "aql", "sample_size", "accept_number", "reject_number"
        )
    }
    return version, Table(letters=letters, plans=samples)


def basis_of(plan: InspectionPlan | None, version: SamplingTable | None, *, severity: str) -> str:
    """By what a sample is found, in words; kept with it, since a plan may change."""
    if plan is None:
        return "Judged as a whole"
    if plan.table_aql is not None and version is not None:
        return f"{version}, level {plan.level}, AQL {plain(plan.table_aql)}, {Severity(severity).label.lower()}"
    if plan.amount is not None and plan.sampling in {SamplingKind.COUNT, SamplingKind.PERCENT}:
        return f"{plan.get_sampling_display()}: {plain(plan.amount)}"
    return SamplingKind.ALL.label


def sample_for(plan: InspectionPlan | None, quantity: Decimal, *, severity: str, table: Table) -> Sample:
    """How many of a lot are looked at; without a plan it is judged as a whole, once.

    Where the table in force has no plan for the AQL, every unit is looked at rather than none.
    """
    if plan is None:
        return Sample(size=1)
    lot_size = units_in(quantity)
    if plan.table_aql is not None:
        try:
            return sample_of_table(table, lot_size=lot_size, level=plan.level, aql=plan.table_aql, severity=severity)
        except NoPlan:
            return Sample(size=lot_size)
    return fixed(plan.sampling, plan.amount, lot_size=lot_size)
