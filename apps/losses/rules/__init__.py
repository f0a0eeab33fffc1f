"""Which shift something happened on, which pictures show it, what losses add up to, which are odd."""

from apps.losses.rules.footage import Footage, footage_of
from apps.losses.rules.odd import Limits, Odd, odd_among, score_of
from apps.losses.rules.shifts import OFF_SHIFT, Hours, shift_at
from apps.losses.rules.shrinkage import Group, Loss, Shrinkage, add_up, worth

__all__ = [
    "OFF_SHIFT",
    "Footage",
    "Group",
    "Hours",
    "Limits",
    "Loss",
    "Odd",
    "Shrinkage",
    "add_up",
    "footage_of",
    "odd_among",
    "score_of",
    "shift_at",
    "worth",
]
