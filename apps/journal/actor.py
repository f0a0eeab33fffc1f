"""Who acts: the person, the device in their hand, and the key under which the command was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from apps.accounts.models import Device, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The `by` of every operation. `occurred_at` is the device's own time: information, never an order."""

    user: User
    device: Device | None = None
    job: str = ""
    key: str | None = None
    occurred_at: datetime | None = None

    @property
    def name(self) -> str:
        """Whose keys these are: the device's, else the user's, else the job's."""
        if self.device is not None:
            return f"device:{self.device.pk}"
        return f"job:{self.job}" if self.job else f"user:{self.user.pk}"
