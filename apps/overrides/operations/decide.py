"""One asks to go past a hazard rule or a limit, another with charge of safety approves it; either may end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from apps.accounts.roles import Role
from apps.catalog.models import Item
from apps.core.errors import NotAllowed, NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import approve, record
from apps.locations.models import Location, Warehouse, Zone
from apps.overrides.errors import NothingToOverride, OverrideByOneself, OverrideDaysWrong, OverrideIncomplete
from apps.overrides.models import OVERRIDE_NUMBERS, HazardOverride
from apps.overrides.states import OverrideOf, OverrideState

MAY_ASK = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.QUALITY, Role.SAFETY, Role.ADMIN)
MAY_APPROVE = (Role.SAFETY, Role.ADMIN)
FLAMMABLE_LIQUID = "3"
MOST_DAYS = 366
"""Our own choice: what is needed for longer is a rule to change, or is asked for anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What may go past which rule, where, from one day to another (both counted in, by the calendar of the site)."""

    of: OverrideOf
    item_id: int
    since: date
    until: date
    reason: str
    safeguards: str
    other_class_id: int | None = None
    zone_id: int | None = None
    location_id: int | None = None
    most: Decimal | None = None
    """Base units that may be brought under it in all."""
    authority: str = ""


def ask_override(*, warehouse_id: int, asked: Asked, by: Actor, at: datetime) -> HazardOverride:
    """Ask that an item may go past a rule; nothing is allowed before another approves it.

    Raises `NotAllowed`, `NotFound` for a zone or place of another site, `OverrideIncomplete`, `OverrideDaysWrong`,
    `NothingToOverride`, `InvalidQuantity`.
    """
    _check_role(by, MAY_ASK, "ask to go past a hazard rule")
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    item = Item.objects.get(pk=asked.item_id)
    _check_place(asked, warehouse)
    _check_whole(asked)
    _check_days(asked.since, asked.until, today=warehouse.local_date(at))
    _check_bound_by(asked.of, item)
    most = None if asked.most is None else parse_quantity(asked.most, scale=item.scale)
    override = HazardOverride.objects.create(
        number=OVERRIDE_NUMBERS.next(),
        created_at=at,
        warehouse=warehouse,
        of=asked.of,
        item=item,
        other_class_id=asked.other_class_id,
        zone_id=asked.zone_id,
        location_id=asked.location_id,
        most=most,
        since=asked.since,
        until=asked.until,
        reason=asked.reason,
        safeguards=asked.safeguards,
        authority=asked.authority.strip(),
        asked_by=by.user,
    )
    _note("ask", override, by=by, at=at, item=item.number, of=asked.of, where=override.where)
    return override


def approve_override(*, override_id: int, by: Actor, at: datetime, remark: str = "") -> HazardOverride:
    """Let the goods go past the rule.

    Raises `NotAllowed`, `OverrideByOneself`, `OverrideDaysWrong` when its last day is over, `IllegalTransition`.
    """
    _check_role(by, MAY_APPROVE, "approve going past a hazard rule")
    override = HazardOverride.objects.select_related("warehouse").lock_one(override_id)
    override.must_allow(OverrideState.APPROVED)
    if override.asked_by_id == by.user.pk:
        raise OverrideByOneself(override=override.number, who=by.user.get_username())
    _check_days(override.since, override.until, today=override.warehouse.local_date(at))
    approve(
        kind="hazard override", number=override.number, asked_by_id=override.asked_by_id, by=by, at=at, reason=remark
    )
    return _decided(override, OverrideState.APPROVED, "approve", remark, by, at)


def refuse_override(*, override_id: int, remark: str, by: Actor, at: datetime) -> HazardOverride:
    """It stays forbidden; whoever asked may take it back so too. Raises `NotAllowed`, `IllegalTransition`."""
    override = HazardOverride.objects.select_related("warehouse").lock_one(override_id)
    if override.asked_by_id != by.user.pk:
        _check_role(by, MAY_APPROVE, "refuse an override")
    override.must_allow(OverrideState.REFUSED)
    return _decided(override, OverrideState.REFUSED, "refuse", remark, by, at)


def end_override(*, override_id: int, remark: str, by: Actor, at: datetime) -> HazardOverride:
    """Nothing more goes past the rule; what stands there stays. Raises `NotAllowed`, `IllegalTransition`."""
    _check_role(by, MAY_ASK, "end an override")
    override = HazardOverride.objects.select_related("warehouse").lock_one(override_id)
    override.must_allow(OverrideState.ENDED)
    override.ended_by, override.ended_at, override.remark = by.user, at, remark
    _note("end", override, by=by, at=at, remark=remark)
    return override.advance(OverrideState.ENDED, "ended_by", "ended_at", "remark")


def _decided(
    override: HazardOverride, to: OverrideState, verb: str, remark: str, by: Actor, at: datetime
) -> HazardOverride:
    override.decided_by, override.decided_at, override.remark = by.user, at, remark
    _note(verb, override, by=by, at=at, remark=remark)
    return override.advance(to, "decided_by", "decided_at", "remark")


def _check_place(asked: Asked, warehouse: Warehouse) -> None:
    for rows, pk, kind in (
        (Zone.objects, asked.zone_id, "zone"),
        (Location.objects, asked.location_id, "location"),
    ):
        if pk is not None and not rows.filter(pk=pk, warehouse=warehouse).exists():
            raise NotFound(kind=kind, number=str(pk))


def _check_whole(asked: Asked) -> None:
    carried, flammable = asked.of == OverrideOf.CARRIED, asked.of == OverrideOf.FLAMMABLE
    places = sum(each is not None for each in (asked.zone_id, asked.location_id))
    problems = {
        "no place: it is for every vehicle and container of the site": carried and places,
        "one zone or one place": not carried and places != 1,
        "which hazard class it may come near to": not flammable and asked.other_class_id is None,
        "no hazard class: a limit counts litres": flammable and asked.other_class_id is not None,
        "no quantity": carried and asked.most is not None,
        "how much may be brought in all": flammable and asked.most is None,
        "the special permit, or what else of the law allows it": carried and not asked.authority.strip(),
    }
    missing = ", ".join(words for words, wrong in problems.items() if wrong)
    if missing:
        raise OverrideIncomplete(missing=missing)


def _check_days(since: date, until: date, *, today: date) -> None:
    if not since <= until or until < today or (until - since).days >= MOST_DAYS:
        raise OverrideDaysWrong(since=since, until=until, most=MOST_DAYS)


def _check_bound_by(of: OverrideOf, item: Item) -> None:
    if of == OverrideOf.FLAMMABLE and item.flash_point_c is None and FLAMMABLE_LIQUID not in item.hazards:
        raise NothingToOverride(item=item.number, why="is no flammable liquid")
    if of != OverrideOf.FLAMMABLE and not item.hazards:
        raise NothingToOverride(item=item.number, why="has no hazard class")


def _check_role(by: Actor, roles: tuple[Role, ...], act: str) -> None:
    if not by.user.has_role(*roles):
        raise NotAllowed(who=by.user.get_username(), act=act)


def _note(verb: str, override: HazardOverride, *, by: Actor, at: datetime, **detail: Any) -> None:
    record(
        verb,
        kind="hazard override",
        number=override.number,
        by=by,
        at=at,
        warehouse_code=override.warehouse.code,
        **detail,
    )
