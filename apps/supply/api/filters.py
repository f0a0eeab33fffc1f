"""What expected receipts and promises can be asked for by."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.core import clock
from apps.supply.models import ExpectedReceipt, ExpectedReceiptQuerySet, Promise, PromiseQuerySet


class ExpectedReceiptFilter(filters.FilterSet):
    """By site, item, document, date, and whether still to come."""

    warehouse = filters.CharFilter("warehouse__code")
    item = filters.CharFilter("item__number")
    due_before = filters.DateFilter("due_on", "lt")
    open = filters.BooleanFilter(method="filter_open")

    class Meta:
        model = ExpectedReceipt
        fields = ("warehouse", "item", "document", "due_before", "open")

    def filter_open(self, rows: ExpectedReceiptQuerySet, name: str, value: bool) -> QuerySet[ExpectedReceipt]:  # noqa: FBT001 - django-filter calls it so
        """Whether something is still to come."""
        del name
        return rows.open() if value else rows.exclude(pk__in=rows.open().values("pk"))


class PromiseFilter(filters.FilterSet):
    """By site, item, document, date, whether still to be allocated, and whether stock for it is missing."""

    warehouse = filters.CharFilter("warehouse__code")
    item = filters.CharFilter("item__number")
    due_before = filters.DateFilter("due_on", "lt")
    open = filters.BooleanFilter(method="filter_open")
    back_ordered = filters.BooleanFilter(method="filter_back_ordered")

    class Meta:
        model = Promise
        fields = ("warehouse", "item", "document", "due_before", "open", "back_ordered")

    def filter_back_ordered(self, rows: PromiseQuerySet, name: str, value: bool) -> QuerySet[Promise]:  # noqa: FBT001 - django-filter calls it so
        """Whether the site's available stock, first come first served, does not reach it."""
        del name
        missing = rows.back_ordered(clock.now())
        return missing if value else rows.exclude(pk__in=missing.values("pk"))

    def filter_open(self, rows: PromiseQuerySet, name: str, value: bool) -> QuerySet[Promise]:  # noqa: FBT001 - django-filter calls it so
        """Whether something is still to be allocated."""
        del name
        return rows.open() if value else rows.exclude(pk__in=rows.open().values("pk"))
