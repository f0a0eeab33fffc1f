"""The end of a warehouse's day in figures: what came, what went, what was done, what is left."""

from apps.insights.day.figures import DayStatus, EndOfDay
from apps.insights.day.report import end_of_day

__all__ = ["DayStatus", "EndOfDay", "end_of_day"]
