"""The order in which a wave's bins are passed."""

from __future__ import annotations

from collections.abc import Iterable

from apps.locations.models import Location
from apps.locations.models.place import ZONE_STRIDE
from apps.orders.models import Wave, WaveWalk
from apps.orders.queries.walks import walks_past
from apps.orders.states import WalkKind

WALKS = 10**5
"""So many waves have numbers of their own in a zone before they begin anew, and so many bins has a wave's walk."""


def sequence_of(places: Iterable[Location], *, wave: Wave) -> dict[int, int]:
    """For each bin its place on the wave's walk: zone by zone, in each by the shortest walk that is known.

    Where nobody has measured the bins they keep the place that their number gives them. Two waves in a zone are walked
    one after the other. What kind of walk each zone has is noted with the wave.
    """
    found: dict[int, int] = {}
    noted = []
    for walk in walks_past({place.pk: place for place in places}.values()):
        for turn, place in enumerate(walk.places):
            found[place.pk] = place.walking_place
            if walk.kind != WalkKind.SEQUENCE and place.zone is not None:
                found[place.pk] = place.zone.pick_sequence * ZONE_STRIDE + wave.pk % WALKS * WALKS + turn
        noted.append(
            WaveWalk(wave=wave, zone_id=walk.zone_id, kind=walk.kind, stops=len(walk.places), length_mm=walk.length_mm)
        )
    WaveWalk.objects.bulk_create(noted)
    return found
