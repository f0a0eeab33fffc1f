"""Stock that a person must not look up just now, because they are to say what is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.ledger.errors import CountInHand
from apps.ledger.models import StockBalance, StockMove

BLIND: list[Callable[[User], QuerySet[Any]]] = []
"""Each says by its key which places a person counts now; counting, which stands above, adds its own when it starts."""


def unseen(rows: QuerySet[StockBalance], user: User) -> QuerySet[StockBalance]:
    """The rows without those of places that the person counts now; in the same statement."""
    for places in BLIND:
        rows = rows.exclude(location__in=places(user))
    return rows


def unseen_moves(rows: QuerySet[StockMove], user: User) -> QuerySet[StockMove]:
    """The moves without those into and out of places that the person counts now: added up, they are the book."""
    for places in BLIND:
        rows = rows.exclude(source__in=places(user)).exclude(target__in=places(user))
    return rows


def check_not_counting(user: User) -> None:
    """For what adds up stock of many places: less what is seen of the others, it is the book of the one in hand.

    Raises `CountInHand`.
    """
    if any(places(user).exists() for places in BLIND):
        raise CountInHand(who=user.get_username())
