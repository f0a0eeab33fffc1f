"""What is done about counts: asked for, planned, taken down, decided."""

from apps.counting.operations.count import (
    MAY_DECIDE,
    approve_count,
    cancel_count,
    open_count,
    record_count,
    reject_count,
)
from apps.counting.operations.plan import plan_counts

__all__ = [
    "MAY_DECIDE",
    "approve_count",
    "cancel_count",
    "open_count",
    "plan_counts",
    "record_count",
    "reject_count",
]
