"""Which lots a recall is about, when nobody has their numbers yet: by item, supplier, dates and attributes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.ledger.models import Lot, StockMove
from apps.locations.choices import LocationKind
from apps.traceability.models import LotGrouping


@dataclass(frozen=True, slots=True, kw_only=True)
class LotQuery:
    """What lots are asked for by; all that is said must fit. Dates are included on both ends."""

    item_id: int | None = None
    supplier_id: int | None = None
    supplier_lot: str = ""
    made_from: date | None = None
    made_to: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    expires_from: date | None = None
    expires_to: date | None = None
    attribute: str = ""
    """The name of one of the item's attributes."""
    value: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything is asked for: a query that asks for nothing would freeze everything."""
        return any(asdict(self).values())

    @property
    def as_said(self) -> dict[str, Any]:
        """What was asked for, without what was not."""
        return {name: value for name, value in asdict(self).items() if value}


def query_of(grouping: LotGrouping, *, today: date) -> LotQuery:
    """What a saved grouping asks for today."""
    soon = grouping.expires_within_days
    starts = [day for day in (grouping.expires_from, today if soon is not None else None) if day is not None]
    ends = [grouping.expires_to, today + timedelta(days=soon) if soon is not None else None]
    return LotQuery(
        item_id=grouping.item_id,
        supplier_id=grouping.supplier_id,
        supplier_lot=grouping.supplier_lot,
        made_from=grouping.made_from,
        made_to=grouping.made_to,
        received_from=grouping.received_from,
        received_to=grouping.received_to,
        expires_from=max(starts, default=None),
        expires_to=min((day for day in ends if day is not None), default=None),
        attribute=grouping.attribute,
        value=grouping.value,
    )


def grouped(grouping: LotGrouping, *, today: date, most: int) -> list[int]:
    """The keys of the lots that a saved grouping has now, at most one more than `most`."""
    return lots_asked_for(query_of(grouping, today=today), most=most)


def lots_asked_for(query: LotQuery, *, most: int) -> list[int]:
    """The keys of the lots that fit, at most one more than `most`; none when nothing is asked for."""
    if not query.says_something:
        return []
    wanted = Q()
    if query.item_id is not None:
        wanted &= Q(item=query.item_id)
    if query.supplier_id is not None:
        wanted &= Q(supplier=query.supplier_id)
    if query.supplier_lot:
        wanted &= Q(supplier_lot=query.supplier_lot)
    if query.attribute:
        wanted &= Q(item__attributes__contains={query.attribute: query.value})
    wanted &= _between("made_on", query.made_from, query.made_to)
    wanted &= _between("expires_on", query.expires_from, query.expires_to)
    lots = Lot.objects.filter(wanted)
    if query.received_from is not None or query.received_to is not None:
        lots = lots.filter(Exists(_received(query.received_from, query.received_to)))
    return list(lots.order_by("pk").values_list("pk", flat=True)[: most + 1])


def _between(field: str, first: date | None, last: date | None) -> Q:
    wanted = Q()
    if first is not None:
        wanted &= Q(**{f"{field}__gte": first})
    if last is not None:
        wanted &= Q(**{f"{field}__lte": last})
    return wanted


def _received(first: date | None, last: date | None) -> Any:
    """Moves by which a lot came in; a day here is one of universal time, for a lot may come to many sites."""
    came = StockMove.objects.filter(
        lot=OuterRef("pk"), source__kind__in=(LocationKind.SUPPLIER, LocationKind.PRODUCTION)
    )
    if first is not None:
        came = came.filter(recorded_at__gte=datetime.combine(first, time.min, UTC))
    if last is not None:
        came = came.filter(recorded_at__lte=datetime.combine(last, time.max, UTC))
    return came
