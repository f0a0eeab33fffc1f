"""Prints the count sheet, and plans each day's counts: beat calls by the hour, each warehouse has its own morning."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.core.paper.shelf import keep
from apps.counting import operations
from apps.counting.models import CountPlan, CycleCount, Inventory
from apps.counting.pdf import count_sheet, inventory_sheets
from apps.counting.queries import count_sheet_of, inventory_sheets_of
from apps.counting.states import DoubtKind
from apps.journal import edge
from apps.locations.queries import sites_from

MORNING = 5
"""The hour of a warehouse's day from which its counts are planned; a later call makes up for a missed one."""


@shared_task(name="counting.print_count_sheet")
def print_count_sheet(*, count: str, user_id: int, **_: Any) -> str:
    """Write a count's sheet; the file's path."""
    found = CycleCount.objects.select_related("warehouse", "location__zone", "task").get(number=count)
    paper = count_sheet_of(found, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{count}.pdf", count_sheet(paper)))


@shared_task(name="counting.print_inventory_sheets")
def print_inventory_sheets(*, inventory: str, user_id: int, **_: Any) -> str:
    """Write the sheets of all places of an inventory that wait; the file's path."""
    found = Inventory.objects.select_related("warehouse").get(number=inventory)
    paper = inventory_sheets_of(found, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{inventory}.pdf", inventory_sheets(paper)))


@shared_task(name="counting.plan_counts")
def plan_counts(**_: Any) -> int:
    """Plan the day's counts, once, for each warehouse with a plan whose morning has come; for how many."""
    with_plan = set(CountPlan.objects.filter(is_active=True).values_list("warehouse", flat=True))
    system = User.objects.get(username=SYSTEM)
    planned = 0
    for warehouse, today in sites_from(MORNING, at=clock.now()):
        if warehouse.pk not in with_plan:
            continue
        edge.run(
            operations.plan_counts,
            by=system,
            job="counting.plan_counts",
            key=f"{warehouse.code} {today}",
            render=str,
            warehouse_id=warehouse.pk,
            on=today,
        )
        planned += 1
    return planned


@shared_task(name="counting.note_doubt")
def note_doubt(*, location: int, kind: str, document: str, user_id: int, item: int | None = None, **_: Any) -> None:
    """Keep what was seen at a place, once for each document."""
    edge.run(
        operations.note_doubt,
        by=User.objects.get(username=SYSTEM),
        job="counting.note_doubt",
        key=f"{document} {kind} {location}",
        render=str,
        location_id=location,
        kind=DoubtKind(kind),
        item_id=item,
        document=document,
        seen_by_id=user_id,
    )
