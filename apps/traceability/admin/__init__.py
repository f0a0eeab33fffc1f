"""The recall room at the desk."""

from apps.traceability.admin.authenticity import AuthenticityCheckAdmin
from apps.traceability.admin.cases import RecallCaseAdmin
from apps.traceability.admin.drills import DrillPlanAdmin, RecallDrillAdmin
from apps.traceability.admin.groupings import LotGroupingAdmin
from apps.traceability.admin.suspects import SuspectCaseAdmin

__all__ = [
    "AuthenticityCheckAdmin",
    "DrillPlanAdmin",
    "LotGroupingAdmin",
    "RecallCaseAdmin",
    "RecallDrillAdmin",
    "SuspectCaseAdmin",
]
