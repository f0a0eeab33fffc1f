"""What goods cost is not for everyone on the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rest_framework.request import Request
from rest_framework.views import APIView

from apps.accounts.api.permissions import IsSignedOn
from apps.core.errors import NotAllowed
from apps.valuation.operations import MAY_SEE_COSTS

if TYPE_CHECKING:
    from apps.accounts.models import User


class SeesCosts(IsSignedOn):
    """Whoever manages or audits what stock is worth."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller may see costs. Raises `NotAllowed`."""
        if not super().has_permission(request, view):
            return False
        user = cast("User", request.user)
        if not user.has_role(*MAY_SEE_COSTS):
            raise NotAllowed(who=user.get_username(), act="see what goods cost")
        return True
