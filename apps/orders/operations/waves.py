"""Release by criteria, and of what goes by itself: allocated and sent to the floor, as far as it takes them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.journal.actor import Actor
from apps.locations.models import Warehouse
from apps.orders.errors import NothingToRelease
from apps.orders.models import SalesOrder, Wave, WaveTemplate
from apps.orders.operations.allocate import allocate_orders, check_may_plan
from apps.orders.operations.gate import without_part
from apps.orders.operations.release import lock_floor, release_locked
from apps.orders.queries.releasing import (
    Criteria,
    Stays,
    WavePreview,
    due_by_themselves,
    fits,
    loads_of,
    of_zone,
    preview_of,
    preview_wave,
    stays_of,
    wanted_orders,
)
from apps.orders.rules.waves import WhyWaits
from apps.orders.states import SalesOrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The wave, if any order could go, and the orders that stay, each with its reason."""

    wave: Wave | None
    stays: tuple[Stays, ...]

    def __str__(self) -> str:
        return self.wave.number if self.wave is not None else ""


def release_by_criteria(
    *, warehouse_id: int, criteria: Criteria, by: Actor, at: datetime, template_id: int | None = None
) -> Released:
    """Allocate the orders that are meant and send to the floor together those that fit, the most urgent first.

    What does not fit keeps what it got and waits for the next release. Raises `NothingToRelease`, with each order's
    reason, and then nothing has changed; `NotAllowed`.
    """
    check_may_plan(by, "release waves")
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    preview = preview_wave(warehouse, criteria, at=at)
    template = WaveTemplate.objects.filter(pk=template_id).first() if template_id is not None else None
    released = _release(preview, criteria, by=by, at=at, template=template, cut_off_at=preview.cut_off_at)
    if released.wave is None:
        raise NothingToRelease(
            warehouse=warehouse.code,
            waiting=[{"order": each.order.number, "why": each.why.value} for each in released.stays],
        )
    return released


def release_waveless(*, warehouse_id: int, by: Actor, at: datetime) -> Released:
    """Send to the floor what its rules release by themselves and whose time has come, as far as the floor takes it."""
    check_may_plan(by, "release orders")
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    criteria = Criteria()
    meant = wanted_orders(warehouse_id, criteria, today=warehouse.local_date(at))
    preview = preview_of(due_by_themselves(meant, at=at), warehouse, criteria, at=at)
    return _release(preview, criteria, by=by, at=at, is_waveless=True)


def _release(preview: WavePreview, criteria: Criteria, *, by: Actor, at: datetime, **kind: Any) -> Released:
    """Do what was previewed, with what has changed since: only what is still free, still gets goods and still fits.

    The orders are locked, then the floor.
    """
    turn = {order.pk: place for place, order in enumerate(preview.orders)}
    locked = {order.pk: order for order in SalesOrder.objects.select_related("warehouse").lock(turn)}
    lock_floor(preview.warehouse.pk)
    free = set(SalesOrder.objects.releasable().filter(pk__in=turn).values_list("pk", flat=True))
    allocate_orders(order_ids=free, by=by, at=at)
    orders = _allocated(free, turn)
    got = {order.pk: order for order in orders}
    chosen, away = of_zone(loads_of(orders), criteria.zone_id)
    found = fits(chosen, warehouse_id=preview.warehouse.pk, criteria=criteria)
    stays = (
        *(
            Stays(order=locked[pk], why=WhyWaits.NOTHING if pk in free else WhyWaits.TAKEN)
            for pk in turn
            if pk not in got
        ),
        *stays_of(found.waits, away, got),
        *preview.stays,
    )
    if not found.goes:
        return Released(wave=None, stays=stays)
    return Released(wave=release_locked([got[pk] for pk in sorted(found.goes)], by=by, at=at, **kind), stays=stays)


def _allocated(free: Collection[int], turn: dict[int, int]) -> list[SalesOrder]:
    """Those that have goods to pick now, the most urgent first."""
    rows = SalesOrder.objects.select_related("warehouse").filter(pk__in=free, state=SalesOrderState.ALLOCATED)
    return sorted(without_part(rows), key=lambda order: turn[order.pk])
