"""Holds: a lot is frozen everywhere at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from apps.catalog.models import Item
from apps.journal.actor import Actor
from apps.ledger.models import StockBalance
from apps.ledger.operations.call import call
from apps.ledger.states import HoldReason
from apps.locations.labels import refuse_unlabelled
from apps.locations.models import Warehouse


def hold_lots(lot_ids: Sequence[int], *, reason: HoldReason, by: Actor, note: str = "", source: str = "") -> list[int]:
    """Freeze lots in every warehouse and let their pending reservations go; the holds' ids."""
    rows = call(
        "ledger_hold",
        [
            ("bigint[]", list(lot_ids)),
            ("text", reason.value),
            ("text", note),
            ("text", source),
            ("bigint", by.user.pk),
        ],
    )
    return list(rows[0][0])


def release_holds(hold_ids: Sequence[int], *, by: Actor, at: datetime, note: str = "") -> int:
    """End holds; how many. A lot is free when no other hold on it is open.

    Dangerous goods of a lot are not released where they stand without a label that the site requires. Raises
    `HoldEnded`, `LabelMissing`.
    """
    _refuse_unlabelled(hold_ids, at)
    rows = call("ledger_unhold", [("bigint[]", list(hold_ids)), ("text", note), ("bigint", by.user.pk)])
    return int(rows[0][0])


def _refuse_unlabelled(hold_ids: Sequence[int], at: datetime) -> None:
    items = Item.objects.filter(lots__holds__in=list(hold_ids)).distinct().labelled().in_bulk()
    if not items:
        return
    stand = StockBalance.objects.on_hand().filter(lot__holds__in=list(hold_ids), item__in=items)
    there: defaultdict[int, list[Item]] = defaultdict(list)
    for warehouse_id, item_id in stand.order_by("warehouse", "item").values_list("warehouse", "item").distinct():
        there[warehouse_id].append(items[item_id])
    for site in Warehouse.objects.filter(pk__in=there).order_by("pk"):
        refuse_unlabelled(there[site.pk], site, on=site.local_date(at))
