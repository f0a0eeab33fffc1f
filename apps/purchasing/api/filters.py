"""What purchase orders and receipts can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.purchasing.models import PurchaseOrder, Receipt
from apps.purchasing.states import PurchaseOrderState, ReceiptState


class PurchaseOrderFilter(filters.FilterSet):
    """By state, site, supplier, item and date."""

    state = filters.MultipleChoiceFilter(choices=PurchaseOrderState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    supplier = filters.CharFilter("supplier__number")
    item = filters.CharFilter("lines__item__number", distinct=True)
    due_before = filters.DateFilter("due_on", "lt")

    class Meta:
        model = PurchaseOrder
        fields = ("state", "warehouse", "supplier", "item", "reference", "due_before")


class ReceiptFilter(filters.FilterSet):
    """By state, site, order, dock and delivery note."""

    state = filters.ChoiceFilter(choices=ReceiptState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    order = filters.CharFilter("order__number")
    supplier = filters.CharFilter("order__supplier__number")
    dock = filters.CharFilter("dock__code")

    class Meta:
        model = Receipt
        fields = ("state", "warehouse", "order", "supplier", "dock", "delivery_note")
