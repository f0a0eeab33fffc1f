"""What an empty list says: whether anything is hidden, and where the first step is done that brings rows into it."""

from __future__ import annotations

from typing import Any

from django import template
from django.apps import apps

from apps.insights.navigation import address_of, may_see

register = template.Library()

WHERE = {
    "ledger.StockBalance": "purchasing.PurchaseOrder",
    "ledger.StockMove": "purchasing.PurchaseOrder",
    "ledger.StockTransaction": "purchasing.PurchaseOrder",
    "ledger.Reservation": "orders.SalesOrder",
    "ledger.HandlingUnit": "purchasing.Receipt",
    "ledger.SerialNumber": "purchasing.Receipt",
    "ledger.Lot": "purchasing.Receipt",
    "ledger.Hold": "ledger.Lot",
    "purchasing.Receipt": "purchasing.PurchaseOrder",
    "compliance.SupplierReturn": "compliance.Inspection",
    "supply.ExpectedReceipt": "purchasing.PurchaseOrder",
    "supply.Promise": "orders.SalesOrder",
    "orders.Wave": "orders.SalesOrder",
    "orders.Pick": "orders.Wave",
    "orders.PickRound": "orders.Wave",
    "shipping.Shipment": "orders.SalesOrder",
    "shipping.Carton": "shipping.Shipment",
    "tasks.WarehouseTask": "purchasing.Receipt",
    "storage.Putaway": "purchasing.Receipt",
    "storage.Replenishment": "storage.PickFace",
    "storage.WatchedArea": "storage.ControlArea",
    "counting.CountDay": "counting.CountPlan",
    "counting.CountDoubt": "counting.CountProgram",
    "accounts.SignOn": "accounts.Device",
    "accounts.Enrolment": "accounts.Device",
    "journal.AuditEntry": "purchasing.PurchaseOrder",
}
"""The list in which it is done, for lists that nobody adds to by hand."""


ARRANGES = frozenset({"o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters"})
"""What in an address arranges a list and hides no row."""


@register.filter
def hides_some(cl: Any) -> bool:
    """Whether there are rows, but the search and the filters leave none."""
    narrowed = bool(cl.query) or any(name not in ARRANGES and value for name, value in cl.params.items())
    return narrowed and bool(cl.root_queryset.exists())


@register.simple_tag
def first_place(cl: Any) -> dict[str, str]:
    """The name and address of that list, where there is one that the person may see; else nothing."""
    where = WHERE.get(cl.opts.label)
    if where is None or not may_see(cl.request, where):
        return {}
    return {"title": str(apps.get_model(where)._meta.verbose_name_plural), "address": address_of(where)}
