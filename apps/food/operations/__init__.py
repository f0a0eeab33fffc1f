"""Decisions about listed foods, codes of lots, plans; and who took records out."""

from apps.food.operations.codes import MAY_STATE, state_code
from apps.food.operations.listing import MAY_DETERMINE, determine_food, publish_plan
from apps.food.operations.trail import MOST_ROWS, check_size, note_records_read, note_shipment_read

__all__ = [
    "MAY_DETERMINE",
    "MAY_STATE",
    "MOST_ROWS",
    "check_size",
    "determine_food",
    "note_records_read",
    "note_shipment_read",
    "publish_plan",
    "state_code",
]
