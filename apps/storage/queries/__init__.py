"""Questions about bins and pick faces: what they hold, what comes to them, which to look at."""

from apps.storage.queries.areas import burns_in_areas, in_areas, is_in_an_area
from apps.storage.queries.asking import NOWHERE, Ranking, ask_for, on_whole_unit, ranking_of
from apps.storage.queries.bins import bins_among, bins_of_kinds, bins_to_fill, load_of, segregation_for
from apps.storage.queries.demand import At, demand_for, picks_short
from apps.storage.queries.faces import (
    Source,
    faces_to_fill,
    items_without_face,
    pallets_of,
    promised_to_faces,
)
from apps.storage.queries.fill import AreaFill, Gauge, fills_of
from apps.storage.queries.guidance import guide_for
from apps.storage.queries.hazards import STORED_AT, in_one_fire_area
from apps.storage.queries.lanes import free_places, kept_free, lanes_of
from apps.storage.queries.shortlist import shortlist
from apps.storage.queries.units import goods_on, outermost_of, units_on_their_way

__all__ = [
    "NOWHERE",
    "STORED_AT",
    "AreaFill",
    "At",
    "Gauge",
    "Ranking",
    "Source",
    "ask_for",
    "bins_among",
    "bins_of_kinds",
    "bins_to_fill",
    "burns_in_areas",
    "demand_for",
    "faces_to_fill",
    "fills_of",
    "free_places",
    "goods_on",
    "guide_for",
    "in_areas",
    "in_one_fire_area",
    "is_in_an_area",
    "items_without_face",
    "kept_free",
    "lanes_of",
    "load_of",
    "on_whole_unit",
    "outermost_of",
    "pallets_of",
    "picks_short",
    "promised_to_faces",
    "ranking_of",
    "segregation_for",
    "shortlist",
    "units_on_their_way",
]
