"""What a count sheet says: all that should be there, and never how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.accounts.models import User
from apps.core.paper.formats import Address, Printed
from apps.counting.models import CycleCount, Inventory
from apps.counting.pdf import CountSheetPaper, GoodsPaper, InventoryPaper
from apps.counting.queries.book import within
from apps.counting.states import CountState
from apps.ledger.models import StockBalance
from apps.ledger.models.position import StockBalanceQuerySet
from apps.locations.queries import letterhead, printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Goods that the book has somewhere, without how much."""

    item: str
    item_name: str
    lot: str | None
    serial: str | None


def goods_known(count: CycleCount) -> list[Known]:
    """What should be there, each once, by its names."""
    rows = (
        StockBalance.objects.on_hand()
        .filter(within(count))
        .order_by("item__number", "lot__number", "serial__number")
        .values_list("item__number", "item__name", "lot__number", "serial__number")
        .distinct()
    )
    return [Known(item=item, item_name=name, lot=lot, serial=serial) for item, name, lot, serial in rows]


def count_sheet_of(count: CycleCount, *, at: datetime, by: User) -> CountSheetPaper:
    """What is known to stand there, without quantities: the counter says how much."""
    goods = _goods(StockBalance.objects.filter(within(count))).get(count.location_id, [])
    return _paper(count, goods, letterhead(), printed(at, by, count.warehouse))


def _goods_by_place(places: set[int]) -> dict[int, list[GoodsPaper]]:
    return _goods(StockBalance.objects.filter(location__among=list(places)))


def _goods(rows: StockBalanceQuerySet) -> dict[int, list[GoodsPaper]]:
    """By place, each once."""
    found: dict[int, dict[GoodsPaper, None]] = {}
    balances = rows.on_hand().select_related("item__unit", "lot", "serial")
    for balance in balances.order_by("item__number", "lot__number", "serial__number", "status"):
        goods = GoodsPaper(
            item_number=balance.item.number,
            description=balance.item.name,
            lot=balance.lot.number if balance.lot else "",
            expires_on=balance.lot.expires_on if balance.lot else None,
            serial=balance.serial.number if balance.serial else "",
            status=balance.get_status_display(),
            unit=balance.item.unit.code,
        )
        found.setdefault(balance.location_id, {})[goods] = None
    return {place: list(goods) for place, goods in found.items()}


def _paper(count: CycleCount, goods: list[GoodsPaper], head: Address, stamp: Printed) -> CountSheetPaper:
    zone = count.location.zone
    return CountSheetPaper(
        company=head,
        printed=stamp,
        number=count.number,
        opened_on=count.warehouse.local_date(count.created_at),
        warehouse=count.warehouse.name,
        zone=zone.name if zone is not None else "",
        location=count.location.code,
        task=count.task.number,
        goods=tuple(goods),
    )


def inventory_sheets_of(inventory: Inventory, *, at: datetime, by: User) -> InventoryPaper:
    """The sheets of the places that wait to be counted, in the order in which they are passed; two queries."""
    waiting = inventory.counts.filter(state__in=(CountState.OPEN, CountState.RECOUNT))
    counts = list(
        waiting.select_related("warehouse", "location__zone", "task").order_by(
            "location__pick_sequence", "location__code"
        )
    )
    goods = _goods_by_place({count.location_id for count in counts})
    head, stamp = letterhead(), printed(at, by, inventory.warehouse)
    return InventoryPaper(
        company=head,
        printed=stamp,
        number=inventory.number,
        opened_on=inventory.warehouse.local_date(inventory.created_at),
        places=tuple(_paper(count, goods.get(count.location_id, []), head, stamp) for count in counts),
    )
