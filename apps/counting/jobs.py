"""Prints the count sheet."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import User
from apps.core import clock
from apps.core.paper.shelf import keep
from apps.counting.models import CycleCount
from apps.counting.pdf import count_sheet
from apps.counting.queries import count_sheet_of


@shared_task(name="counting.print_count_sheet")
def print_count_sheet(*, count: str, user_id: int, **_: Any) -> str:
    """Write a count's sheet; the file's path."""
    found = CycleCount.objects.select_related("warehouse", "location__zone", "task").get(number=count)
    paper = count_sheet_of(found, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{count}.pdf", count_sheet(paper)))
