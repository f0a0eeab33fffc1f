"""The end of a day on paper, with what every document needs of the company and the site."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.insights.day import EndOfDay
from apps.insights.pdf import EndOfDayPaper, end_of_day_report
from apps.locations.models import Warehouse
from apps.locations.queries import letterhead, printed


def end_of_day_paper(told: EndOfDay, warehouse: Warehouse, *, at: datetime, by: User) -> bytes:
    """The report as PDF, told by the warehouse's clock."""
    paper = EndOfDayPaper(
        company=letterhead(), printed=printed(at, by, warehouse), timezone=warehouse.timezone, day=told
    )
    return end_of_day_report(paper)
