"""Cross-dock lanes: where goods stand that go out again at once."""

from __future__ import annotations

from apps.locations.models import Location


def lanes_of(warehouse_id: int) -> list[int]:
    """The lanes in use, as they are walked."""
    rows = Location.objects.filter(warehouse=warehouse_id, is_cross_dock=True, is_active=True)
    return list(rows.order_by("zone__pick_sequence", "pick_sequence", "code").values_list("pk", flat=True))
