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
    """Too many wrong badges or PINs: at this device, for this person, or from this address; it waits, PIN right or not.

    Which of the three it was is not said.
    """

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


@dataclass(kw_only=True, eq=False)
class EnrolmentUnknown(DomainError):
    """No device waits for this enrolment code: it was misread, or never made here."""

    code = "enrolment_unknown"
    message = "This enrolment code is not known here."
    status = 404
    recover = ("rescan", "new_code")


@dataclass(kw_only=True, eq=False)
class EnrolmentUsed(DomainError):
    """An enrolment code opens once. If nobody here used it, somebody else holds the device's token: revoke it."""

    code = "enrolment_used"
    message = "The enrolment code of %(device)s has been used."
    recover = ("new_code",)

    device: str


@dataclass(kw_only=True, eq=False)
class EnrolmentEnded(DomainError):
    """An enrolment code is good for ten minutes, and until a newer one is made or the device is revoked."""

    code = "enrolment_ended"
    message = "The enrolment code of %(device)s is no longer good."
    status = 410
    recover = ("new_code",)

    device: str
