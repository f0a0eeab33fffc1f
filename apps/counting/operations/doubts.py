"""What somebody saw that the book does not say is kept, and counted when a program of the site is for it."""

from __future__ import annotations

from datetime import datetime

from apps.core.errors import NotAllowed
from apps.counting.models import CountDoubt, CountProgram, CycleCount
from apps.counting.operations.opening import PRESSING, NewCount, open_all
from apps.counting.states import DoubtKind, ProgramKind
from apps.journal.actor import Actor
from apps.journal.operations import enqueue_all
from apps.ledger.models import StockBalance
from apps.locations.choices import LocationKind
from apps.locations.models import Location


def note_doubt(
    *,
    location_id: int,
    kind: DoubtKind,
    by: Actor,
    at: datetime,
    item_id: int | None = None,
    document: str = "",
    note: str = "",
    seen_by_id: int | None = None,
) -> CountDoubt | None:
    """Keep a doubt about a place, once for a document; open a count of it when an active program is for such events.

    A place that a picker saw empty is in doubt only while the book has goods there; None when it has none.
    """
    if by.user.only_reads:
        raise NotAllowed(who=by.user.get_username(), act="raise doubts")
    place = Location.objects.select_related("zone").lock([location_id])[0]
    if kind == DoubtKind.EMPTY_BIN and not StockBalance.objects.on_hand().filter(location=place).exists():
        return None
    seen_by = seen_by_id if seen_by_id is not None else by.user.pk
    values = {
        "warehouse_id": place.warehouse_id,
        "item_id": item_id,
        "note": note,
        "seen_at": at,
        "seen_by_id": seen_by,
    }
    if document:
        doubt, is_new = CountDoubt.objects.get_or_create(location=place, kind=kind, document=document, defaults=values)
    else:
        doubt, is_new = CountDoubt.objects.create(location=place, kind=kind, **values), True
    if is_new and _wanted(place, kind) and not CycleCount.objects.under_way().filter(location=place).exists():
        open_all([NewCount(location=place, not_for_id=seen_by, priority=PRESSING)], by=by, at=at)
    return doubt


def doubt_others(count: CycleCount, *, at: datetime) -> None:
    """Goods were found that the book has at one other place, and only there: that place is in doubt."""
    found = {line.item_id for line in count.latest_lines() if line.variance > 0 and not line.expected}
    if not found:
        return
    rows = (
        StockBalance.objects.standing()
        .filter(warehouse=count.warehouse_id, item__in=found)
        .exclude(location=count.location_id)
        .values_list("item", "location")
        .distinct()
    )
    places: dict[int, set[int]] = {}
    for item, place in rows:
        places.setdefault(item, set()).add(place)
    enqueue_all(
        "counting.note_doubt",
        arguments=[
            {
                "location": next(iter(where)),
                "kind": DoubtKind.WRONG_PLACE.value,
                "item": item,
                "document": count.number,
                "user_id": count.counted_by_id,
            }
            for item, where in sorted(places.items())
            if len(where) == 1
        ],
        at=at,
    )


def _wanted(place: Location, kind: DoubtKind) -> bool:
    if place.is_virtual or place.kind == LocationKind.TRANSIT:
        return False
    programs = CountProgram.objects.filter(
        warehouse=place.warehouse_id, kind=ProgramKind.EVENT, is_active=True, events__contains=[kind]
    )
    return programs.exists()
