"""Sampling tables, inspection plans, inspections, what goes back to suppliers; sensors, readings and excursions."""

from apps.compliance.models.climate import (
    EXCURSION_NUMBERS,
    ExcursionCase,
    ExcursionGoods,
    Sensor,
    SensorReading,
    WatchedZone,
)
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
    "EXCURSION_NUMBERS",
    "INSPECTION_NUMBERS",
    "SUPPLIER_RETURN_NUMBERS",
    "CodeLetter",
    "ExcursionCase",
    "ExcursionGoods",
    "Inspection",
    "InspectionCharacteristic",
    "InspectionDecision",
    "InspectionPlan",
    "InspectionResult",
    "PlanCharacteristic",
    "SamplingTable",
    "Sensor",
    "SensorReading",
    "SingleSampling",
    "SupplierReturn",
    "WatchedZone",
]
