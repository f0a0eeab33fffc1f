"""Pick rounds: a wave's open picks put together by the kind of picking, for walks as short as can be found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.orders.batching import Basket, Capacity, put_on_carts
from apps.orders.errors import NothingToPlan
from apps.orders.models import Pick, PickRound, RoundPick, RoundSlot, Wave
from apps.orders.models.rounds import ROUND_NUMBERS
from apps.orders.operations.allocate import check_may_plan
from apps.orders.queries.walks import Lengths
from apps.orders.states import PickMethod, PickState, WalkKind
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import lock_unclaimed

ZERO = Decimal(0)
ONE_TOTE = Capacity(totes=1)
SHARED = (PickMethod.BATCH,)
"""Goods of all orders go into one tote and are sorted afterwards."""


def plan_rounds(
    *, wave_id: int, method: PickMethod, by: Actor, at: datetime, capacity: Capacity = ONE_TOTE
) -> list[PickRound]:
    """Put the picks of a wave that nobody has begun into rounds: a round for each cart, a slot for each order's tote.

    Orders are put together so that all rounds are walked as little as possible. However many rounds
    there are, it takes the same number of statements. Raises `NothingToPlan`, `NoRoomOnCart`, `NotAllowed`.
    """
    check_may_plan(by, "plan pick rounds")
    wave = Wave.objects.select_related("warehouse").get(pk=wave_id)
    # A task that a picker is claiming, or that another plan has, is left to them.
    free = lock_unclaimed(WarehouseTask.objects.filter(pick__wave=wave, pick__state=PickState.TO_PICK, bundle=""))
    picks = list(
        Pick.objects.filter(task__in=free)
        .select_related("task__item", "task__source__zone", "allocation__line__order")
        .order_by("pk")
    )
    if not picks:
        raise NothingToPlan(wave=wave.number)
    lengths = Lengths(pick.task.source for pick in picks)
    limit = ONE_TOTE if method == PickMethod.SINGLE else capacity
    planned = []
    for zone_id, of_zone in _areas(picks, method):
        for cart in put_on_carts(_baskets(of_zone), limit, lengths):
            chosen = set(cart)
            own = [pick for pick in of_zone if pick.allocation.line.order_id in chosen]
            planned.append(_plan(zone_id, own, method, lengths))
    rounds = _make(wave, method, planned, by, at)
    record(
        "plan",
        kind="wave",
        number=wave.number,
        by=by,
        at=at,
        warehouse_code=wave.warehouse.code,
        method=method,
        rounds=", ".join(each.number for each in rounds),
    )
    return rounds


def _areas(picks: Sequence[Pick], method: PickMethod) -> list[tuple[int | None, list[Pick]]]:
    """Zone by zone where each is walked by itself, else all together."""
    if method != PickMethod.ZONE:
        return [(None, list(picks))]

    def zone(pick: Pick) -> int:
        return pick.task.source.zone_id or 0

    return [(zone_id or None, list(group)) for zone_id, group in groupby(sorted(picks, key=zone), key=zone)]


def _baskets(picks: Iterable[Pick]) -> list[Basket]:
    """What each order takes up on a cart; goods of unknown size and weight count as nothing."""
    by_order: dict[int, list[Pick]] = {}
    for pick in picks:
        by_order.setdefault(pick.allocation.line.order_id, []).append(pick)
    as_walked = sorted(by_order.items(), key=lambda pair: min(pick.task.sequence for pick in pair[1]))
    return [
        Basket(
            order_id=order_id,
            places=frozenset(pick.task.source_id for pick in own),
            weight_g=sum(((pick.task.goods.weight_g or ZERO) * pick.quantity for pick in own), ZERO),
            volume_mm3=sum(((pick.task.goods.volume_mm3 or 0) * pick.quantity for pick in own), ZERO),
        )
        for order_id, own in as_walked
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """One cart's round: its picks as they are walked, and whose tote stands in which slot (None: everybody's)."""

    zone_id: int | None
    picks: Sequence[Pick]
    owners: Sequence[int | None]
    walk: WalkKind
    length_mm: int | None


def _plan(zone_id: int | None, picks: Sequence[Pick], method: PickMethod, lengths: Lengths) -> _Planned:
    walks = lengths.walks({pick.task.source_id for pick in picks})
    measured = [walk.length_mm for walk in walks]
    turn = {place.pk: n for n, place in enumerate(place for walk in walks for place in walk.places)}
    orders = dict.fromkeys(pick.allocation.line.order_id for pick in picks)
    return _Planned(
        zone_id=zone_id,
        picks=sorted(picks, key=lambda pick: (turn[pick.task.source_id], pick.pk)),
        owners=[None] if method in SHARED else list(orders),
        walk=max({walk.kind for walk in walks}, key=list(WalkKind).index),
        length_mm=None if None in measured else sum(length or 0 for length in measured),
    )


def _make(wave: Wave, method: PickMethod, planned: Sequence[_Planned], by: Actor, at: datetime) -> list[PickRound]:
    """All rounds of a plan with their slots and stops; the tasks are bundled, in the order of their round's walk."""
    rounds = PickRound.objects.bulk_create(
        PickRound(
            number=number,
            created_at=at,
            warehouse_id=wave.warehouse_id,
            wave=wave,
            zone_id=each.zone_id,
            method=method,
            walk=each.walk,
            length_mm=each.length_mm,
            planned_by=by.user,
        )
        for number, each in zip(ROUND_NUMBERS.next_many(len(planned)), planned, strict=True)
    )
    slots = RoundSlot.objects.bulk_create(
        RoundSlot(round=made, slot=number, order_id=owner)
        for made, each in zip(rounds, planned, strict=True)
        for number, owner in enumerate(each.owners, start=1)
    )
    slot_of = {(slot.round_id, slot.order_id): slot for slot in slots}
    stops, tasks = [], []
    for made, each in zip(rounds, planned, strict=True):
        first = min(pick.task.sequence for pick in each.picks)
        for position, pick in enumerate(each.picks):
            owner = None if method in SHARED else pick.allocation.line.order_id
            stops.append(RoundPick(round=made, pick=pick, position=position + 1, slot=slot_of[made.pk, owner]))
            pick.task.bundle, pick.task.sequence = made.number, first + position
            tasks.append(pick.task)
    RoundPick.objects.bulk_create(stops)
    WarehouseTask.objects.bulk_update(tasks, ["bundle", "sequence"])
    return rounds
