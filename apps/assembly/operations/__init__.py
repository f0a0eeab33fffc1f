"""What is done about assembly: planned, released, issued, finished, given back, ended."""

from apps.assembly.operations.draft import Ingredient, draft_assembly
from apps.assembly.operations.end import cancel_assembly
from apps.assembly.operations.finish import finish_assembly
from apps.assembly.operations.give_back import confirm_return, return_component, scrap_component
from apps.assembly.operations.issue import confirm_issue, issue_component
from apps.assembly.operations.refurbish import MAY_REFURBISH, open_refurbishment
from apps.assembly.operations.release import (
    forget_frozen,
    orders_with_lots,
    release_assembly,
    reserve_components,
)
from apps.assembly.operations.trail import MAY_PLAN
from apps.assembly.operations.using import Made, Used

__all__ = [
    "MAY_PLAN",
    "MAY_REFURBISH",
    "Ingredient",
    "Made",
    "Used",
    "cancel_assembly",
    "confirm_issue",
    "confirm_return",
    "draft_assembly",
    "finish_assembly",
    "forget_frozen",
    "issue_component",
    "open_refurbishment",
    "orders_with_lots",
    "release_assembly",
    "reserve_components",
    "return_component",
    "scrap_component",
]
