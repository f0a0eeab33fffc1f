"""Which pictures of which camera show something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """Pictures of a camera from one moment to another, and until when they are kept."""

    camera: str
    channel: str
    since: datetime
    until: datetime
    kept_until: datetime
    """The first of them are gone then."""

    def is_gone(self, at: datetime) -> bool:
        """Whether some of them are no longer kept."""
        return at >= self.kept_until


def footage_of(
    *, camera: str, channel: str, margin: timedelta, keeps: timedelta, since: datetime, until: datetime
) -> Footage:
    """A camera's pictures of what happened between two moments, with a margin for what its clock differs by."""
    begins = since - margin
    return Footage(camera=camera, channel=channel, since=begins, until=until + margin, kept_until=begins + keeps)
