"""What is done about counts: asked for, planned, taken down, decided; and what is kept in doubt."""

from apps.counting.operations.decide import approve_count, cancel_count, reject_count
from apps.counting.operations.doubts import note_doubt
from apps.counting.operations.inventory import cancel_inventory, close_inventory, start_inventory
from apps.counting.operations.opening import MAY_DECIDE, open_count, open_item_counts, open_unit_count, opened
from apps.counting.operations.plan import plan_counts
from apps.counting.operations.record import record_count
from apps.counting.operations.results import bring_in_results

__all__ = [
    "MAY_DECIDE",
    "approve_count",
    "bring_in_results",
    "cancel_count",
    "cancel_inventory",
    "close_inventory",
    "note_doubt",
    "open_count",
    "open_item_counts",
    "open_unit_count",
    "opened",
    "plan_counts",
    "record_count",
    "reject_count",
    "start_inventory",
]
