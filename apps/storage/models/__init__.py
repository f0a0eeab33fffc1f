"""Where goods should live: rules, velocities, pick faces, control areas; the work of putting away and filling up."""

from apps.storage.models.area import AreaLimit, AreaPlace, AreaZone, ControlArea, WatchedArea
from apps.storage.models.face import PickFace
from apps.storage.models.guidance import ItemVelocity, PutawayRule
from apps.storage.models.pool import FacePool
from apps.storage.models.work import Putaway, Replenishment

__all__ = [
    "AreaLimit",
    "AreaPlace",
    "AreaZone",
    "ControlArea",
    "FacePool",
    "ItemVelocity",
    "PickFace",
    "Putaway",
    "PutawayRule",
    "Replenishment",
    "WatchedArea",
]
