"""What assembly orders can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.assembly.models import AssemblyOrder
from apps.assembly.states import AssemblyState, WorkKind


class AssemblyOrderFilter(filters.FilterSet):
    """By state, kind of work, place, what is made and for whom; by a lot or serial number that came out."""

    state = filters.ChoiceFilter(choices=AssemblyState.choices)
    kind = filters.ChoiceFilter(choices=WorkKind.choices)
    warehouse = filters.CharFilter("warehouse__code")
    item = filters.CharFilter("item__number")
    sales_order = filters.CharFilter("sales_order")
    origin = filters.CharFilter("origin")
    lot = filters.CharFilter("lines__outputs__lot__number", distinct=True)
    serial = filters.CharFilter("lines__outputs__serial__number", distinct=True)

    class Meta:
        model = AssemblyOrder
        fields = ("state", "kind", "warehouse", "item", "sales_order", "origin", "lot", "serial")
