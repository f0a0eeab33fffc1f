"""What recalls go by: the mass balance, the regulation's facts, how many consignees are checked and which."""

from apps.traceability.rules.balance import Flowed, MassBalance, weigh
from apps.traceability.rules.effectiveness import checked_of, draw
from apps.traceability.rules.law import LAW, LEVELS, REPORT_EVERY_WEEKS, Level, Rule

__all__ = [
    "LAW",
    "LEVELS",
    "REPORT_EVERY_WEEKS",
    "Flowed",
    "Level",
    "MassBalance",
    "Rule",
    "checked_of",
    "draw",
    "weigh",
]
