"""The recall room at the desk."""

from apps.traceability.admin.cases import RecallCaseAdmin
from apps.traceability.admin.drills import DrillPlanAdmin, RecallDrillAdmin

__all__ = ["DrillPlanAdmin", "RecallCaseAdmin", "RecallDrillAdmin"]
