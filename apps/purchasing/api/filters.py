"""What purchase orders and receipts can be asked for by."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.purchasing.models import ParkedGoods, PurchaseOrder, Receipt, ShippingNotice
from apps.purchasing.states import NoticeState, ParkedState, PurchaseOrderState, ReceiptState


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
    """By state, site, order, dock, truck and delivery note."""

    state = filters.ChoiceFilter(choices=ReceiptState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    order = filters.CharFilter("orders__number")
    notice = filters.CharFilter("notice__number")
    supplier = filters.CharFilter("supplier__number")
    dock = filters.CharFilter("dock__code")
    appointment = filters.CharFilter("appointment__number")
    blind = filters.BooleanFilter(method="without_papers", label="Of no order and no notice")

    class Meta:
        model = Receipt
        fields = ("state", "warehouse", "order", "notice", "supplier", "dock", "appointment", "delivery_note", "blind")

    def without_papers(self, rows: QuerySet[Receipt], name: str, blind: bool) -> QuerySet[Receipt]:  # noqa: FBT001
        """Those received blind, or all others."""
        del name
        return rows.filter(orders=None, notice=None) if blind else rows.exclude(orders=None, notice=None)


class ShippingNoticeFilter(filters.FilterSet):
    """By state, site, supplier, SSCC, order and day."""

    state = filters.MultipleChoiceFilter(choices=NoticeState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    supplier = filters.CharFilter("supplier__number")
    sscc = filters.CharFilter("units__sscc", distinct=True)
    order = filters.CharFilter("lines__order_line__order__number", distinct=True)
    expected_before = filters.DateFilter("expected_on", "lt")

    class Meta:
        model = ShippingNotice
        fields = ("state", "warehouse", "supplier", "reference", "sscc", "order", "expected_before")


class ParkedGoodsFilter(filters.FilterSet):
    """By state, site, receipt and code."""

    state = filters.ChoiceFilter(choices=ParkedState.choices)
    warehouse = filters.CharFilter("receipt__warehouse__code")
    receipt = filters.CharFilter("receipt__number")

    class Meta:
        model = ParkedGoods
        fields = ("state", "warehouse", "receipt", "code")
