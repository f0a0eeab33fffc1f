"""How often one caller may call."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rest_framework.throttling import SimpleRateThrottle

from apps.accounts.models import Device

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

log = logging.getLogger(__name__)


class CallerThrottle(SimpleRateThrottle):
    """So many requests a minute for each device, or person, or address: a loop gone wild is slowed, a picker never."""

    scope = "caller"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """By device where there is one: two handhelds of one worker count apart."""
        del view
        if isinstance(request.auth, Device):
            return f"throttle:device:{request.auth.pk}"
        if request.user.is_authenticated:
            return f"throttle:user:{request.user.pk}"
        return f"throttle:address:{self.get_ident(request)}"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one may pass. While the cache is away everything may: a warehouse does not stop for it."""
        try:
            return bool(super().allow_request(request, view))
        except RedisError:
            log.warning("the cache does not answer; requests are not counted")
            return True
