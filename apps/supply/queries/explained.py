"""Why so much can be promised: the stock, the receipts and the promises behind the figure, of all sites at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Case, CharField, F, Min, Sum, Value, When

from apps.ledger.models import Hold, StockBalance
from apps.ledger.states import StockStatus
from apps.locations.choices import PICKABLE
from apps.supply.models import ExpectedReceipt, Promise
from apps.supply.queries.promisable import needed_by_document
from apps.supply.rules import Inbound, OnHand, Position, Promised

ZERO = Decimal(0)
Key = tuple[int, int]
"""A warehouse and an item."""


@dataclass(slots=True)
class _Parts:
    stock: list[OnHand] = field(default_factory=list)
    inbound: list[Inbound] = field(default_factory=list)
    promised: list[Promised] = field(default_factory=list)


def positions(*, warehouse_ids: Collection[int], item_ids: Collection[int]) -> dict[Key, Position]:
    """What decides about each of the items at each of the sites; four queries, however many they are."""
    found = {(site, item): _Parts() for site in warehouse_ids for item in item_ids}
    _add_stock(found, warehouse_ids, item_ids)
    coming = ExpectedReceipt.objects.open().filter(warehouse__in=warehouse_ids, item__in=item_ids)
    for row in coming.order_by("due_on", "document", "line"):
        found[row.warehouse_id, row.item_id].inbound.append(
            Inbound(document=row.document, line=row.line, due_on=row.due_on, quantity=row.quantity - row.received)
        )
    _add_promised(found, warehouse_ids, item_ids)
    return {
        key: Position(stock=parts.stock, inbound=parts.inbound, promised=parts.promised) for key, parts in found.items()
    }


def _add_stock(found: dict[Key, _Parts], warehouse_ids: Collection[int], item_ids: Collection[int]) -> None:
    free = (
        StockBalance.objects.pickable()
        .filter(warehouse__in=warehouse_ids, item__in=item_ids, owner=None)
        .order_by()
        .values("warehouse", "item", "lot__number", "lot__expires_on")
        .annotate(total=Sum(F("on_hand") - F("reserved")))
    )
    for row in free.order_by("lot__expires_on", "lot__number"):
        found[row["warehouse"], row["item"]].stock.append(
            OnHand(quantity=row["total"], lot=row["lot__number"] or "", expires_on=row["lot__expires_on"])
        )


def _add_promised(found: dict[Key, _Parts], warehouse_ids: Collection[int], item_ids: Collection[int]) -> None:
    made = (
        Promise.objects.filter(warehouse__in=warehouse_ids, item__in=item_ids, closed_at=None)
        .order_by()
        .values("warehouse", "document", "item")
        .annotate(due=Min("due_on"), first_at=Min("promised_at"), first=Min("pk"))
    )
    needed = needed_by_document(warehouse_ids=warehouse_ids, item_ids=item_ids)
    for row in sorted(made, key=lambda row: (row["first_at"], row["first"])):
        quantity = needed.get((row["warehouse"], row["document"], row["item"]), ZERO)
        if quantity > 0:
            found[row["warehouse"], row["item"]].promised.append(
                Promised(
                    document=row["document"],
                    quantity=quantity,
                    due_on=row["due"],
                    rank=(row["first_at"], row["first"]),
                )
            )


def not_counted(*, warehouse_id: int, item_ids: Collection[int], today: date) -> dict[int, dict[str, Decimal]]:
    """What stands at the site and cannot be promised, by item and why; one query."""
    held = Hold.objects.open().values("lot")
    why = Case(
        When(owner__isnull=False, then=Value("owned by another")),
        When(lot__in=held, then=Value("on hold")),
        When(lot__expires_on__lte=today, then=Value("expired")),
        When(status=StockStatus.AVAILABLE, location__kind__in=PICKABLE, then=Value("reserved")),
        When(status=StockStatus.AVAILABLE, then=Value("not in a bin")),
        default=F("status"),
        output_field=CharField(),
    )
    counted = Case(When(why="reserved", then=F("reserved")), default=F("on_hand"))
    rows = (
        StockBalance.objects.on_hand()
        .filter(warehouse=warehouse_id, item__in=item_ids)
        .order_by()
        .annotate(why=why)
        .annotate(counted=counted)
        .values("item", "why")
        .annotate(total=Sum("counted"))
    )
    found: dict[int, dict[str, Decimal]] = {item: {} for item in item_ids}
    for row in rows:
        if row["total"]:
            found[row["item"]][row["why"]] = row["total"]
    return found


def rank_of(document: str) -> dict[int, tuple[datetime, int]]:
    """Where in the queue a document stands with each item, by its first promise."""
    rows = (
        Promise.objects.filter(document=document, closed_at=None)
        .order_by()
        .values("item")
        .annotate(first_at=Min("promised_at"), first=Min("pk"))
    )
    return {row["item"]: (row["first_at"], row["first"]) for row in rows}
