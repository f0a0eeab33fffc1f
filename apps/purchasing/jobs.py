"""Prints orders for suppliers and labels for goods that came in."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import User
from apps.core import clock
from apps.core.paper.shelf import keep
from apps.ledger.pdf import lot_labels
from apps.purchasing.models import Receipt
from apps.purchasing.pdf import purchase_order
from apps.purchasing.queries import labels_of, order_on_paper


@shared_task(name="purchasing.print_purchase_order")
def print_purchase_order(*, order_id: int, user_id: int, **_: Any) -> str:
    """Write the order as it goes to the supplier, printed by whoever approved it; the file's path."""
    paper = order_on_paper(order_id, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{paper.number}.pdf", purchase_order(paper)))


@shared_task(name="purchasing.print_lot_labels")
def print_lot_labels(*, receipt_id: int, **_: Any) -> str:
    """Write the labels of what came in by a receipt; the file's path."""
    receipt = Receipt.objects.select_related("warehouse").get(pk=receipt_id)
    return str(keep(f"{receipt.number}.pdf", lot_labels(labels_of(receipt))))
