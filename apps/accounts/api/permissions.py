"""Who may call: a person, or a device with a person, within what its token allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission

from apps.accounts.api.throttles import count_stranger
from apps.accounts.models import Device
from apps.core.errors import NotAllowed

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

READ, WRITE = "read", "write"
"""What a token's scopes may name; a token without scopes may do both."""


class IsSignedOn(BasePermission):
    """Somebody is known, and the token they came with reaches so far."""

    code = "sign_on_needed"
    message = "Nobody is signed on to this device."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether a person stands behind the request. Raises `NotAllowed` beyond the token's scopes."""
        del view
        if not request.user.is_authenticated:
            if request.auth is None:
                count_stranger(request)
            return False
        check_scope(request)
        return True


class HasDevice(BasePermission):
    """The request came with a valid device token, whoever holds the device."""

    code = "device_needed"
    message = "Only a device with a token of its own may do this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether a device was authenticated."""
        del view
        if isinstance(request.auth, Device):
            return True
        count_stranger(request)
        return False


def check_scope(request: Request) -> None:
    """Refuse what the device's token does not reach. Raises `NotAllowed`."""
    device = request.auth
    if not isinstance(device, Device) or not device.scopes:
        return
    needed = READ if request.method in SAFE_METHODS else WRITE
    if needed not in device.scopes:
        raise NotAllowed(who=str(device), act=needed)
