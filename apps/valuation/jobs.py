"""Keeps the cost book. It may run twice or late: what is valued is behind the cursor."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.journal import edge
from apps.valuation.operations import WINDOW, value_next
from apps.valuation.queries import is_behind


@shared_task(name="valuation.keep_book")
def keep_book(**_: Any) -> int:
    """Value all that is sealed, and what was said; how many postings. When there is nothing it leaves no trace."""
    if not is_behind():
        return 0
    done, valued = WINDOW, 0
    while done == WINDOW:
        done = edge.run(value_next, by=User.objects.get(username=SYSTEM), job="valuation.keep_book", render=int)
        valued += done
    return valued
