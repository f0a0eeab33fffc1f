"""What the book has at a location, which bins are due, what scanned numbers name, and what the count sheet says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.core.clock import day_bounds
from apps.core.errors import NotFound
from apps.counting.models import CountLine, CycleCount
from apps.counting.pdf import CountSheetPaper, GoodsPaper
from apps.counting.rules import ZERO, BookLine, CountedLine
from apps.counting.states import CountState
from apps.ledger.models import Lot, SerialNumber, StockBalance
from apps.locations.models import Location
from apps.locations.queries import letterhead, printed

if TYPE_CHECKING:
    from apps.locations.models import Warehouse


def book_at(location_id: int, item_ids: set[int]) -> list[BookLine]:
    """What the balances of a location say now, with those of the named items that are empty.

    One statement, so one moment: each quantity belongs to the very move that it names.
    """
    empty = Q(item_id__in=item_ids, owner=None, unit=None)
    balances = StockBalance.objects.filter(Q(on_hand__gt=0) | empty, location_id=location_id).order_by("pk")
    return [
        BookLine(
            goods=(balance.item_id, balance.lot_id, balance.serial_id, balance.status),
            quantity=balance.on_hand,
            owner_id=balance.owner_id,
            unit_id=balance.unit_id,
            position_id=balance.last_move_id,
        )
        for balance in balances
    ]


def due_bins(warehouse: Warehouse, *, interval_days: int, on: date) -> QuerySet[Location]:
    """Bins in use that nobody counts now and whose last approved count, if any, is so many days ago; most urgent first.

    Bins that hold goods before empty ones; then those never counted, and the longest ago; of the same age, the one
    where goods moved last, since most can have gone wrong there.
    """
    first_day_kept, _ = day_bounds(on - timedelta(days=interval_days - 1), warehouse.timezone)
    approved = CycleCount.objects.filter(location=OuterRef("pk"), state=CountState.APPROVED)
    here = StockBalance.objects.filter(location=OuterRef("pk"))
    bins = Location.objects.pickable().filter(
        ~Exists(CycleCount.objects.under_way().filter(location=OuterRef("pk"))), warehouse=warehouse
    )
    return (
        bins.annotate(
            holds=Exists(here.on_hand()),
            counted_at=Subquery(approved.order_by("-counted_at").values("counted_at")[:1]),
            moved=Subquery(here.order_by("-last_move").values("last_move")[:1]),
        )
        .filter(Q(counted_at=None) | Q(counted_at__lt=first_day_kept))
        .order_by(
            "-holds", F("counted_at").asc(nulls_first=True), F("moved").desc(nulls_last=True), "pick_sequence", "pk"
        )
    )


def goods_named(rows: Sequence[dict[str, Any]], user: User) -> list[CountedLine]:
    """The counted goods by their numbers, in three queries. Raises `NotFound` for one that is not known."""
    asked = [row["item"] for row in rows]
    items = dict(Item.objects.for_user(user).filter(number__in=asked).values_list("number", "pk"))
    for number in asked:
        if number not in items:
            raise NotFound(kind="item", number=number)
    lots = _by_number(Lot.objects.filter(number__in=_numbers(rows, "lot"), item_id__in=items.values()))
    serials = _by_number(SerialNumber.objects.filter(number__in=_numbers(rows, "serial"), item_id__in=items.values()))
    return [
        CountedLine(
            item_id=items[row["item"]],
            lot_id=_known("lot", lots, items[row["item"]], row.get("lot")),
            serial_id=_known("serial number", serials, items[row["item"]], row.get("serial")),
            status=row["status"],
            quantity=row["quantity"],
        )
        for row in rows
    ]


def _numbers(rows: Sequence[dict[str, Any]], field: str) -> set[str]:
    return {row[field] for row in rows if row.get(field)}


def _by_number(found: QuerySet[Lot] | QuerySet[SerialNumber]) -> dict[tuple[int, str], int]:
    return {(each.item_id, each.number): each.pk for each in found}


def _known(kind: str, known: dict[tuple[int, str], int], item_id: int, number: str | None) -> int | None:
    if not number:
        return None
    if (item_id, number) not in known:
        raise NotFound(kind=kind, number=number)
    return known[item_id, number]


def losses_below_reserved(count: CycleCount) -> list[CountLine]:
    """Lines whose loss the ledger would refuse now: less of the goods is free than is missing."""
    lost = [line for line in count.lines.select_related("item") if line.round == count.round and line.variance < 0]
    balances = StockBalance.objects.filter(location_id=count.location_id, item_id__in={line.item_id for line in lost})
    free = {_key(balance): balance.free for balance in balances}
    return [line for line in lost if free.get(_key(line), ZERO) < -line.variance]


def _key(row: StockBalance | CountLine) -> tuple[object, ...]:
    return row.item_id, row.lot_id, row.serial_id, row.status, row.owner_id, row.unit_id


def count_sheet_of(count: CycleCount, *, at: datetime, by: User) -> CountSheetPaper:
    """What is known to stand there, without quantities: the counter says how much."""
    balances = (
        StockBalance.objects.on_hand()
        .filter(location_id=count.location_id)
        .select_related("item__unit", "lot", "serial")
        .order_by("item__number", "lot__number", "serial__number", "status")
    )
    goods = dict.fromkeys(
        GoodsPaper(
            item_number=balance.item.number,
            description=balance.item.name,
            lot=balance.lot.number if balance.lot else "",
            expires_on=balance.lot.expires_on if balance.lot else None,
            serial=balance.serial.number if balance.serial else "",
            status=balance.get_status_display(),
            unit=balance.item.unit.code,
        )
        for balance in balances
    )
    zone = count.location.zone
    return CountSheetPaper(
        company=letterhead(),
        printed=printed(at, by, count.warehouse),
        number=count.number,
        opened_on=count.warehouse.local_date(count.created_at),
        warehouse=count.warehouse.name,
        zone=zone.name if zone is not None else "",
        location=count.location.code,
        task=count.task.number,
        goods=tuple(goods),
    )
