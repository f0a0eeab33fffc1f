"""People, their devices, and who holds which device now."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser, Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.utils.functional import cached_property

from apps.accounts.roles import Role
from apps.core.prepared import Prepared
from apps.core.querysets import LockingQuerySet, storable

PREFIX_LENGTH = 12
TOKEN_LIFE = timedelta(days=90)
ENROLMENT_LIFE = timedelta(minutes=10)
SHIFT = timedelta(hours=12)
"""A sign-on ends by itself after the longest shift."""
SYSTEM = "system"
"""Username of the account that jobs act as; `ensure_reference_data` makes it, and nobody signs in with it."""


class User(AbstractUser):
    """A person who signs in, or the service account of a job or an integration."""

    badge = models.CharField(max_length=40, unique=True, null=True, blank=True, help_text="Code on the badge")
    pin = models.CharField("PIN (hashed)", max_length=128, blank=True, editable=False)

    device: Device | None = None
    """The device this request came by; set by authentication, never stored."""

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of the user's groups."""
        return frozenset(self.groups.values_list("name", flat=True))

    def has_role(self, *roles: Role) -> bool:
        """Whether the user holds any of these roles; a superuser holds all."""
        return self.is_superuser or any(role.value in self.roles for role in roles)

    @property
    def only_reads(self) -> bool:
        """Whether the user is an auditor and nothing else: sees everything, changes nothing."""
        return not self.is_superuser and self.roles == {Role.AUDITOR.value}

    def set_pin(self, pin: str) -> None:
        """Keep a hash of the PIN (4 to 8 digits). Raises `ValueError` for anything else."""
        self.pin = hashed_pin(pin)

    def check_pin(self, pin: str) -> bool:
        """Whether this is the user's PIN."""
        return bool(self.pin) and check_password(pin, self.pin)


def hashed_pin(pin: str) -> str:
    """The salted hash of a PIN. Raises `ValueError` for anything but 4 to 8 digits."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):  # noqa: PLR2004 - said in the docstring
        msg = "A PIN has 4 to 8 digits."
        raise ValueError(msg)
    return make_password(pin)


def roles_of(user: str) -> ArraySubquery:
    """The names of the groups of the user that a column names, to be read with the row: every request asks for them."""
    return ArraySubquery(Group.objects.filter(user=OuterRef(user)).values("name"))


class DeviceKind(models.TextChoices):
    """What calls the API with a token."""

    HANDHELD = "device", "Handheld"
    INTEGRATION = "integration", "Integration"


class DeviceQuerySet(LockingQuerySet["Device"]):
    """Finds devices by token."""

    def by_token(self, token: str, at: datetime) -> Device | None:
        """The active device whose token this is, or whose next one it is; compared in constant time."""
        digest = token_digest(token)
        found: Iterable[Any] = _LIVE.rows(storable(token[:PREFIX_LENGTH]), at)
        for device in found:
            if device.knows(digest, at):
                if device.service_user is not None:
                    device.service_user.roles = frozenset(device.held)
                return cast("Device", device)
        return None

    def begin_next_token(self, device: Device) -> None:
        """Let the next token, which is in use now, take the place of the one before; that one ends here."""
        self.filter(pk=device.pk, next_token_hash=device.next_token_hash).update(
            token_prefix=device.next_token_prefix,
            token_hash=device.next_token_hash,
            expires_at=device.next_expires_at,
            next_token_prefix="",
            next_token_hash="",
            next_expires_at=None,
        )


class Device(models.Model):
    """A handheld or an integration that calls the API with a token of its own."""

    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=DeviceKind.choices, default=DeviceKind.HANDHELD)
    scopes = models.JSONField(default=list, blank=True, help_text="Empty: everything its user may do")
    service_user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="integrations", help_text="Who an integration acts as"
    )
    token_prefix = models.CharField(max_length=PREFIX_LENGTH, db_index=True, editable=False)
    token_hash = models.CharField(max_length=64, editable=False)
    next_token_prefix = models.CharField(max_length=PREFIX_LENGTH, db_index=True, blank=True, editable=False)
    next_token_hash = models.CharField(max_length=64, blank=True, editable=False)
    next_expires_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DeviceQuerySet] = DeviceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                name="device_integration_has_service_user",
                condition=~models.Q(kind=DeviceKind.INTEGRATION) | models.Q(service_user__isnull=False),
                violation_error_message="An integration needs a service user.",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_enrolled(self) -> bool:
        """Whether it ever got a token; until then it waits for whoever opens its enrolment code."""
        return bool(self.token_hash)

    def knows(self, digest: str, at: datetime) -> bool:
        """Whether this is the digest of its token or of its next one, neither of them too old."""
        now = self.expires_at > at and secrets.compare_digest(self.token_hash, digest)
        return now or self.comes_by_next(digest, at)

    def comes_by_next(self, digest: str, at: datetime) -> bool:
        """Whether this is the digest of the next token."""
        until = self.next_expires_at
        return until is not None and until > at and secrets.compare_digest(self.next_token_hash, digest)

    def issue_token(self, at: datetime) -> str:
        """Make a new token and keep its hash; the token itself is returned once and never stored."""
        token = secrets.token_urlsafe(32)
        self.token_prefix = token[:PREFIX_LENGTH]
        self.token_hash = token_digest(token)
        self.expires_at = at + TOKEN_LIFE
        self.revoked_at = None
        self.drop_next_token()
        return token

    def issue_next_token(self, at: datetime) -> str:
        """Make the token that follows; both are good until the next one is first used."""
        token = secrets.token_urlsafe(32)
        self.next_token_prefix = token[:PREFIX_LENGTH]
        self.next_token_hash = token_digest(token)
        self.next_expires_at = at + TOKEN_LIFE
        return token

    def drop_next_token(self) -> None:
        """No other token follows."""
        self.next_token_prefix = self.next_token_hash = ""
        self.next_expires_at = None


TOKEN_FIELDS = (
    "token_prefix",
    "token_hash",
    "expires_at",
    "revoked_at",
    "next_token_prefix",
    "next_token_hash",
    "next_expires_at",
)
"""What changes when a device gets or loses a token."""


def token_digest(token: str) -> str:
    """SHA-256 of a token or a code; it has 256 random bits, so no salt and no slow hash are needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Enrolment(models.Model):
    """A code that a device exchanges for its token: once, and soon. Only its hash is kept."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="enrolments")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField("used", null=True)
    ended_at = models.DateTimeField("withdrawn", null=True, help_text="A newer code or a revocation took its place")

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(
                name="enrolment_is_used_or_withdrawn",
                condition=models.Q(used_at=None) | models.Q(ended_at=None),
                violation_error_message="A code is used or withdrawn, not both.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.device} at {self.made_at:%Y-%m-%d %H:%M}"

    def issue_code(self, at: datetime) -> str:
        """Make the code and keep its hash; the code itself is returned once and never stored."""
        code = secrets.token_urlsafe(32)
        self.code_hash, self.made_at, self.expires_at = token_digest(code), at, at + ENROLMENT_LIFE
        return code


_LIVE = Prepared(
    lambda prefix, at: (
        Device.objects.filter(
            models.Q(token_prefix=prefix, expires_at__gt=at)
            | models.Q(next_token_prefix=prefix, next_expires_at__gt=at),
            revoked_at=None,
        )
        .select_related("service_user")
        .annotate(held=roles_of("service_user"))
    ),
    str,
    datetime,
)
"""Devices that may call now, by how their token begins."""


class SignOn(models.Model):
    """A worker holds a device from a moment on, so that each scan has a device and a person."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="sign_ons")
    user = models.ForeignKey(User, models.PROTECT, related_name="sign_ons")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["device"], condition=models.Q(ended_at=None), name="sign_on_one_worker_a_device"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} on {self.device}"


class SignOnFailure(models.Model):
    """A wrong badge or PIN at a device, counted for lockout: by device, by person and by address."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="failures")
    user = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="+", help_text="Whose badge or name it was, if anybody's"
    )
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["device", "at"]),
            models.Index(fields=["user", "at"], name="sign_on_failure_user"),
            models.Index(fields=["address", "at"], name="sign_on_failure_address"),
        )

    def __str__(self) -> str:
        return f"{self.device} at {self.at:%Y-%m-%d %H:%M}"
