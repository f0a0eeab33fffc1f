"""Questions about costs: what stock is worth, what was sold had cost, and what is booked."""

from apps.valuation.queries.period import Holding, JournalLine, cost_of_goods, holding, journal_lines
from apps.valuation.queries.standing import Standing, is_behind, standing
from apps.valuation.queries.value import ItemValue, total_of, value_as_of

__all__ = [
    "Holding",
    "ItemValue",
    "JournalLine",
    "Standing",
    "cost_of_goods",
    "holding",
    "is_behind",
    "journal_lines",
    "standing",
    "total_of",
    "value_as_of",
]
