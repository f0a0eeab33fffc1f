"""After the walk: goods picked together are sorted, and parts of an order from several zones come to one place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from apps.journal.actor import Actor
from apps.ledger.operations import Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.errors import (
    NothingInTote,
    NothingToUnpick,
    NotTogether,
    OtherPlace,
    ToteInUse,
    ToteNeeded,
    ToteOfOtherOrder,
)
from apps.orders.models import Consolidation, Pick, RoundSlot, SalesOrder
from apps.orders.models.fulfilment import Unpacked
from apps.orders.operations.pick import check_into_tote, out_of_tote, tote_of
from apps.orders.operations.returning import follow_totes
from apps.orders.queries.progress import unpacked_picks
from apps.orders.states import PickMethod, PickState
from apps.overrides.operations import Occasion

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

TOGETHER_AT = (LocationKind.STAGING, LocationKind.PACK)


def sort_pick(*, pick_id: int, tote_id: int, by: Actor, at: datetime) -> Pick:
    """Goods that were picked with those of other orders go into a tote of their own order.

    Raises `ToteNeeded`, `ToteOfOtherOrder`, `ToteInUse`, `NothingToUnpick`, `HazardsInOneContainer`.
    """
    order_id = Pick.objects.values_list("allocation__line__order", flat=True).get(pk=pick_id)
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    picks = list(_unpacked(order).filter(pk=pick_id))
    if not picks:
        number = Pick.objects.values_list("number", flat=True).get(pk=pick_id)
        raise NothingToUnpick(pick=number, unpacked=Decimal(0), quantity=Decimal(0))
    tote_of(tote_id, order)
    (tote,) = Location.objects.lock([tote_id])
    if picks[0].tote_id == tote.pk:
        return picks[0]
    strange = Pick.objects.standing().filter(tote=tote).exclude(allocation__line__order=order).first()
    if strange is not None:
        raise ToteOfOtherOrder(tote=tote.code, order=strange.allocation.line.order.number)
    cart = RoundSlot.objects.filter(tote=tote, is_over=False).exclude(order=order).select_related("round").first()
    if cart is not None:
        raise ToteInUse(tote=tote.code, used=f"it stands on {cart.round}")
    item = picks[0].task.goods
    if item.hazards:
        occasion = Occasion(by=by, at=at, document=order.number)
        check_into_tote(tote.pk, [item.pk], warehouse=order.warehouse, occasion=occasion)
    _bring(picks, tote, order, by, at)
    return picks[0]


def consolidate_tote(*, tote_id: int, place_id: int, by: Actor, at: datetime) -> list[Consolidation]:
    """Bring a tote from a zone to where its order is put together; with its last part the order is together.

    Raises `NothingInTote`, `ToteNeeded`, `OtherPlace`.
    """
    found = Pick.objects.unpacked().filter(tote=tote_id)
    orders = SalesOrder.objects.select_related("warehouse").lock(
        sorted(set(found.values_list("allocation__line__order", flat=True)))
    )
    tote = Location.objects.get(pk=tote_id)
    if not orders:
        raise NothingInTote(tote=tote.code)
    place = Location.objects.get(pk=place_id)
    if place.kind not in TOGETHER_AT or place.warehouse_id != tote.warehouse_id:
        raise ToteNeeded(location=place.code, warehouse=orders[0].warehouse.code)
    brought: list[Pick] = []
    for order in orders:
        picks = list(_unpacked(order).filter(tote=tote))
        for wave_id in sorted({pick.wave_id for pick in picks}):
            spot, _ = Consolidation.objects.get_or_create(
                order=order, wave_id=wave_id, defaults={"place": place, "begun_at": at}
            )
            if spot.place_id != place.pk:
                raise OtherPlace(order=order.number, place=spot.place.code, scanned=place.code)
        brought += picks
    _bring(brought, place, orders[0], by, at)
    return [_noted(spot, at) for spot in Consolidation.objects.filter(order__in=orders, place=place)]


def check_together(order: SalesOrder) -> None:
    """An order of several zones is packed when all its parts are at one place. Raises `NotTogether`."""
    apart = _unpacked(order).filter(stop__round__method=PickMethod.ZONE)
    rounds = Pick.objects.filter(allocation__line__order=order, stop__round__method=PickMethod.ZONE, picked__gt=0)
    if rounds.values("stop__round").distinct().count() <= 1:
        return
    places = dict(Consolidation.objects.filter(order=order).values_list("wave", "place"))
    if any(pick.tote_id != places.get(pick.wave_id) for pick in apart):
        raise NotTogether(order=order.number)


def _noted(spot: Consolidation, at: datetime) -> Consolidation:
    picks = Pick.objects.filter(allocation__line__order=spot.order_id, wave=spot.wave_id)
    waits = picks.filter(state=PickState.TO_PICK).exists()
    elsewhere = picks.unpacked().exclude(tote=spot.place_id).exists()
    if spot.done_at is None and not waits and not elsewhere:
        spot.done_at = at
        spot.save(update_fields=["done_at"])
    return spot


def _unpacked(order: SalesOrder) -> QuerySet[WithAnnotations[Pick, Unpacked]]:
    return unpacked_picks(order.pk).select_related("task__item", "allocation__reservation__balance")


def _bring(picks: Sequence[Pick], target: Location, order: SalesOrder, by: Actor, at: datetime) -> None:
    """All that stands in their totes, so that a pick's goods stay at one place: what is to be put back goes along."""
    follow_totes([pick.pk for pick in picks], place_id=target.pk)
    standing: Any = Pick.objects.standing().filter(pk__in=[pick.pk for pick in picks])
    there: dict[int, Decimal] = dict(standing.values_list("pk", "standing"))
    place = Place(location_id=target.pk)
    moves = [out_of_tote(pick, there[pick.pk], to=place) for pick in picks if pick.tote_id != target.pk]
    if not moves:
        return
    post(
        moves,
        warehouse_id=order.warehouse_id,
        kind=TransactionKind.MOVE,
        by=by,
        at=at,
        document=order.number,
        reason="put together",
    )
    Pick.objects.filter(pk__in=[pick.pk for pick in picks]).update(tote=target)
    for pick in picks:
        pick.tote = target
