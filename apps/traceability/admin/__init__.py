"""The recall room at the desk."""

from apps.traceability.admin.authenticity import AuthenticityCheckAdmin
from apps.traceability.admin.cases import RecallCaseAdmin
from apps.traceability.admin.drills import DrillPlanAdmin, RecallDrillAdmin

__all__ = ["AuthenticityCheckAdmin", "DrillPlanAdmin", "RecallCaseAdmin", "RecallDrillAdmin"]
