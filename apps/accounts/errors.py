"""What sign-on and the care of devices refuse."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class WrongBadgeOrPin(DomainError):
    """No worker has this badge or name together with this PIN; which of them is wrong is not said."""

    code = "wrong_badge_or_pin"
    message = "The badge or the PIN is wrong."
    status = 403
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class TooManyTries(DomainError):
    """The device was given too many wrong badges or PINs and waits, whoever tries next."""

    code = "too_many_tries"
    message = "Too many wrong tries on %(device)s; wait %(retry_after)s seconds."
    status = 429
    recover = ("wait", "ask_supervisor")

    device: str
    retry_after: int


@dataclass(kw_only=True, eq=False)
class DeviceExists(DomainError):
    """A device's number is on its back; no two have the same."""

    code = "device_exists"
    message = "There is a device %(number)s already."

    number: str
