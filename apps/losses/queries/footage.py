"""Which cameras see a place, and their pictures of what happened there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from apps.incidents.models import Incident
from apps.losses.models import Camera
from apps.losses.rules import Footage, footage_of


class Cameras:
    """The cameras in use by the zones that they see; two queries however many places are asked about."""

    def __init__(self, zone_ids: Collection[int]) -> None:
        self._seeing: defaultdict[int, list[Camera]] = defaultdict(list)
        wanted = set(zone_ids)
        rows = Camera.objects.filter(zones__in=wanted, asset__is_active=True).select_related("asset").distinct()
        for camera in rows.prefetch_related("zones").order_by("asset__number"):
            for zone in camera.zones.all():
                if zone.pk in wanted:
                    self._seeing[zone.pk].append(camera)

    def footage(self, zone_id: int | None, *, since: datetime, until: datetime) -> tuple[Footage, ...]:
        """What each camera that sees the zone shows between two moments; nothing of a place in no zone."""
        return tuple(
            footage_of(
                camera=camera.asset.number,
                channel=camera.channel,
                margin=timedelta(minutes=camera.margin_minutes),
                keeps=timedelta(days=camera.keeps_days),
                since=since,
                until=until,
            )
            for camera in (self._seeing.get(zone_id, ()) if zone_id is not None else ())
        )


def footage_of_incident(incident: Incident) -> tuple[Footage, ...]:
    """What shows it: of the zone of its place, from the moment that was told."""
    zone_id = incident.location.zone_id if incident.location is not None else None
    if zone_id is None:
        return ()
    return Cameras([zone_id]).footage(zone_id, since=incident.occurred_at, until=incident.occurred_at)
