"""When what comes out expires, by the rule of its item."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from apps.assembly.models import AssemblyIssue, AssemblyOrder
from apps.catalog.models import Item


def expiry_of(item: Item, parts: Iterable[AssemblyIssue], *, today: date) -> date | None:
    """The earliest day of its parts where the item says so, else by its shelf life; None where neither says it."""
    if not item.expires:
        return None
    days = [issue.lot.expires_on for issue in parts if issue.lot is not None and issue.lot.expires_on is not None]
    if item.expires_with_parts and days:
        return min(days)
    return None if item.shelf_life_days is None else today + timedelta(days=item.shelf_life_days)


def at_bench(order: AssemblyOrder) -> list[AssemblyIssue]:
    """What was issued and stands at the bench, in the order in which it came."""
    rows = AssemblyIssue.objects.filter(line__order=order).select_related("item__unit", "lot", "serial").order_by("pk")
    return [issue for issue in rows if issue.left]
