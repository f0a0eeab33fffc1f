"""What fails is out of service until another has seen that it was mended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Location
from apps.workplace.errors import ClosedByOwner
from apps.workplace.models import (
    ACTION_NUMBERS,
    CheckResult,
    ClosedPlace,
    CorrectiveAction,
    SiteAsset,
)
from apps.workplace.queries import closed_among, places_of
from apps.workplace.states import ActionState, TakesOut

MAY_CLOSE = (Role.SAFETY, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
"""Who may say that what failed is in order again."""


def open_actions(
    failed: Sequence[CheckResult], *, asset: SiteAsset, owner: User, on: date, by: Actor, at: datetime
) -> list[CorrectiveAction]:
    """One for each line that failed; a critical one takes the thing, or the places where it is, out of service."""
    actions = []
    for result, number in zip(failed, ACTION_NUMBERS.next_many(len(failed)), strict=True):
        days = asset.kind.critical_days if result.is_critical else asset.kind.other_days
        action = CorrectiveAction.objects.create(
            number=number,
            created_at=at,
            warehouse_id=asset.warehouse_id,
            asset=asset,
            result=result,
            takes_out=result.is_critical,
            owner=owner,
            due_on=on + timedelta(days=days),
        )
        if action.takes_out and asset.kind.takes_out == TakesOut.PLACE:
            _close_places(action, asset)
        _note("open", action, by, at, asset=asset.number, owner=owner.get_username(), out_of_service=action.takes_out)
        actions.append(action)
    return actions


def open_told_action(
    *, warehouse_id: int, task: str, owner_id: int, due_on: date, by: Actor, at: datetime
) -> CorrectiveAction:
    """What an incident led to: asked for in words, it takes nothing out of service."""
    owner = User.objects.get(pk=owner_id)
    action = CorrectiveAction.objects.create(
        number=ACTION_NUMBERS.next(),
        created_at=at,
        warehouse_id=warehouse_id,
        task=task,
        takes_out=False,
        owner=owner,
        due_on=due_on,
    )
    _note("open", action, by, at, owner=owner.get_username())
    return action


def close_action(*, action_id: int, note: str, by: Actor, at: datetime) -> CorrectiveAction:
    """Another than its owner has seen that it is in order: what it took out is in service again.

    Places that another open action closes too stay closed. Raises `NotAllowed`, `ClosedByOwner`.
    """
    if not by.user.has_role(*MAY_CLOSE):
        raise NotAllowed(who=by.user.get_username(), act="close corrective actions")
    action = CorrectiveAction.objects.lock_one(action_id)
    action.must_allow(ActionState.CLOSED)
    if action.owner_id == by.user.pk:
        raise ClosedByOwner(action=action.number, owner=action.owner.get_username())
    action.closed_at, action.closed_by, action.note = at, by.user, note
    action.advance(ActionState.CLOSED, "closed_at", "closed_by", "note")
    _open_places(action)
    _note("close", action, by, at, note=note)
    return action


def freeze_closed(location_ids: Collection[int]) -> None:
    """Places that are let go for another reason, as at an inventory's end, stay frozen while an action closes them."""
    for location_id, number in closed_among(location_ids).items():
        Location.objects.filter(pk=location_id, frozen_for="").update(frozen_for=number)


def _close_places(action: CorrectiveAction, asset: SiteAsset) -> None:
    places = places_of(asset)
    Location.objects.hold(places)
    ClosedPlace.objects.bulk_create([ClosedPlace(action=action, location_id=place) for place in places])
    Location.objects.filter(pk__in=places, frozen_for="").update(frozen_for=action.number)


def _open_places(action: CorrectiveAction) -> None:
    places = list(action.closed_places.values_list("location", flat=True))
    Location.objects.hold(places)
    action.closed_places.all().delete()
    Location.objects.filter(pk__in=places, frozen_for=action.number).update(frozen_for="")
    freeze_closed(places)


def _note(verb: str, action: CorrectiveAction, by: Actor, at: datetime, **more: Any) -> None:
    code = action.warehouse.code
    record(verb, kind="corrective action", number=action.number, by=by, at=at, warehouse_code=code, **more)
