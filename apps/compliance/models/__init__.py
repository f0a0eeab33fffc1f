"""Sampling tables, inspection plans, inspections, and what goes back to suppliers."""

from apps.compliance.models.inspection import (
    INSPECTION_NUMBERS,
    Inspection,
    InspectionCharacteristic,
    InspectionDecision,
    InspectionResult,
)
from apps.compliance.models.plan import InspectionPlan, PlanCharacteristic
from apps.compliance.models.sampling import CodeLetter, SamplingTable, SingleSampling
from apps.compliance.models.supplier_return import SUPPLIER_RETURN_NUMBERS, SupplierReturn

__all__ = [
    "INSPECTION_NUMBERS",
    "SUPPLIER_RETURN_NUMBERS",
    "CodeLetter",
    "Inspection",
    "InspectionCharacteristic",
    "InspectionDecision",
    "InspectionPlan",
    "InspectionResult",
    "PlanCharacteristic",
    "SamplingTable",
    "SingleSampling",
    "SupplierReturn",
]
