"""Devices get and lose their tokens; workers sign on to them and off.

These run before anybody is known, so they take a device and not an actor. `sign_on` has a transaction of its own and
no command log: its failures must be kept although it refuses, and a log would keep a hash of the PIN.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from apps.accounts.errors import DeviceExists, TooManyTries, WrongBadgeOrPin
from apps.accounts.models import SHIFT, Device, DeviceKind, SignOn, SignOnFailure, User
from apps.core.errors import DomainError, NotAllowed

MOST_FAILURES = 5
FAILURE_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A device and its token, which is shown once and kept nowhere."""

    device: Device
    token: str = field(repr=False)


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


def revoke_token(*, device_id: int, at: datetime) -> Device:
    """End a device's token from the next request on, and whoever's sign-on stands on it."""
    device = Device.objects.lock_one(device_id)
    device.revoked_at = device.revoked_at or at
    device.save(update_fields=["revoked_at"])
    _end_sign_on(device, at)
    return device


def replace_token(*, device_id: int, at: datetime) -> Registered:
    """Give a device another token; the old one ends at once, and whoever's sign-on stands on it."""
    device = Device.objects.lock_one(device_id)
    token = device.issue_token(at)
    device.save(update_fields=["token_prefix", "token_hash", "expires_at", "revoked_at"])
    _end_sign_on(device, at)
    return Registered(device=device, token=token)


def set_pin(*, user_id: int, pin_hash: str) -> None:
    """Keep what `hashed_pin` made of a person's PIN; the PIN itself never comes this far."""
    User.objects.filter(pk=user_id).update(pin=pin_hash)


def sign_on(*, device_id: int, pin: str, at: datetime, username: str = "", badge: str = "") -> SignOn:
    """Put a handheld into a worker's hands, known by badge or name and a PIN; whoever held it before is signed off.

    Raises `WrongBadgeOrPin`; `TooManyTries` after five failures in a quarter of an hour, right PIN or not; a success
    does not clear them, else a thief with one PIN could try others for ever.
    """
    with transaction.atomic(durable=True):
        # The lock makes tries at one device wait for each other: many at once would all be counted too late.
        device = Device.objects.lock_one(device_id)
        outcome = _try_sign_on(device, username=username, badge=badge, pin=pin, at=at)
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def sign_off(*, device_id: int, at: datetime) -> Device:
    """Let the handheld go; nothing happens when nobody holds it."""
    with transaction.atomic():
        device = Device.objects.lock_one(device_id)
        _end_sign_on(device, at)
        return device


def _try_sign_on(device: Device, *, username: str, badge: str, pin: str, at: datetime) -> SignOn | DomainError:
    if device.kind != DeviceKind.HANDHELD:
        return NotAllowed(who=str(device), act="be held by a worker")
    refusal = _refuse_when_locked(device, at)
    if refusal is not None:
        return refusal
    worker = _worker(username=username, badge=badge, pin=pin)
    if worker is None:
        SignOnFailure.objects.create(device=device, at=at)
        return WrongBadgeOrPin()
    current = SignOn.objects.filter(device=device, ended_at=None, started_at__gt=at - SHIFT, user=worker).first()
    if current is not None:
        return current
    _end_sign_on(device, at)
    return SignOn.objects.create(device=device, user=worker, started_at=at)


def _refuse_when_locked(device: Device, at: datetime) -> TooManyTries | None:
    recent = SignOnFailure.objects.filter(device=device, at__gt=at - FAILURE_WINDOW).order_by("-at")
    counted = list(recent.values_list("at", flat=True)[:MOST_FAILURES])
    if len(counted) < MOST_FAILURES:
        return None
    # Free again when the oldest of the last five has left the window.
    wait = counted[-1] + FAILURE_WINDOW - at
    return TooManyTries(device=str(device), retry_after=max(1, int(wait.total_seconds())))


def _worker(*, username: str, badge: str, pin: str) -> User | None:
    known = User.objects.filter(is_active=True)
    worker = (known.filter(badge=badge) if badge else known.filter(username=username)).first()
    if worker is None or not worker.pin:
        # As slow as a wrong PIN, so that the time does not tell who works here.
        User().set_pin("0000")
        return None
    return worker if worker.check_pin(pin) else None


def _end_sign_on(device: Device, at: datetime) -> None:
    SignOn.objects.filter(device=device, ended_at=None).update(ended_at=at)
