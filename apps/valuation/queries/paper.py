"""The inventory value report, put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from apps.accounts.models import User
from apps.catalog.models import Category, Item
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency, letterhead, printed
from apps.valuation.pdf import ValueLine, ValuePaper
from apps.valuation.queries.standing import standing
from apps.valuation.queries.value import ItemValue, total_of, value_as_of


def value_paper(
    user: User,
    *,
    printed_at: datetime,
    at: datetime,
    item: Item | None = None,
    category: Category | None = None,
    warehouse: Warehouse | None = None,
) -> ValuePaper:
    """All rows, by the clock of the site, without one by UTC."""
    rows = value_as_of(user, at=at, item=item, category=category, warehouse=warehouse)
    zone = warehouse.timezone if warehouse is not None else "UTC"
    local = at.astimezone(ZoneInfo(zone))
    scope = [str(named) for named in (warehouse, category, item) if named is not None]
    book = standing()
    return ValuePaper(
        company=letterhead(),
        printed=printed(printed_at, user, warehouse),
        scope=", ".join(scope) or "All sites",
        dated=local.date(),
        moment=f"{local:%Y-%m-%d %H:%M} {local.tzname()}",
        currency=company_currency(),
        read="all that is sealed" if not book.behind else f"{book.behind} postings to come",
        lines=tuple(
            ValueLine(
                item=row.item,
                name=row.name,
                category=row.category,
                warehouse=row.warehouse,
                quantity=row.quantity,
                unit=row.unit,
                unit_cost=row.unit_cost,
                value=row.value,
            )
            for row in rows
        ),
        by_warehouse=_sums(rows, lambda row: row.warehouse),
        by_category=_sums(rows, lambda row: row.category),
        total=total_of(rows),
    )


def _sums(rows: Iterable[ItemValue], name: Callable[[ItemValue], str]) -> tuple[tuple[str, Decimal], ...]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[name(row)] += row.value
    return tuple(sorted(sums.items()))
