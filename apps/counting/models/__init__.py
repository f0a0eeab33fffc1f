"""What counting keeps: the plan and its programs, counts and what they found, who may decide, full inventories."""

from apps.counting.models.count import COUNT_NUMBERS, CountFinding, CountLine, CycleCount
from apps.counting.models.inventory import INVENTORY_NUMBERS, Inventory
from apps.counting.models.policy import ApprovalTier, CountTolerance
from apps.counting.models.program import CountDay, CountDoubt, CountPlan, CountProgram

__all__ = [
    "COUNT_NUMBERS",
    "INVENTORY_NUMBERS",
    "ApprovalTier",
    "CountDay",
    "CountDoubt",
    "CountFinding",
    "CountLine",
    "CountPlan",
    "CountProgram",
    "CountTolerance",
    "CycleCount",
    "Inventory",
]
