"""What the site's rules say of tasks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.catalog.queries import with_all_below
from apps.core.querysets import Viewer
from apps.locations.models import Location, Warehouse
from apps.tasks.models import TaskPolicy, TaskQuerySet, TaskRule, WarehouseTask
from apps.tasks.rules import Guidance, Needs, Work, needs_of
from apps.tasks.states import TaskKind


class Asked(Protocol):
    """What is known of a task before and after it is made."""

    @property
    def kind(self) -> str:
        """What is asked."""
        ...

    @property
    def item_id(self) -> int | None:
        """What is moved; None: all that is there."""
        ...

    @property
    def quantity(self) -> Decimal:
        """How much of it, in base units."""
        ...

    @property
    def source_id(self) -> int:
        """Where the work begins."""
        ...

    @property
    def target_id(self) -> int | None:
        """Where it ends, if that is known."""
        ...


def told_by_rules(tasks: Sequence[Asked], *, warehouse_id: int) -> list[tuple[int, Needs]]:
    """Where each task's work begins on the walk, and what the rules say it needs.

    Two queries, however many tasks; where the site has rules, one more for the items and one for categories.
    """
    rules = rules_of(warehouse_id)
    places = _places({pk for task in tasks for pk in (task.source_id, task.target_id if rules else None) if pk})
    items = _items({task.item_id for task in tasks if task.item_id is not None}) if rules else {}
    return [
        (places[task.source_id].walking_place, needs_of(_work(task, places, items), rules) if rules else Needs())
        for task in tasks
    ]


def rules_of(warehouse_id: int) -> list[Guidance]:
    """The rules that are followed in a warehouse, as they are read."""
    rows = list(TaskRule.objects.in_use().filter(warehouse=warehouse_id).select_related("hazard_class"))
    below = with_all_below({row.category_id for row in rows if row.category_id is not None})
    return [
        Guidance(
            kind=row.kind,
            zone_id=row.zone_id,
            min_level=row.min_level,
            categories=below.get(row.category_id or 0, frozenset()),
            hazard=row.hazard_class.code if row.hazard_class is not None else "",
            min_weight_g=row.min_weight_g,
            points=row.points,
            skill_id=row.skill_id,
            equipment_id=row.equipment_id,
            minutes=row.minutes,
        )
        for row in rows
    ]


def too_calm(warehouse_id: int, *, at: datetime) -> list[tuple[TaskQuerySet, int]]:
    """The open tasks that are late, and those due soon, that are not yet as pressing as that makes them; how pressing.

    The late ones come first: what they are given is more than what being due soon gives.
    """
    policy = TaskPolicy.objects.of(warehouse_id)
    tasks = WarehouseTask.objects.open().filter(warehouse=warehouse_id)
    soon = at + timedelta(minutes=policy.due_soon_minutes)
    return [
        (tasks.filter(due_at__lte=until, pressing__lt=points), points)
        for until, points in ((at, 2 * policy.due_points), (soon, policy.due_points))
    ]


def pressing_of(due_at: datetime | None, *, policy: TaskPolicy, at: datetime) -> int:
    """What being late, or due soon, adds to the urgency of a task that is due then."""
    if due_at is None or due_at > at + timedelta(minutes=policy.due_soon_minutes):
        return 0
    return 2 * policy.due_points if due_at <= at else policy.due_points


def _places(pks: Collection[int]) -> dict[int, Location]:
    return Location.objects.select_related("zone").only("pick_sequence", "level", "zone__pick_sequence").in_bulk(pks)


def _items(pks: Collection[int]) -> dict[int, Item]:
    return Item.objects.only("category_id", "hazards", "weight_g").in_bulk(pks)


def _work(task: Asked, places: Mapping[int, Location], items: Mapping[int, Item]) -> Work:
    bin_id = task.target_id if task.kind == TaskKind.PUTAWAY else task.source_id
    place = places.get(bin_id) if bin_id is not None else None
    item = items.get(task.item_id) if task.item_id is not None else None
    return Work(
        kind=TaskKind(task.kind),
        zone_id=place.zone_id if place is not None else None,
        level=place.level if place is not None else None,
        category_id=item.category_id if item is not None else None,
        hazard=item.chief_hazard if item is not None else "",
        weight_g=item.weight_g * task.quantity if item is not None and item.weight_g is not None else None,
    )


def workers_told(user: Viewer) -> QuerySet[User]:
    """The workers whom somebody is told of, by name: those who work where they do."""
    here = Warehouse.objects.for_user(user).order_by().values("pk")
    return User.objects.filter(warehouse_access__warehouse__in=here).order_by("username").distinct()
