"""Where goods live, and flammable liquids by area, at the desk."""

from apps.storage.admin.areas import AreaLimitAdmin, ControlAreaAdmin, WatchedAreaAdmin
from apps.storage.admin.guidance import (
    FacePoolAdmin,
    ItemVelocityAdmin,
    PickFaceAdmin,
    PutawayAdmin,
    PutawayRuleAdmin,
    ReplenishmentAdmin,
)

__all__ = [
    "AreaLimitAdmin",
    "ControlAreaAdmin",
    "FacePoolAdmin",
    "ItemVelocityAdmin",
    "PickFaceAdmin",
    "PutawayAdmin",
    "PutawayRuleAdmin",
    "ReplenishmentAdmin",
    "WatchedAreaAdmin",
]
