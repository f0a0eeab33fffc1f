"""Who signed on where, who failed to, and whose badge opened which door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.accounts.models import SignOn, SignOnFailure, User
from apps.losses.models import DoorEvent
from apps.losses.queries.shrinkage import Days

MOST = 5000
"""As many of each are told; whoever wants more asks for fewer days."""
NOBODY = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Somebody came in, or tried to."""

    at: datetime
    site: str
    where: str
    """The device or the door."""
    what: str
    who: str
    """Empty where nobody is known by the badge or name."""
    badge: str = ""
    lasted: timedelta | None = None
    """How long a device was held; None while it is, and of what takes no time."""


def access_in(days: Days) -> list[Access]:
    """All of some days, the latest first; four statements. A badge is its holder's of today."""
    return sorted((*_signed_on(days), *_failed(days), *_at_doors(days)), key=lambda each: each.at, reverse=True)


def _signed_on(days: Days) -> list[Access]:
    rows = SignOn.objects.filter(days.within("device__warehouse_access__warehouse", "started_at"))
    return [
        Access(
            at=row.started_at,
            site=row.device.warehouse_access.warehouse.code,
            where=row.device.number,
            what="Signed on",
            who=row.user.get_username(),
            lasted=row.ended_at - row.started_at if row.ended_at is not None else None,
        )
        for row in rows.select_related("device__warehouse_access__warehouse", "user").order_by("-started_at")[:MOST]
    ]


def _failed(days: Days) -> list[Access]:
    rows = SignOnFailure.objects.filter(days.within("device__warehouse_access__warehouse", "at"))
    return [
        Access(
            at=row.at,
            site=row.device.warehouse_access.warehouse.code,
            where=row.device.number,
            what="Could not sign on",
            who=row.user.get_username() if row.user is not None else NOBODY,
        )
        for row in rows.select_related("device__warehouse_access__warehouse", "user").order_by("-at")[:MOST]
    ]


def _at_doors(days: Days) -> list[Access]:
    rows = list(
        DoorEvent.objects.filter(days.within("door__warehouse", "happened_at"))
        .select_related("door__warehouse")
        .order_by("-happened_at")[:MOST]
    )
    badges = {row.badge for row in rows if row.badge}
    people = dict(User.objects.filter(badge__in=badges).values_list("badge", "username"))
    return [
        Access(
            at=row.happened_at,
            site=row.door.warehouse.code,
            where=f"{row.door.code} {row.door.name}",
            what=row.get_kind_display(),
            who=people.get(row.badge, NOBODY) if row.badge else "",
            badge=row.badge,
        )
        for row in rows
    ]
