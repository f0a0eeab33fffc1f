"""A round on the floor: claimed whole, totes scanned to its slots, handed back by who leaves, done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.accounts.roles import Role
from apps.journal.actor import Actor
from apps.ledger.models import StockBalance
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.errors import (
    NoSlot,
    RoundNotClaimed,
    RoundOpen,
    RoundTaken,
    ToteInUse,
    ToteMissing,
    ToteNeeded,
    WrongTote,
)
from apps.orders.models import Pick, PickRound, RoundPick, RoundSlot, SalesOrder
from apps.orders.states import PickState, RoundState
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import claim_bundle, hand_back_bundle, renew_bundle
from apps.tasks.states import TaskState

MAY_TAKE_FROM_OTHERS = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)


def claim_round(*, round_id: int, by: Actor, at: datetime) -> PickRound:
    """Take a whole round: all its open tasks are leased to the picker, or none. Asked again, the lease is renewed.

    A round whose picker's lease has ended may be taken over; one that has nothing left is done. Raises `RoundTaken`,
    `TaskTaken`, `IllegalTransition`.
    """
    claimed = PickRound.objects.select_related("picker").lock_one(round_id)
    open_tasks = _open_tasks(claimed)
    if not open_tasks and claimed.state == RoundState.READY:  # its orders were cancelled meanwhile
        return _end(claimed, at)
    if claimed.state != RoundState.PICKING:
        claimed.must_allow(RoundState.PICKING)
    elif claimed.picker_id != by.user.pk:
        held = WarehouseTask.objects.filter(pk__in=open_tasks, state=TaskState.ASSIGNED, lease_until__gt=at)
        if held.exclude(assigned_to=by.user).exists():
            raise RoundTaken(round=claimed.number, worker=str(claimed.picker))
    claim_bundle(open_tasks, by=by, at=at)
    claimed.picker, claimed.claimed_at = by.user, at
    if claimed.state == RoundState.PICKING:
        claimed.save(update_fields=["picker", "claimed_at"])
        return claimed
    return claimed.advance(RoundState.PICKING, "picker", "claimed_at")


def hand_back_round(*, round_id: int, by: Actor, at: datetime) -> PickRound:
    """A picker leaves: what is not picked is free for another, who goes on with the same totes.

    A supervisor does it for somebody who is gone. Raises `RoundTaken`, `IllegalTransition`.
    """
    del at
    left = PickRound.objects.select_related("picker").lock_one(round_id)
    left.must_allow(RoundState.READY)
    if left.picker_id != by.user.pk and not by.user.has_role(*MAY_TAKE_FROM_OTHERS):
        raise RoundTaken(round=left.number, worker=str(left.picker))
    hand_back_bundle(_open_tasks(left))
    used = Pick.objects.filter(stop__round=left, picked__gt=0).values("stop__slot")
    left.slots.exclude(pk__in=used).update(tote=None)
    left.picker, left.claimed_at = None, None
    return left.advance(RoundState.READY, "picker", "claimed_at")


def put_tote(*, round_id: int, slot: int, tote_id: int, by: Actor, at: datetime) -> PickRound:
    """Stand an empty tote in a slot of the cart. Raises `RoundNotClaimed`, `NoSlot`, `ToteNeeded`, `ToteInUse`."""
    del at
    cart = PickRound.objects.select_related("picker", "warehouse").lock_one(round_id)
    _check_picker(cart, by)
    place = RoundSlot.objects.filter(round=cart, slot=slot).first()
    if place is None:
        raise NoSlot(round=cart.number, slot=slot)
    # Two carts that want one tote take turns at it.
    tote = Location.objects.lock_one(tote_id)
    if tote.kind != LocationKind.TOTE or tote.warehouse_id != cart.warehouse_id or not tote.is_active:
        raise ToteNeeded(location=tote.code, warehouse=cart.warehouse.code)
    if place.tote_id == tote.pk:
        return cart
    elsewhere = RoundSlot.objects.filter(tote=tote, is_over=False).select_related("round").first()
    if elsewhere is not None:
        raise ToteInUse(tote=tote.code, used=f"it stands on {elsewhere.round}")
    if StockBalance.objects.on_hand().filter(location=tote).exists():
        raise ToteInUse(tote=tote.code, used="it holds goods")
    if Pick.objects.filter(stop__slot=place, picked__gt=0).exists():
        raise ToteInUse(tote=str(place.tote), used=f"goods of slot {slot} are in it")
    place.tote = tote
    place.save(update_fields=["tote"])
    return cart


def finish_round(*, round_id: int, by: Actor, at: datetime) -> PickRound:
    """Say that nothing is left to pick on it. Raises `RoundOpen`, `RoundTaken`, `IllegalTransition`."""
    done = PickRound.objects.select_related("picker").lock_one(round_id)
    done.must_allow(RoundState.DONE)
    if done.picker_id not in {None, by.user.pk} and not by.user.has_role(*MAY_TAKE_FROM_OTHERS):
        raise RoundTaken(round=done.number, worker=str(done.picker))
    left = done.stops.filter(pick__state=PickState.TO_PICK).count()
    if left:
        raise RoundOpen(round=done.number, open=left)
    return _end(done, at)


def lock_stop(task_id: int, round_id: int | None, *, by: Actor) -> RoundPick | None:
    """The round that a pick's task is on, locked, with the pick's slot; None when it is on no round.

    It comes before the order: all that is confirmed on a round is by its one picker. Raises `RoundNotClaimed`,
    `RoundTaken`.
    """
    if round_id is None:
        return None
    cart = PickRound.objects.select_related("picker").lock_one(round_id)
    _check_picker(cart, by)
    found = RoundPick.objects.select_related("slot__tote", "pick").get(pick__task=task_id)
    found.round = cart
    return found


def check_tote(stop: RoundPick | None, *, tote: Location) -> None:
    """The goods of a round go into the tote of their slot. Raises `ToteMissing`, `WrongTote`."""
    if stop is None:
        return
    if stop.slot.tote is None:
        raise ToteMissing(round=stop.round.number, slot=stop.slot.slot)
    if stop.slot.tote_id != tote.pk:
        raise WrongTote(pick=stop.pick.number, slot=stop.slot.slot, expected=stop.slot.tote.code, scanned=tote.code)


def after_pick(stop: RoundPick | None, *, by: Actor, at: datetime) -> None:
    """Whoever picks keeps the rest of the round for longer; with its last pick the round is done."""
    if stop is None:
        return
    if stop.round.stops.filter(pick__state=PickState.TO_PICK).exists():
        renew_bundle(stop.round.number, by=by, at=at)
    else:
        _end(stop.round, at)


def end_idle_rounds(orders: Sequence[SalesOrder], at: datetime) -> None:
    """End the rounds of locked orders on which nothing is left to pick, so that their totes may go on other carts.

    Rounds come before orders: one that somebody is working on at this moment is not waited for, and they finish it.
    """
    idle = PickRound.objects.exclude(state=RoundState.DONE).filter(
        pk__in=RoundPick.objects.filter(pick__allocation__line__order__in=orders).values("round")
    )
    waiting = RoundPick.objects.filter(pick__state=PickState.TO_PICK).values("round")
    for done in idle.exclude(pk__in=waiting).lock_free():
        if not _open_tasks(done):
            _end(done, at)


def _end(done: PickRound, at: datetime) -> PickRound:
    done.slots.update(is_over=True)
    done.done_at = at
    return done.advance(RoundState.DONE, "done_at")


def _check_picker(cart: PickRound, by: Actor) -> None:
    if cart.state != RoundState.PICKING:
        raise RoundNotClaimed(round=cart.number)
    if cart.picker_id != by.user.pk:
        raise RoundTaken(round=cart.number, worker=str(cart.picker))


def _open_tasks(of: PickRound) -> list[int]:
    return list(of.stops.filter(pick__state=PickState.TO_PICK).values_list("pick__task", flat=True))
