"""What the results of an inspection say."""

from __future__ import annotations

from apps.compliance.models import Inspection, InspectionResult
from apps.compliance.rules import Finding, Findings, Sample, judge


def findings_of(inspection: Inspection) -> Findings:
    """What was found, by the results that count."""
    characteristics = dict(inspection.characteristics.values_list("pk", "is_critical"))
    results = InspectionResult.objects.filter(characteristic__in=characteristics, replaced_at=None)
    return judge(
        (
            Finding(characteristic=pk, sample=sample, passed=passed, is_critical=characteristics[pk])
            for pk, sample, passed in results.values_list("characteristic", "sample", "passed")
        ),
        characteristics=characteristics,
        sample=Sample(size=inspection.sample_size, accept=inspection.accept_number, reject=inspection.reject_number),
    )
