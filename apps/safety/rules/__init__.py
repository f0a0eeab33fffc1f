"""Pure rules on hazard and temperature: what is stored apart, and what may ride on one vehicle."""

from apps.safety.rules.storage import NONE_APART, ApartRule, Segregation, TemperatureRange, keeps
from apps.safety.rules.transport import (
    Hazard,
    Mixing,
    Pair,
    TableRule,
    TransportRules,
    Verdict,
    may_load_together,
    rows_of,
    what_rides_together,
)

__all__ = [
    "NONE_APART",
    "ApartRule",
    "Hazard",
    "Mixing",
    "Pair",
    "Segregation",
    "TableRule",
    "TemperatureRange",
    "TransportRules",
    "Verdict",
    "keeps",
    "may_load_together",
    "rows_of",
    "what_rides_together",
]
