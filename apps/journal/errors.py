"""What the command log refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class KeyReused(DomainError):
    """A key names one command: the same key with another body is a mistake of the sender."""

    code = "key_reused"
    message = "The key %(key)s was used for another command."
    status = 422

    key: str


@dataclass(kw_only=True, eq=False)
class KeyMissing(DomainError):
    """A command needs a key, so that a repeat of it does nothing more."""

    code = "key_missing"
    message = "Send an Idempotency-Key header: at most 80 characters, new for each command."
    status = 400


@dataclass(kw_only=True, eq=False)
class ClockAhead(DomainError):
    """Nothing was done in the future: the clock of the device is wrong."""

    code = "clock_ahead"
    message = "The device's clock is ahead of the warehouse's."
    recover = ("set_clock",)

    occurred_at: datetime
    received_at: datetime


@dataclass(kw_only=True, eq=False)
class TooLongAgo(DomainError):
    """What was done so long ago is not recorded unseen: the device's clock is behind, or the goods went on since."""

    code = "too_long_ago"
    message = "This was done too long ago, or the device's clock is behind the warehouse's."
    recover = ("set_clock", "ask_supervisor")

    occurred_at: datetime
    received_at: datetime
