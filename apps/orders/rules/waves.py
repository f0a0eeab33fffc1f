"""Which orders go to the floor together: as many as the wave and the floor take, nobody overtaking at a full place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models


class WhyWaits(models.TextChoices):
    """Why an order stays for the next release."""

    NOTHING = "nothing_to_pick", "Nothing of it can be picked now"
    WAVE_FULL = "wave_full", "The wave is full"
    ZONE_FULL = "zone_full", "Its zone has no room for more picks"
    SITE_FULL = "site_full", "The floor has no room for more picks"
    ZONE = "other_zone", "Not all of its goods stand in the zone asked for"
    TAKEN = "taken", "Somebody else released or changed it meanwhile"
    BY_ITSELF = "by_itself", "Its rule releases it by itself, in no wave"


FULL = frozenset({WhyWaits.ZONE_FULL, WhyWaits.SITE_FULL})
"""Where the floor has no room for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """An order with how many picks it makes in each zone; None: in no zone."""

    order: int
    picks: Mapping[int | None, int]

    @property
    def total(self) -> int:
        """In all zones."""
        return sum(self.picks.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An order that stays, and why; where a place is full, which and how full."""

    order: int
    why: WhyWaits
    zone: int | None = None
    open_picks: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Who goes and who stays, both in the order asked."""

    goes: tuple[int, ...]
    waits: tuple[Waiting, ...]


def fit(
    loads: Iterable[Load],
    *,
    open_picks: Mapping[int | None, int],
    zone_limits: Mapping[int, int],
    site_limit: int | None = None,
    most_orders: int | None = None,
    most_picks: int | None = None,
) -> Fit:
    """Take orders in turn while they fit.

    Once one waits for a place, later ones that need that place wait too: a large order is not overtaken for ever by
    small ones. One that is larger than a limit goes when it would be alone.
    """
    busy = dict(open_picks)
    in_all, in_wave = sum(busy.values()), 0
    goes: list[int] = []
    waits: list[Waiting] = []
    shut: dict[int, Waiting] = {}
    site_shut: Waiting | None = None
    wave_shut = False
    for load in loads:
        if not load.total:
            waits.append(Waiting(order=load.order, why=WhyWaits.NOTHING))
            continue
        wave_shut = wave_shut or _over(len(goes), 1, most_orders) or _over(in_wave, load.total, most_picks)
        if wave_shut:
            waits.append(Waiting(order=load.order, why=WhyWaits.WAVE_FULL))
            continue
        if site_shut is None and _over(in_all, load.total, site_limit):
            site_shut = Waiting(order=load.order, why=WhyWaits.SITE_FULL, open_picks=in_all, most=site_limit)
        for zone, picks in load.picks.items():
            if zone is not None and zone not in shut and _over(busy.get(zone, 0), picks, zone_limits.get(zone)):
                shut[zone] = Waiting(
                    order=load.order,
                    why=WhyWaits.ZONE_FULL,
                    zone=zone,
                    open_picks=busy.get(zone, 0),
                    most=zone_limits[zone],
                )
        because = site_shut or next((shut[zone] for zone in load.picks if zone in shut), None)
        if because is not None:
            waits.append(
                Waiting(
                    order=load.order,
                    why=because.why,
                    zone=because.zone,
                    open_picks=because.open_picks,
                    most=because.most,
                )
            )
            continue
        goes.append(load.order)
        in_all += load.total
        in_wave += load.total
        for zone, picks in load.picks.items():
            busy[zone] = busy.get(zone, 0) + picks
    return Fit(goes=tuple(goes), waits=tuple(waits))


def _over(there: int, more: int, most: int | None) -> bool:
    """Whether it would be too much beside what is there; alone, anything goes."""
    return most is not None and there > 0 and there + more > most


def minutes_of_work(picks: int, seconds_a_pick: int) -> int:
    """What picks take one worker, rounded up."""
    return -(-picks * seconds_a_pick // 60)
