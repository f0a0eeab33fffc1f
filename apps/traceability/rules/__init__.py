"""What recalls go by: the mass balance, the regulation's facts, whom to check; and whether a unit is genuine."""

from apps.traceability.rules.authenticity import ELSEWHERE_WITHIN, KnownUnit, judge
from apps.traceability.rules.balance import Flowed, MassBalance, weigh
from apps.traceability.rules.effectiveness import checked_of, draw
from apps.traceability.rules.law import LAW, LEVELS, REPORT_EVERY_WEEKS, Level, Rule

__all__ = [
    "ELSEWHERE_WITHIN",
    "LAW",
    "LEVELS",
    "REPORT_EVERY_WEEKS",
    "Flowed",
    "KnownUnit",
    "Level",
    "MassBalance",
    "Rule",
    "checked_of",
    "draw",
    "judge",
    "weigh",
]
