"""What an item is of the list, and by which plan records are kept: each decision is added, none is changed."""

from __future__ import annotations

from datetime import date, datetime

from apps.accounts.roles import Role
from apps.catalog.models import Item
from apps.core.errors import NotAllowed
from apps.food.errors import FoodNotListed
from apps.food.models import PLAN_NUMBERS, FoodDetermination, ListedFood, TraceabilityPlan
from apps.journal.actor import Actor
from apps.journal.operations import record

MAY_DETERMINE = (Role.QUALITY, Role.ADMIN)


def determine_food(
    *, item_id: int, food_id: int | None, effective_on: date, basis: str, by: Actor, at: datetime
) -> FoodDetermination:
    """Say which food of the list an item is from a day on, or that it is none. Raises `NotAllowed`, `FoodNotListed`."""
    check_may_determine(by)
    item = Item.objects.get(pk=item_id)
    food = ListedFood.objects.get(pk=food_id) if food_id is not None else None
    check_listed(food, effective_on)
    decided = FoodDetermination.objects.create(
        item=item, food=food, effective_on=effective_on, basis=basis, decided_by=by.user, created_at=at
    )
    about = {"food": food.code if food is not None else "", "effective_on": effective_on.isoformat(), "basis": basis}
    record("determine food", kind="item", number=item.number, by=by, at=at, **about)
    return decided


def check_listed(food: ListedFood | None, on: date) -> None:
    """Raises `FoodNotListed` for a food that is not on the list that day."""
    if food is not None and not ListedFood.objects.in_force(on).filter(pk=food.pk).exists():
        raise FoodNotListed(food=food.name, on=on.isoformat())


def publish_plan(
    *,
    effective_on: date,
    records: str,
    identification: str,
    assignment: str,
    contact: str,
    phone: str,
    by: Actor,
    at: datetime,
) -> TraceabilityPlan:
    """Keep a plan; those before it are kept as well (21 CFR 1.1315(b)). Raises `NotAllowed`."""
    check_may_determine(by)
    plan = TraceabilityPlan.objects.create(
        number=PLAN_NUMBERS.next(),
        effective_on=effective_on,
        records=records,
        identification=identification,
        assignment=assignment,
        contact=contact,
        phone=phone,
        published_by=by.user,
        created_at=at,
    )
    record("publish", kind="traceability plan", number=plan.number, by=by, at=at, effective_on=effective_on.isoformat())
    return plan


def check_may_determine(by: Actor) -> None:
    """Raises `NotAllowed` for whoever is not charged with quality."""
    if not by.user.has_role(*MAY_DETERMINE):
        raise NotAllowed(who=by.user.get_username(), act="decide how foods are traced")
