"""What went missing, and which pictures show it."""

from apps.losses.queries.footage import Cameras, footage_of_incident
from apps.losses.queries.shrinkage import Days, losses_in, shrinkage_of

__all__ = ["Cameras", "Days", "footage_of_incident", "losses_in", "shrinkage_of"]
