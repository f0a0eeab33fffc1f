"""Results are taken down: by characteristic and unit of the sample, with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.compliance.errors import InspectionOver, ResultUnclear
from apps.compliance.models import Inspection, InspectionCharacteristic, InspectionResult
from apps.compliance.operations.trail import MAY_INSPECT, check_role
from apps.compliance.rules import within
from apps.compliance.states import CharacteristicKind, InspectionState
from apps.journal.actor import Actor

AT_ONCE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was found of a characteristic at one unit of the sample, or alike at all from `sample` through `through`."""

    characteristic: int
    sample: int = 1
    through: int | None = None
    passed: bool | None = None
    value: Decimal | None = None
    note: str = ""


def record_results(*, inspection_id: int, results: Sequence[Recorded], by: Actor, at: datetime) -> Inspection:
    """Take down what was found. A result that is there already is replaced, and kept as replaced.

    A measured value passes by its limits; pass or fail is said. Raises `NotAllowed`, `InspectionOver`,
    `ResultUnclear`.
    """
    inspection = Inspection.objects.lock_one(inspection_id)
    check_role(by, MAY_INSPECT, f"record results of {inspection}")
    if inspection.state != InspectionState.OPEN:
        raise InspectionOver(inspection=inspection.number, state=inspection.state)
    characteristics = {each.line: each for each in inspection.characteristics.all()}
    rows: dict[tuple[int, int], InspectionResult] = {}
    for each in results:
        characteristic = characteristics.get(each.characteristic)
        if characteristic is None:
            raise ResultUnclear(
                inspection=inspection.number, characteristic=each.characteristic, problem="there is none of that line"
            )
        passed = _judged(inspection, characteristic, each)
        for sample in range(each.sample, (each.through or each.sample) + 1):
            rows[characteristic.pk, sample] = InspectionResult(
                characteristic=characteristic,
                sample=sample,
                value=each.value,
                passed=passed,
                note=each.note.strip(),
                recorded_by=by.user,
                recorded_at=at,
            )
    earlier = InspectionResult.objects.filter(
        characteristic__in={characteristic for characteristic, _ in rows},
        sample__in={sample for _, sample in rows},
        replaced_at=None,
    ).lock()
    replaced = [row.pk for row in earlier if (row.characteristic_id, row.sample) in rows]
    InspectionResult.objects.filter(pk__in=replaced).update(replaced_at=at)
    InspectionResult.objects.bulk_create(rows.values(), batch_size=AT_ONCE)
    return inspection


def _judged(inspection: Inspection, characteristic: InspectionCharacteristic, result: Recorded) -> bool:
    is_measured = characteristic.kind == CharacteristicKind.MEASURED
    last = result.through if result.through is not None else result.sample
    problem = ""
    if not 1 <= result.sample <= last <= inspection.sample_size:
        problem = f"the sample has units 1 to {inspection.sample_size}"
    elif is_measured and (result.value is None or result.passed is not None):
        problem = "it is measured: say the value alone"
    elif not is_measured and (result.passed is None or result.value is not None):
        problem = "say whether it passed, and no value"
    if problem:
        raise ResultUnclear(inspection=inspection.number, characteristic=characteristic.line, problem=problem)
    if result.value is not None:
        return within(result.value, lower=characteristic.lower, upper=characteristic.upper)
    return bool(result.passed)
