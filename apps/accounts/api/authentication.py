"""Tokens: a device is known by its token, and whoever signed on to it is the user."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from apps.accounts.api.throttles import count_stranger
from apps.accounts.models import SHIFT, Device, DeviceKind, SignOn, roles_of, token_digest
from apps.core import clock
from apps.core.prepared import Prepared

if TYPE_CHECKING:
    from rest_framework.request import Request

    from apps.accounts.models import User


class DeviceTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`. A handheld without a worker is let through as nobody, to sign on."""

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, Device] | None:
        """The signed-on worker (or the integration's user) and the device."""
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        at = clock.now()
        token = token.strip()
        device = Device.objects.by_token(token, at) if token.isprintable() else None
        if device is None:
            count_stranger(request)
            message = "The token is unknown, expired or revoked."
            raise AuthenticationFailed(message)
        if device.comes_by_next(token_digest(token), at):
            Device.objects.begin_next_token(device)
        user = device.service_user if device.kind == DeviceKind.INTEGRATION else worker_of(device, at)
        if user is None or not user.is_active:
            return AnonymousUser(), device
        user.device = device
        return user, device

    def authenticate_header(self, request: Request) -> str:
        """Makes a missing token a 401."""
        del request
        return "Bearer"


def worker_of(device: Device, at: datetime) -> User | None:
    """Who is signed on to the device now."""
    sign_on: Any = _SIGNED_ON.first(device.pk, at - SHIFT)
    if sign_on is None:
        return None
    user: User = sign_on.user
    user.roles = frozenset(sign_on.held)
    return user


_SIGNED_ON = Prepared(
    lambda device, since: (
        SignOn.objects.filter(device=device, ended_at=None, started_at__gt=since)
        .select_related("user")
        .annotate(held=roles_of("user"))
    ),
    int,
    datetime,
)
