"""What waits at the dock, and what the papers of buying and receiving say."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Sum

from apps.ledger.models import StockBalance
from apps.purchasing.models import Receipt
from apps.storage.rules import Goods

CENT = Decimal("0.01")


def waiting_at_dock(receipt: Receipt) -> list[Goods]:
    """What came in by this receipt and stands at its dock still: not what was reversed or taken away meanwhile."""
    came = (
        receipt.lines.filter(transaction__reversed_by=None)
        .values_list("item", "lot", "serial", "status")
        .annotate(quantity=Sum("quantity"))
        .order_by("item", "lot", "serial", "status")
    )
    free = {
        row[:4]: row[4]
        for row in StockBalance.objects.on_hand()
        .filter(warehouse=receipt.warehouse_id, location=receipt.dock_id, owner=None, unit=None)
        .values_list("item", "lot", "serial", "status", F("on_hand") - F("reserved"))
    }
    waiting = []
    for item, lot, serial, status, quantity in came:
        here = min(quantity, free.get((item, lot, serial, status), Decimal(0)))
        if here > 0:
            waiting.append(
                Goods(
                    item_id=item,
                    lot_id=lot,
                    serial_id=serial,
                    status=status,
                    quantity=here,
                    source_id=receipt.dock_id,
                )
            )
    return waiting
