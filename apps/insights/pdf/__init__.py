"""Figures on paper: the stock position and the end of a day."""

from apps.insights.pdf.end_of_day import EndOfDayPaper, end_of_day_report
from apps.insights.pdf.position import PositionPaper, position_report

__all__ = ["EndOfDayPaper", "PositionPaper", "end_of_day_report", "position_report"]
