"""What returns can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.returns.models import (
    CustomerClaim,
    CustomerReturn,
    DisposalCertificate,
    ReturnInspection,
    ReturnPolicy,
    ReturnReason,
    ReturnToSupplier,
)
from apps.returns.states import (
    ClaimKind,
    ClaimState,
    CustomerReturnState,
    Disposition,
    ReturnToSupplierCause,
    ReturnToSupplierState,
)


class CustomerReturnFilter(filters.FilterSet):
    """By state, place, order, customer, goods, and whether an order stands behind it."""

    state = filters.ChoiceFilter(choices=CustomerReturnState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    order = filters.CharFilter("order__number")
    customer = filters.CharFilter("customer__number")
    item = filters.CharFilter("lines__item__number", distinct=True)
    lot = filters.CharFilter("lines__lot__number", distinct=True)
    serial = filters.CharFilter("lines__serial__number", distinct=True)
    sscc = filters.CharFilter("lines__carton__unit__number", distinct=True)
    blind = filters.BooleanFilter("order", lookup_expr="isnull")

    class Meta:
        model = CustomerReturn
        fields = ("state", "warehouse", "order", "customer", "item", "lot", "serial", "sscc", "blind")


class ReturnReasonFilter(filters.FilterSet):
    """By who bears it."""

    class Meta:
        model = ReturnReason
        fields = ("fault", "bound_by_policy")


class ReturnPolicyFilter(filters.FilterSet):
    """By which goods it is about."""

    category = filters.CharFilter("category__code")
    customer = filters.CharFilter("customer__number")
    channel = filters.CharFilter("channel__code")

    class Meta:
        model = ReturnPolicy
        fields = ("category", "customer", "channel", "is_active")


class DisposalCertificateFilter(filters.FilterSet):
    """By place, return and goods."""

    warehouse = filters.CharFilter("inspection__line__customer_return__warehouse__code")
    customer_return = filters.CharFilter("inspection__line__customer_return__number")
    item = filters.CharFilter("inspection__line__item__number")
    lot = filters.CharFilter("inspection__line__lot__number")

    class Meta:
        model = DisposalCertificate
        fields = ("warehouse", "customer_return", "item", "lot")


class ReturnToSupplierFilter(filters.FilterSet):
    """By state, cause, place, supplier and goods."""

    state = filters.ChoiceFilter(choices=ReturnToSupplierState.choices)
    cause = filters.ChoiceFilter(choices=ReturnToSupplierCause.choices)
    warehouse = filters.CharFilter("warehouse__code")
    supplier = filters.CharFilter("supplier__number")
    receipt = filters.CharFilter("lines__receipt_line__receipt__number", distinct=True)
    item = filters.CharFilter("lines__item__number", distinct=True)
    lot = filters.CharFilter("lines__lot__number", distinct=True)

    class Meta:
        model = ReturnToSupplier
        fields = ("state", "cause", "warehouse", "supplier", "source", "receipt", "item", "lot")


class CustomerClaimFilter(filters.FilterSet):
    """By state, kind, place and order."""

    state = filters.ChoiceFilter(choices=ClaimState.choices)
    kind = filters.ChoiceFilter(choices=ClaimKind.choices)
    warehouse = filters.CharFilter("warehouse__code")
    order = filters.CharFilter("order_line__order__number")
    customer = filters.CharFilter("customer__number")
    item = filters.CharFilter("order_line__item__number")

    class Meta:
        model = CustomerClaim
        fields = ("state", "kind", "warehouse", "order", "customer", "item")


class ReturnCreditFilter(filters.FilterSet):
    """By return, order, customer, place, what became of the goods, and when that was decided."""

    customer_return = filters.CharFilter("line__customer_return__number")
    order = filters.CharFilter("line__customer_return__order__number")
    customer = filters.CharFilter("line__customer_return__customer__number")
    warehouse = filters.CharFilter("line__customer_return__warehouse__code")
    disposition = filters.ChoiceFilter(choices=Disposition.choices)
    since = filters.IsoDateTimeFilter("inspected_at", lookup_expr="gte")
    until = filters.IsoDateTimeFilter("inspected_at", lookup_expr="lt")

    class Meta:
        model = ReturnInspection
        fields = ("customer_return", "order", "customer", "warehouse", "disposition", "since", "until")
