"""What a balance had at an earlier moment: its later moves are taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from apps.counting.rules.comparing import ZERO, BookLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move of a balance: so much came, or (negative) left."""

    move: int
    at: datetime
    change: Decimal


def rewound(line: BookLine, steps: Sequence[Step], *, at: datetime, before: int | None) -> BookLine:
    """The line as it was then; `before` names the balance's last move before all these steps."""
    later = [step for step in steps if step.at > at]
    if not later:
        return line
    position = max((step.move for step in steps if step.at <= at), default=before)
    taken_back = line.quantity - sum((step.change for step in later), ZERO)
    return replace(line, quantity=max(taken_back, ZERO), position_id=position)
