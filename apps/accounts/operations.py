"""Devices get and lose their tokens; workers sign on to them and off.

These run before anybody is known, so they take a device and not an actor. `sign_on` has a transaction of its own and
no command log: its failures must be kept although it refuses, and a log would keep a hash of the PIN.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from apps.accounts.errors import (
    DeviceExists,
    EnrolmentEnded,
    EnrolmentUnknown,
    EnrolmentUsed,
    TooManyTries,
    WrongBadgeOrPin,
)
from apps.accounts.models import (
    SHIFT,
    TOKEN_FIELDS,
    Device,
    DeviceKind,
    Enrolment,
    SignOn,
    SignOnFailure,
    User,
    token_digest,
)
from apps.core.errors import DomainError, NotAllowed

MOST_FAILURES = 5
MOST_FAILURES_OF_A_PERSON = 10
"""More than at one device, so that a thief with one handheld locks that one and not the colleague; over all devices."""
MOST_FAILURES_FROM_AN_ADDRESS = 50
"""A whole floor may share one address; it mistypes less than this."""
FAILURE_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A device and its token, which is shown once and kept nowhere."""

    device: Device
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A device and the code that it may exchange for its token, which is shown once and kept nowhere."""

    device: Device
    code: str = field(repr=False)
    until: datetime


def register_device(
    *, number: str, name: str, at: datetime, kind: str = DeviceKind.HANDHELD, service_user_id: int | None = None
) -> Registered:
    """Give a new device its token. An integration acts as its service user. Raises `DeviceExists`."""
    if Device.objects.filter(number=number).exists():
        raise DeviceExists(number=number)
    device = Device(number=number, name=name, kind=kind, service_user_id=service_user_id, created_at=at)
    token = device.issue_token(at)
    device.save()
    return Registered(device=device, token=token)


def register_handheld(*, number: str, name: str, at: datetime) -> Device:
    """Know a handheld that has no token yet: it gets one for its enrolment code. Raises `DeviceExists`."""
    if Device.objects.filter(number=number).exists():
        raise DeviceExists(number=number)
    return Device.objects.create(number=number, name=name, created_at=at, expires_at=at)


def offer_enrolment(*, device_id: int, made_by: User, at: datetime) -> Offered:
    """Make a code that this handheld may exchange for a token within ten minutes, once; a code before it ends.

    The token that the device has stays good until the code is used. Raises `NotAllowed` for an integration.
    """
    device = Device.objects.lock_one(device_id)
    if device.kind != DeviceKind.HANDHELD:
        raise NotAllowed(who=str(device), act="be enrolled by a code")
    _withdraw_enrolments(device, at)
    enrolment = Enrolment(device=device, made_by=made_by)
    code = enrolment.issue_code(at)
    enrolment.save()
    return Offered(device=device, code=code, until=enrolment.expires_at)


@transaction.atomic
def enrol_by_code(*, code: str, at: datetime) -> Registered:
    """Give the device that waits for this code its token; another token of it ends, and whoever's sign-on stands on it.

    Raises `EnrolmentUnknown`, `EnrolmentUsed`, `EnrolmentEnded`.
    """
    found = Enrolment.objects.filter(code_hash=token_digest(code)).first()
    if found is None:
        raise EnrolmentUnknown
    device = Device.objects.lock_one(found.device_id)
    enrolment = Enrolment.objects.get(pk=found.pk)  # as it is now: the device's lock guards its codes
    if enrolment.used_at is not None:
        raise EnrolmentUsed(device=device.number)
    if enrolment.ended_at is not None or enrolment.expires_at <= at:
        raise EnrolmentEnded(device=device.number)
    enrolment.used_at = at
    enrolment.save(update_fields=["used_at"])
    token = device.issue_token(at)
    device.save(update_fields=TOKEN_FIELDS)
    _end_sign_on(device, at)
    return Registered(device=device, token=token)


def revoke_token(*, device_id: int, at: datetime) -> Device:
    """End a device's tokens and codes from the next request on, and whoever's sign-on stands on them."""
    device = Device.objects.lock_one(device_id)
    device.revoked_at = device.revoked_at or at
    device.drop_next_token()
    device.save(update_fields=TOKEN_FIELDS)
    _withdraw_enrolments(device, at)
    _end_sign_on(device, at)
    return device


@transaction.atomic
def rotate_token(*, device_id: int, at: datetime) -> Registered:
    """Give a device its next token, asked for by itself; the one it has is good until the next one is first used.

    Asked again, because the answer was lost, the next token is another. Whoever holds the device goes on.
    """
    device = Device.objects.lock_one(device_id)
    token = device.issue_next_token(at)
    device.save(update_fields=TOKEN_FIELDS)
    return Registered(device=device, token=token)


def replace_token(*, device_id: int, at: datetime) -> Registered:
    """Give a device another token; the old one ends at once, and whoever's sign-on stands on it."""
    device = Device.objects.lock_one(device_id)
    token = device.issue_token(at)
    device.save(update_fields=TOKEN_FIELDS)
    _withdraw_enrolments(device, at)
    _end_sign_on(device, at)
    return Registered(device=device, token=token)


def end_access(*, user_id: int, at: datetime) -> None:
    """Let go of whatever a person who was switched off still holds: handhelds, and sessions in browsers.

    Both are refused while the person is switched off; without this they would come back with them.
    """
    SignOn.objects.filter(user_id=user_id, ended_at=None).update(ended_at=at)
    theirs = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=at)
        if session.get_decoded().get(SESSION_KEY) == str(user_id)
    ]
    Session.objects.filter(pk__in=theirs).delete()


def set_pin(*, user_id: int, pin_hash: str) -> None:
    """Keep what `hashed_pin` made of a person's PIN; the PIN itself never comes this far."""
    User.objects.filter(pk=user_id).update(pin=pin_hash)


def sign_on(
    *, device_id: int, pin: str, at: datetime, username: str = "", badge: str = "", address: str = ""
) -> SignOn:
    """Put a handheld into a worker's hands, known by badge or name and a PIN; whoever held it before is signed off.

    Raises `WrongBadgeOrPin`; `TooManyTries`, right PIN or not, after five failures in a quarter of an hour at this
    device, ten with this person's badge or name at any device, or fifty from this address. A success does not clear
    them, else a thief with one PIN could try others for ever.
    """
    with transaction.atomic(durable=True):
        # The lock makes tries at one device wait for each other: many at once would all be counted too late.
        device = Device.objects.lock_one(device_id)
        known = User.objects.filter(badge=badge) if badge else User.objects.filter(username=username)
        outcome = _try_sign_on(device, person=known.first(), address=address, pin=pin, at=at)
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def sign_off(*, device_id: int, at: datetime) -> Device:
    """Let the handheld go; nothing happens when nobody holds it."""
    with transaction.atomic():
        device = Device.objects.lock_one(device_id)
        _end_sign_on(device, at)
        return device


def _try_sign_on(device: Device, *, person: User | None, address: str, pin: str, at: datetime) -> SignOn | DomainError:
    if device.kind != DeviceKind.HANDHELD:
        return NotAllowed(who=str(device), act="be held by a worker")
    refusal = _refuse_when_locked(device, person, address, at)
    if refusal is not None:
        return refusal
    worker = _whose_pin(person, pin)
    if worker is None:
        SignOnFailure.objects.create(device=device, user=person, address=address, at=at)
        return WrongBadgeOrPin()
    current = SignOn.objects.filter(device=device, ended_at=None, started_at__gt=at - SHIFT, user=worker).first()
    if current is not None:
        return current
    _end_sign_on(device, at)
    return SignOn.objects.create(device=device, user=worker, started_at=at)


def _refuse_when_locked(device: Device, person: User | None, address: str, at: datetime) -> TooManyTries | None:
    recent = SignOnFailure.objects.filter(at__gt=at - FAILURE_WINDOW)
    waits = [_wait(recent.filter(device=device), MOST_FAILURES, at)]
    if person is not None:
        waits.append(_wait(recent.filter(user=person), MOST_FAILURES_OF_A_PERSON, at))
    if address:
        waits.append(_wait(recent.filter(address=address), MOST_FAILURES_FROM_AN_ADDRESS, at))
    longest = max(waits)
    return TooManyTries(device=str(device), retry_after=max(1, int(longest.total_seconds()))) if longest else None


def _wait(failures: QuerySet[SignOnFailure], most: int, at: datetime) -> timedelta:
    """How long until there are fewer: when the oldest of the last so many has left the window. Zero when free."""
    counted = list(failures.order_by("-at").values_list("at", flat=True)[:most])
    return counted[-1] + FAILURE_WINDOW - at if len(counted) == most else timedelta()


def _whose_pin(person: User | None, pin: str) -> User | None:
    """The person, if it is their PIN and they still work here."""
    if person is None or not person.is_active or not person.pin:
        # As slow as a wrong PIN, so that the time does not tell who works here.
        User().set_pin("0000")
        return None
    return person if person.check_pin(pin) else None


def _withdraw_enrolments(device: Device, at: datetime) -> None:
    Enrolment.objects.filter(device=device, used_at=None, ended_at=None).update(ended_at=at)


def _end_sign_on(device: Device, at: datetime) -> None:
    SignOn.objects.filter(device=device, ended_at=None).update(ended_at=at)
