"""What is refused of doors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class DoorOff(DomainError):
    """A door that is out of use tells nothing."""

    code = "door_off"
    message = "Door %(door)s is out of use."
    recover = ("refresh",)

    door: str


@dataclass(kw_only=True, eq=False)
class DoorAhead(DomainError):
    """The clock of a door is not believed when it is ahead of the warehouse's."""

    code = "door_ahead"
    message = "An event of door %(door)s happened at %(happened_at)s, which is ahead."

    door: str
    happened_at: datetime
