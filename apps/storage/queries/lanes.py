"""Places that goods go to only when somebody waits for them: cross-dock lanes, and the free pick faces of pools."""

from __future__ import annotations

from django.db.models import Q

from apps.locations.choices import LocationKind
from apps.locations.models import Location


def lanes_of(warehouse_id: int) -> list[int]:
    """The lanes in use, as they are walked."""
    rows = Location.objects.filter(warehouse=warehouse_id, is_cross_dock=True, is_active=True)
    return list(rows.order_by("zone__pick_sequence", "pick_sequence", "code").values_list("pk", flat=True))


FREE_FACE = Q(kind=LocationKind.PICK_FACE, zone__face_pool__is_active=True, pick_faces=None)
"""A pick-face place of a pool in use that was given to no item."""


def free_places(*, warehouse_id: int) -> list[int]:
    """The free faces of the pools; goods may stand there all the same."""
    rows = Location.objects.filter(FREE_FACE, warehouse=warehouse_id, is_active=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def kept_free(*, warehouse_id: int) -> list[int]:
    """The places that goods which nobody waits for are not proposed to: lanes and free faces."""
    rows = Location.objects.filter(FREE_FACE | Q(is_cross_dock=True), warehouse=warehouse_id, is_active=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))
