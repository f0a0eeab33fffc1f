"""How far transfers are, and what is on the road between our sites."""

from apps.transfers.queries.paper import transfer_note_of
from apps.transfers.queries.progress import LineProgress, is_on_the_road, progress_of, was_dispatched
from apps.transfers.queries.road import TransitRow, balances_on_the_road, in_transit, late, units_labelled

__all__ = [
    "LineProgress",
    "TransitRow",
    "balances_on_the_road",
    "in_transit",
    "is_on_the_road",
    "late",
    "progress_of",
    "transfer_note_of",
    "units_labelled",
    "was_dispatched",
]
