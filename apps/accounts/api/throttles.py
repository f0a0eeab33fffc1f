"""How often one may call: each device, each person over all devices, and each address that nobody is known by.

Counted in the cache, which all processes share, in windows of the rate's length: a window is one number that the cache
itself adds to, so that two processes never count past each other and a fast handheld costs no more than a slow one.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

from redis.exceptions import RedisError
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle

from apps.accounts.models import Device

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rest_framework.request import Request
    from rest_framework.views import APIView

    from apps.core.counters import SharedCounters

log = logging.getLogger(__name__)


class WindowThrottle(SimpleRateThrottle):
    """So many requests a window: a loop gone wild is slowed, a picker never."""

    num_requests: int | None
    duration: int | None
    rest: float = 0
    """Seconds until the window ends."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one may pass. While the cache is away everything may: a warehouse does not stop for it."""
        return not _beyond([self], request, view)

    def window(self, request: Request, view: APIView) -> str | None:
        """What the calls of the window that is open now are counted under; None when they are not counted."""
        key = self.get_cache_key(request, view) if self.rate is not None else None
        if key is None:
            return None
        now = self.timer()
        self.rest = self.length - now % self.length
        return f"throttle:{key}:{int(now // self.length)}"

    def wait(self) -> float:
        """How long until calls are counted anew."""
        return self.rest

    @property
    def length(self) -> int:
        """Of a window, in seconds."""
        return self.duration or 1


def _beyond(throttles: Sequence[WindowThrottle], request: Request, view: APIView) -> list[WindowThrottle]:
    """Count a call by each of these, in one trip to the cache; those by which it is one too many."""
    windows = {window: each for each in throttles if (window := each.window(request, view)) is not None}
    if not windows:
        return []
    try:
        counts = cast("SharedCounters", WindowThrottle.cache).count(
            {window: each.length * 2 for window, each in windows.items()}
        )
    except RedisError:
        log.warning("the cache does not answer; requests are not counted")
        return []
    return [each for each, count in zip(windows.values(), counts, strict=True) if count > (each.num_requests or 0)]


class DeviceThrottle(WindowThrottle):
    """Each handheld and each integration: two handhelds of one worker count apart."""

    scope = "device"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """By device, where there is one."""
        del view
        return f"device:{request.auth.pk}" if isinstance(request.auth, Device) else None


class UserThrottle(WindowThrottle):
    """Each person, over all their devices and browsers."""

    scope = "user"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """By person, where one is known."""
        del view
        return f"user:{request.user.pk}" if request.user.is_authenticated else None


class AddressThrottle(WindowThrottle):
    """Each address, for calls by nobody who is known: a whole floor may share one, and is not slowed by a stranger."""

    scope = "address"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """By address, for whoever is neither a person nor a device."""
        del view
        known = request.user.is_authenticated or isinstance(request.auth, Device)
        return None if known else self.address_key(request)

    def address_key(self, request: Request) -> str:
        """The caller's address as the proxies that we know tell it."""
        return f"address:{self.get_ident(request)}"


class AskingThrottle(WindowThrottle):
    """Each person and each integration that asks about units by number: nobody finds out by trying which there are."""

    scope = "asking"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """By device where there is one, else by person."""
        del view
        who = f"device:{request.auth.pk}" if isinstance(request.auth, Device) else f"user:{request.user.pk}"
        return f"asking:{who}"


class CallThrottle(BaseThrottle):
    """Each call by all that it is counted by: the device and the person, or the address."""

    def __init__(self) -> None:
        self._throttles = [kind() for kind in (DeviceThrottle, UserThrottle, AddressThrottle)]
        self._rest = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether it may pass by each of them."""
        beyond = _beyond(self._throttles, request, view)
        self._rest = max((each.rest for each in beyond), default=0.0)
        return not beyond

    def wait(self) -> float:
        """How long until none of those that refused it counts it still."""
        return self._rest


class _StrangerThrottle(AddressThrottle):
    """As `AddressThrottle`, before it is settled that nobody is known; asking the request would ask in a circle."""

    def get_cache_key(self, request: Request, view: Any) -> str:
        del view
        return self.address_key(request)


def count_stranger(request: Request) -> None:
    """Count a call that is about to be refused because nobody is known: refusals come before the throttles.

    Raises `Throttled`.
    """
    throttle = _StrangerThrottle()
    if not throttle.allow_request(request, view=None):  # type: ignore[arg-type]
        raise Throttled(throttle.wait())


def caller_address(request: Request) -> str:
    """Where a request comes from, as it is kept with a failed sign-on."""
    return str(AddressThrottle().get_ident(request) or "")[:45]
