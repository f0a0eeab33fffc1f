"""What cycle counts and count plans can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.counting.models import CountDoubt, CountPlan, CountProgram, CycleCount, Inventory
from apps.counting.states import CountScope, CountState, DoubtKind, InventoryState, ProgramKind


class CountFilter(filters.FilterSet):
    """By state and place."""

    state = filters.ChoiceFilter(choices=CountState.choices)
    scope = filters.ChoiceFilter(choices=CountScope.choices)
    inventory = filters.CharFilter("inventory__number")
    warehouse = filters.CharFilter("warehouse__code")
    location = filters.CharFilter("location__code")

    class Meta:
        model = CycleCount
        fields = ("state", "scope", "inventory", "warehouse", "location")


class CountPlanFilter(filters.FilterSet):
    """By whether it is in force."""

    class Meta:
        model = CountPlan
        fields = ("is_active",)


class CountProgramFilter(filters.FilterSet):
    """By site and kind."""

    warehouse = filters.CharFilter("warehouse__code")
    kind = filters.ChoiceFilter(choices=ProgramKind.choices)

    class Meta:
        model = CountProgram
        fields = ("warehouse", "kind", "is_active")


class CountDoubtFilter(filters.FilterSet):
    """By site, place and kind."""

    warehouse = filters.CharFilter("warehouse__code")
    location = filters.CharFilter("location__code")
    kind = filters.ChoiceFilter(choices=DoubtKind.choices)

    class Meta:
        model = CountDoubt
        fields = ("warehouse", "location", "kind")


class InventoryFilter(filters.FilterSet):
    """By state and zone."""

    state = filters.ChoiceFilter(choices=InventoryState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    zone = filters.CharFilter("zone__code")

    class Meta:
        model = Inventory
        fields = ("state", "warehouse", "zone")
