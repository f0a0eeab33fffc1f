"""What can be promised: in short, explained, and what is there this moment."""

from apps.supply.queries.explained import not_counted, positions, rank_of
from apps.supply.queries.promisable import available_to_promise, needed_by_document, open_promises, sellable

__all__ = [
    "available_to_promise",
    "needed_by_document",
    "not_counted",
    "open_promises",
    "positions",
    "rank_of",
    "sellable",
]
