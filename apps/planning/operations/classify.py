"""Which items matter most at a site, and whose demand is steady, from what customers asked for."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.choices import Velocity
from apps.locations.models import Warehouse
from apps.planning.models import ItemClass
from apps.planning.operations.reorder import check_may_plan
from apps.planning.queries import Demand, demand_in, weeks_before
from apps.planning.rules import pareto, steadiness, variation

WEEKS = 52
"""A year: of less, what sells in one season would come and go."""
GONE = Demand(weeks=(), lines=0, value=Decimal(0))
STEP, CENT = Decimal("0.0001"), Decimal("0.01")


def classify_items(*, warehouse_id: int, by: Actor, at: datetime) -> list[ItemClass]:
    """Class items by the value and lines that customers ordered in the last 52 whole weeks; all classes of the site.

    Near a border an item stays what it was. One that was classed and is asked for no more is C, and nobody can say
    whether its demand is steady. A second call in one week changes nothing. Raises `NotAllowed`.
    """
    check_may_plan(by, "have items classed")
    site = Warehouse.objects.lock_one(warehouse_id)
    mondays = weeks_before(site.local_date(at), WEEKS)
    demand = demand_in(site, mondays)
    known = {row.item_id: row for row in ItemClass.objects.filter(warehouse=site)}
    by_value = pareto(
        {item: each.value for item, each in demand.items()}, before={pk: row.by_value for pk, row in known.items()}
    )
    by_lines = pareto(
        {item: each.lines for item, each in demand.items()}, before={pk: row.by_lines for pk, row in known.items()}
    )
    rows = []
    for item in sorted({*known, *demand}):
        asked, was = demand.get(item, GONE), known.get(item)
        cv = variation(asked.weeks)
        rows.append(
            ItemClass(
                warehouse=site,
                item_id=item,
                by_value=by_value.get(item, Velocity.C),
                by_lines=by_lines.get(item, Velocity.C),
                steadiness=steadiness(cv, before=was.steadiness if was is not None else "") if cv is not None else "",
                variation=Decimal(cv).quantize(STEP) if cv is not None else None,
                value=asked.value.quantize(CENT),
                lines=asked.lines,
                units=asked.units,
                weeks=WEEKS,
                since=mondays[0],
                rated_at=at,
            )
        )
    ItemClass.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["warehouse", "item"],
        update_fields=[
            *("by_value", "by_lines", "steadiness", "variation", "value", "lines", "units"),
            *("weeks", "since", "rated_at"),
        ],
    )
    record("classed", kind="item classes", number=site.code, by=by, at=at, warehouse_code=site.code, items=len(rows))
    return rows
