"""What customer returns can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.returns.models import CustomerReturn
from apps.returns.states import CustomerReturnState


class CustomerReturnFilter(filters.FilterSet):
    """By state, place, order, customer, goods, and whether an order stands behind it."""

    state = filters.ChoiceFilter(choices=CustomerReturnState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    order = filters.CharFilter("order__number")
    customer = filters.CharFilter("customer__number")
    item = filters.CharFilter("lines__item__number", distinct=True)
    lot = filters.CharFilter("lines__lot__number", distinct=True)
    blind = filters.BooleanFilter("order", lookup_expr="isnull")

    class Meta:
        model = CustomerReturn
        fields = ("state", "warehouse", "order", "customer", "item", "lot", "blind")
