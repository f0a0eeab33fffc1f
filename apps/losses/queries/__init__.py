"""What went missing, what of it is odd, which pictures show it, and who came in."""

from apps.losses.queries.access import Access, access_in
from apps.losses.queries.footage import Cameras, footage_of_incident
from apps.losses.queries.odd import Oddities, odd_in
from apps.losses.queries.shrinkage import Days, losses_in, losses_of, shrinkage_of

__all__ = [
    "Access",
    "Cameras",
    "Days",
    "Oddities",
    "access_in",
    "footage_of_incident",
    "losses_in",
    "losses_of",
    "odd_in",
    "shrinkage_of",
]
