"""Where goods should live: rules, velocities, pick faces, and the work of putting away and of filling up."""

from apps.storage.models.face import PickFace
from apps.storage.models.guidance import ItemVelocity, PutawayRule
from apps.storage.models.pool import FacePool
from apps.storage.models.work import Putaway, Replenishment

__all__ = ["FacePool", "ItemVelocity", "PickFace", "Putaway", "PutawayRule", "Replenishment"]
