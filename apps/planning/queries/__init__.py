"""What customers asked for, and what should be ordered of whom."""

from apps.planning.queries.accuracy import Outcome, outcome_of
from apps.planning.queries.demand import WEEK, Demand, demand_in, first_asked, weeks_before
from apps.planning.queries.policies import Basis, Setting, bases_for, ladder
from apps.planning.queries.reorder import Advice, advice_for

__all__ = [
    "WEEK",
    "Advice",
    "Basis",
    "Demand",
    "Outcome",
    "Setting",
    "advice_for",
    "bases_for",
    "demand_in",
    "first_asked",
    "ladder",
    "outcome_of",
    "weeks_before",
]
