"""Tokens: a device is known by its token, and whoever signed on to it is the user."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from apps.accounts.api.throttles import count_stranger
from apps.accounts.models import PREFIX_LENGTH, SHIFT, Device, DeviceKind, SignOn, roles_of, token_digest
from apps.core import clock
from apps.core.prepared import Prepared
from apps.core.querysets import storable

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
        device, user = _caller(token, at) if token.isprintable() else (None, None)
        if device is None:
            count_stranger(request)
            message = "The token is unknown, expired or revoked."
            raise AuthenticationFailed(message)
        if device.comes_by_next(token_digest(token), at):
            Device.objects.begin_next_token(device)
        if user is None or not user.is_active:
            return AnonymousUser(), device
        user.device = device
        return user, device

    def authenticate_header(self, request: Request) -> str:
        """Makes a missing token a 401."""
        del request
        return "Bearer"


def _caller(token: str, at: datetime) -> tuple[Device | None, User | None]:
    """The device that has the token, and who acts by it: whoever is signed on, or the integration's own user."""
    digest = token_digest(token)
    # One query for a handheld in somebody's hands, as nearly all are.
    signed_on: list[Any] = _IN_HAND.rows(storable(token[:PREFIX_LENGTH]), at, at - SHIFT)
    for sign_on in signed_on:
        if sign_on.device.knows(digest, at):
            user: User = sign_on.user
            user.roles = frozenset(sign_on.held)
            return sign_on.device, user
    device = Device.objects.by_token(token, at)
    return device, device.service_user if device is not None and device.kind == DeviceKind.INTEGRATION else None


_IN_HAND = Prepared(
    lambda prefix, at, since: (
        SignOn.objects.filter(
            Q(device__token_prefix=prefix, device__expires_at__gt=at)
            | Q(device__next_token_prefix=prefix, device__next_expires_at__gt=at),
            device__revoked_at=None,
            device__kind=DeviceKind.HANDHELD,
            ended_at=None,
            started_at__gt=since,
        )
        .order_by()
        .select_related("device", "user")
        .annotate(held=roles_of("user"))
    ),
    str,
    datetime,
    datetime,
)
"""Who is signed on to a handheld that may call now, by how its token begins: asked at each call."""
