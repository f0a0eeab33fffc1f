"""What stock can be asked for by; numbers and codes, never a lookup of the caller's own making."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.core import clock
from apps.ledger.models import (
    HandlingUnit,
    Hold,
    Lot,
    Reservation,
    StockBalance,
    StockMove,
    StockTransaction,
)
from apps.ledger.models.position import StockBalanceQuerySet
from apps.ledger.states import HoldReason, ReservationState, StockStatus, TransactionKind, UnitKind

STOCK = [
    ("standing", "At the site"),
    ("reserved", "Reserved"),
    ("available", "May be promised, not expired"),
    ("transit", "On the road"),
]
"""What a balance counts as in the stock position."""


class LotFilter(filters.FilterSet):
    """By item, number, supplier, expiry, and whether held."""

    item = filters.CharFilter("item__number")
    supplier = filters.CharFilter("supplier__number")
    expires_before = filters.DateFilter("expires_on", "lt")
    held = filters.BooleanFilter("held")

    class Meta:
        model = Lot
        fields = ("item", "number", "supplier", "supplier_lot", "expires_before", "held")


class BalanceFilter(filters.FilterSet):
    """By place, goods, owner, handling unit and status."""

    warehouse = filters.CharFilter("warehouse__code")
    location = filters.CharFilter("location__code")
    item = filters.CharFilter("item__number")
    lot = filters.CharFilter("lot__number")
    serial = filters.CharFilter("serial__number")
    owner = filters.CharFilter("owner__number")
    unit = filters.CharFilter("unit__number")
    status = filters.ChoiceFilter(choices=StockStatus.choices)
    without_lot = filters.BooleanFilter("lot", "isnull")
    without_owner = filters.BooleanFilter("owner", "isnull")
    hold = filters.ChoiceFilter(choices=[*HoldReason.choices, ("none", "Not held")], method="filter_hold")
    stock = filters.ChoiceFilter(choices=STOCK, method="filter_stock")

    class Meta:
        model = StockBalance
        fields = (
            "warehouse",
            "location",
            "item",
            "lot",
            "serial",
            "owner",
            "unit",
            "status",
            "without_lot",
            "without_owner",
            "hold",
            "stock",
        )

    def filter_hold(self, rows: StockBalanceQuerySet, name: str, value: str) -> QuerySet[StockBalance]:
        """By why the lot may not leave; of several open holds the first counts."""
        return rows.with_hold().filter(**{name: "" if value == "none" else value})

    def filter_stock(self, rows: StockBalanceQuerySet, name: str, value: str) -> QuerySet[StockBalance]:
        """By what the goods count as in the stock position."""
        del name
        match value:
            case "standing":
                return rows.standing()
            case "available":
                return rows.available(clock.now())
            case "transit":
                return rows.in_transit()
        return rows.filter(reserved__gt=0)


class MoveFilter(filters.FilterSet):
    """By posting, document, goods, place and time."""

    warehouse = filters.CharFilter("warehouse__code")
    transaction = filters.NumberFilter("transaction_id")
    kind = filters.ChoiceFilter(field_name="transaction__kind", choices=TransactionKind.choices)
    document = filters.CharFilter("transaction__document")
    item = filters.CharFilter("item__number")
    lot = filters.CharFilter("lot__number")
    serial = filters.CharFilter("serial__number")
    source = filters.CharFilter("source__code")
    target = filters.CharFilter("target__code")
    since = filters.IsoDateTimeFilter("recorded_at", "gte")
    until = filters.IsoDateTimeFilter("recorded_at", "lt")

    class Meta:
        model = StockMove
        fields = (
            "warehouse",
            "transaction",
            "kind",
            "document",
            "item",
            "lot",
            "serial",
            "source",
            "target",
            "since",
            "until",
        )


class TransactionFilter(filters.FilterSet):
    """By kind, document, person and time."""

    warehouse = filters.CharFilter("warehouse__code")
    kind = filters.ChoiceFilter(choices=TransactionKind.choices)
    by = filters.CharFilter("by__username")
    since = filters.IsoDateTimeFilter("recorded_at", "gte")
    until = filters.IsoDateTimeFilter("recorded_at", "lt")

    class Meta:
        model = StockTransaction
        fields = ("warehouse", "kind", "document", "by", "since", "until")


class HoldFilter(filters.FilterSet):
    """By lot, item, reason, and whether open."""

    item = filters.CharFilter("lot__item__number")
    lot = filters.CharFilter("lot__number")
    reason = filters.ChoiceFilter(choices=HoldReason.choices)
    open = filters.BooleanFilter("closed_at", "isnull")

    class Meta:
        model = Hold
        fields = ("item", "lot", "reason", "source", "open")


class ReservationFilter(filters.FilterSet):
    """By document, item, place and state."""

    warehouse = filters.CharFilter("warehouse__code")
    item = filters.CharFilter("balance__item__number")
    location = filters.CharFilter("balance__location__code")
    lot = filters.CharFilter("balance__lot__number")
    state = filters.ChoiceFilter(choices=ReservationState.choices)

    class Meta:
        model = Reservation
        fields = ("warehouse", "item", "location", "lot", "state", "document")


class HandlingUnitFilter(filters.FilterSet):
    """By kind, SSCC and place."""

    warehouse = filters.CharFilter("warehouse__code")
    kind = filters.ChoiceFilter(choices=UnitKind.choices)
    location = filters.CharFilter("location__code")
    parent = filters.CharFilter("parent__number")
    closed = filters.BooleanFilter(method="filter_closed")
    retired = filters.BooleanFilter(method="filter_closed")

    class Meta:
        model = HandlingUnit
        fields = ("warehouse", "kind", "sscc", "location", "parent", "document", "closed", "retired")

    def filter_closed(self, rows: QuerySet[HandlingUnit], name: str, value: bool) -> QuerySet[HandlingUnit]:  # noqa: FBT001 - django-filter calls it so
        """Whether it takes nothing now; whether it is out of use."""
        return rows.filter(**{f"{name}_at__isnull": not value})
