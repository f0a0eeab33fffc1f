"""Which records are asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

WIDEST_OFFSET = timedelta(hours=14)
"""No calendar is further from universal time; a day of any site lies within its day there and this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days by the calendars of the sites, both counted in."""

    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Lots at every site; or a period of some sites, or a shipment: of these what was on the list on the day alone."""

    lots: Collection[int] | None = None
    period: Period | None = None
    sites: Collection[int] | None = None
    shipment: int | None = None

    def of(self, rows: QuerySet[Any], *, items: Collection[int], at: str, site: str) -> QuerySet[Any]:
        """Rows of the goods asked for, when and where; `items` may be on the list."""
        return self.when(rows.filter(**self.goods(items)), at=at, site=site)

    def goods(self, items: Collection[int]) -> dict[str, list[int]]:
        """A filter of rows by lot, or by item."""
        return {"lot__among": list(self.lots)} if self.lots is not None else {"item__among": list(items)}

    def when(self, rows: QuerySet[Any], *, at: str, site: str) -> QuerySet[Any]:
        """Rows of the sites and the period; of this a little more, which `holds` leaves out."""
        if self.sites is not None:
            rows = rows.filter(**{f"{site}__among": list(self.sites)})
        if self.period is not None:
            begin = datetime.combine(self.period.since, time.min, tzinfo=UTC) - WIDEST_OFFSET
            end = datetime.combine(self.period.until, time.min, tzinfo=UTC) + timedelta(days=1) + WIDEST_OFFSET
            rows = rows.filter(**{f"{at}__gte": begin, f"{at}__lt": end})
        return rows

    def holds(self, *, on: date, is_listed: bool) -> bool:
        """Whether a record is asked for, by its site's calendar and what the goods were on its day."""
        if self.period is not None and not self.period.since <= on <= self.period.until:
            return False
        return self.lots is not None or is_listed
