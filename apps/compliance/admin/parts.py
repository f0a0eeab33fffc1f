"""The tables on an inspection's page."""

from __future__ import annotations

from django.db.models import Count, Q

from apps.compliance.models import Inspection, InspectionResult
from apps.compliance.states import InspectionDisposition
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, paper, quantity
from apps.core.admin.page import Column, Table
from apps.core.decimals import plain

MOST_RESULTS = 200
"""A page shows so many: the failed ones first."""
DISPOSITION_TONES = {
    InspectionDisposition.ACCEPT: Tone.DONE,
    InspectionDisposition.REJECT: Tone.BLOCKED,
    InspectionDisposition.REWORK: Tone.PROGRESS,
    InspectionDisposition.USE_AS_IS: Tone.LATE,
}


def characteristics_table(inspection: Inspection) -> Table:
    """What is looked at, and how far."""
    counts = Q(results__replaced_at=None)
    rows = inspection.characteristics.annotate(
        done=Count("results", filter=counts), failed=Count("results", filter=counts & Q(results__passed=False))
    )
    return Table(
        title="What is looked at",
        columns=(
            Column("Line", number=True),
            Column("Characteristic"),
            Column("Limits"),
            Column("Instruction"),
            Column("Looked at", number=True),
            Column("Failed", number=True),
        ),
        rows=[
            (
                each.line,
                badge(each.name, Tone.BLOCKED) if each.is_critical else each.name,
                each.limits or each.get_kind_display(),
                each.instruction or NOTHING,
                f"{each.done} of {inspection.sample_size}",
                each.failed,
            )
            for each in rows.order_by("line")
        ],
        empty="A lot that was skipped is not looked at.",
    )


def results_table(inspection: Inspection) -> Table:
    """What was found, with who and when; what was replaced is crossed out by its badge."""
    rows = InspectionResult.objects.filter(characteristic__inspection=inspection).select_related(
        "characteristic", "recorded_by"
    )
    zone = inspection.warehouse.timezone
    return Table(
        title="Results",
        columns=(
            Column("Unit", number=True),
            Column("Characteristic"),
            Column("Found"),
            Column("Value", number=True),
            Column("Note"),
            Column("By"),
            Column("When"),
        ),
        rows=[
            (
                each.sample,
                each.characteristic.name,
                _found(each),
                f"{plain(each.value)} {each.characteristic.unit}" if each.value is not None else NOTHING,
                each.note or NOTHING,
                each.recorded_by,
                moment(each.recorded_at, zone),
            )
            for each in rows.order_by("passed", "sample", "characteristic__line", "pk")[:MOST_RESULTS]
        ],
        empty="Nobody has looked at any of it yet.",
    )


def decisions_table(inspection: Inspection) -> Table:
    """What became of the goods."""
    unit = inspection.item.unit
    return Table(
        title="Decision",
        columns=(
            Column("What becomes of it"),
            Column("Quantity", number=True),
            Column("Serial number"),
            Column("Gone back", number=True),
        ),
        rows=[
            (
                badge(row.get_disposition_display(), DISPOSITION_TONES[InspectionDisposition(row.disposition)]),
                quantity(row.quantity, unit),
                row.serial or NOTHING,
                quantity(row.returned, unit) if row.returned else NOTHING,
            )
            for row in inspection.decisions.select_related("serial")
        ],
        empty="Nobody has decided yet.",
    )


def returns_table(inspection: Inspection) -> Table:
    """What left for the supplier."""
    zone = inspection.warehouse.timezone
    return Table(
        title="Gone back",
        columns=(
            Column("Return"),
            Column("Their number"),
            Column("Carrier"),
            Column("By"),
            Column("When"),
            Column("Note"),
        ),
        rows=[
            (
                link(sent),
                sent.reference or NOTHING,
                sent.carrier or NOTHING,
                sent.returned_by,
                moment(sent.returned_at, zone),
                paper("Return note", f"/api/v1/supplier-returns/{sent}/note"),
            )
            for sent in inspection.returns.select_related("returned_by").order_by("pk")
        ],
        empty="Nothing has left for the supplier.",
    )


def _found(result: InspectionResult) -> object:
    if result.replaced_at is not None:
        return badge("Replaced", Tone.WAITING)
    return badge("Passed", Tone.DONE) if result.passed else badge("Failed", Tone.BLOCKED)
