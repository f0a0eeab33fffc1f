"""Which shift something happened on, which pictures show it, what losses add up to."""

from apps.losses.rules.footage import Footage, footage_of
from apps.losses.rules.shifts import OFF_SHIFT, Hours, shift_at
from apps.losses.rules.shrinkage import Group, Loss, Shrinkage, add_up

__all__ = [
    "OFF_SHIFT",
    "Footage",
    "Group",
    "Hours",
    "Loss",
    "Shrinkage",
    "add_up",
    "footage_of",
    "shift_at",
]
