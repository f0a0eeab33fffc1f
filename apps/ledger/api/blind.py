"""Views that add up stock, closed to whoever counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from rest_framework.views import APIView

from apps.ledger.queries.blind import check_not_counting

if TYPE_CHECKING:
    from rest_framework.request import Request

    from apps.accounts.models import User


class NotWhileCounting(APIView):
    """A view whose figures would tell somebody with a count in hand the book: refused until it is told."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Once it is known who asks. Raises `CountInHand`."""
        super().initial(request, *args, **kwargs)
        check_not_counting(cast("User", request.user))
