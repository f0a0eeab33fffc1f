"""The waves of a warehouse as they stand this minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from apps.locations.models import Warehouse
from apps.orders.models import Pick, Wave
from apps.orders.queries.releasing import seconds_a_pick
from apps.orders.rules.waves import minutes_of_work
from apps.orders.states import PickState, WaveState


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveProgress:
    """A wave with how far it is."""

    wave: Wave
    orders: int
    picks: int
    done: int
    short: int
    """Of those done: not all that was asked for was there."""
    pickers: int
    """Who holds picks of it now."""
    minutes_left: int
    """Of work, shared among those who pick it now, or for one picker."""
    is_late: bool
    """At this pace it is not done when its truck leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveBoard:
    """The waves on the floor, the one that must be done first at the top; and those of today that are done."""

    warehouse: Warehouse
    seconds_a_pick: int
    waves: tuple[WaveProgress, ...]


def wave_board(warehouse: Warehouse, *, at: datetime, done_since: timedelta = timedelta(hours=12)) -> WaveBoard:
    """The board now, in as many statements whatever is on it."""
    shown = Wave.objects.filter(warehouse=warehouse).filter(
        Q(state=WaveState.RELEASED) | Q(done_at__gt=at - done_since)
    )
    picks: dict[int, Any] = {
        row["wave"]: row
        for row in Pick.objects.filter(wave__in=shown)
        .order_by()
        .values("wave")
        .annotate(
            orders=Count("allocation__line__order", distinct=True),
            picks=Count("pk"),
            done=Count("pk", filter=~Q(state=PickState.TO_PICK)),
            short=Count("pk", filter=Q(state=PickState.SHORT)),
            pickers=Count(
                "task__assigned_to", filter=Q(state=PickState.TO_PICK, task__lease_until__gt=at), distinct=True
            ),
        )
    }
    pace = seconds_a_pick(warehouse.pk)
    waves = [
        _progress(wave, picks.get(wave.pk, {}), pace, at)
        for wave in shown.select_related("warehouse", "template", "released_by").order_by("pk")
    ]
    waves.sort(key=lambda each: (each.wave.state == WaveState.DONE, each.wave.cut_off_at is None, _due(each)))
    return WaveBoard(warehouse=warehouse, seconds_a_pick=pace, waves=tuple(waves))


def _due(each: WaveProgress) -> datetime:
    return each.wave.cut_off_at or each.wave.released_at


def _progress(wave: Wave, counts: Mapping[str, int], pace: int, at: datetime) -> WaveProgress:
    picks, done, pickers = (counts.get(name, 0) for name in ("picks", "done", "pickers"))
    left = -(-minutes_of_work(picks - done, pace) // max(pickers, 1))
    ready_at = wave.done_at or at + timedelta(minutes=left)
    return WaveProgress(
        wave=wave,
        orders=counts.get("orders", 0),
        picks=picks,
        done=done,
        short=counts.get("short", 0),
        pickers=pickers,
        minutes_left=left,
        is_late=wave.cut_off_at is not None and ready_at > wave.cut_off_at,
    )
