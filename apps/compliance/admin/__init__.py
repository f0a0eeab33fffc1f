"""Quality's desk: inspections, what goes back, and the plans and tables that they follow."""

from apps.compliance.admin.climate import ExcursionCaseAdmin, SensorAdmin, SensorReadingAdmin, WatchedZoneAdmin
from apps.compliance.admin.inspection import InspectionAdmin
from apps.compliance.admin.plans import CodeLetterAdmin, InspectionPlanAdmin, SamplingTableAdmin, SingleSamplingAdmin
from apps.compliance.admin.supplier_return import SupplierReturnAdmin

__all__ = [
    "CodeLetterAdmin",
    "ExcursionCaseAdmin",
    "InspectionAdmin",
    "InspectionPlanAdmin",
    "SamplingTableAdmin",
    "SensorAdmin",
    "SensorReadingAdmin",
    "SingleSamplingAdmin",
    "SupplierReturnAdmin",
    "WatchedZoneAdmin",
]
