"""Prints orders for suppliers, and sheets and labels for the dock."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import User
from apps.core import clock
from apps.core.paper.shelf import keep
from apps.ledger.pdf import lot_labels
from apps.purchasing.models import PurchaseOrder, Receipt
from apps.purchasing.pdf import purchase_order, receiving_sheet
from apps.purchasing.queries import labels_of, order_on_paper, receiving_sheet_of


@shared_task(name="purchasing.print_purchase_order")
def print_purchase_order(*, order_id: int, user_id: int, **_: Any) -> str:
    """Write the order as it goes to the supplier, printed by whoever approved it; the file's path."""
    paper = order_on_paper(order_id, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{paper.number}.pdf", purchase_order(paper)))


@shared_task(name="purchasing.print_lot_labels")
def print_lot_labels(*, receipt_id: int, transaction_id: int | None = None, **_: Any) -> str:
    """Write the labels of what came in by a receipt, or by one posting of it; the file's path."""
    receipt = Receipt.objects.select_related("warehouse").get(pk=receipt_id)
    name = receipt.number if transaction_id is None else f"{receipt.number}-{transaction_id}"
    return str(keep(f"{name}.pdf", lot_labels(labels_of(receipt, transaction_id=transaction_id))))


@shared_task(name="purchasing.print_receiving_sheet")
def print_receiving_sheet(*, order_id: int, receipt: str, user_id: int, **_: Any) -> str:
    """Write what the dock expects of the order that a truck brings; the file's path."""
    order = PurchaseOrder.objects.select_related("warehouse", "supplier").get(pk=order_id)
    paper = receiving_sheet_of(order, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{receipt}-{order.number}-sheet.pdf", receiving_sheet(paper)))
