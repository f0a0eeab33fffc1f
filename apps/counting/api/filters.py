"""What cycle counts and count plans can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.counting.models import CountPlan, CycleCount
from apps.counting.states import CountState


class CountFilter(filters.FilterSet):
    """By state and place."""

    state = filters.ChoiceFilter(choices=CountState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    location = filters.CharFilter("location__code")

    class Meta:
        model = CycleCount
        fields = ("state", "warehouse", "location")


class CountPlanFilter(filters.FilterSet):
    """By whether it is in force."""

    class Meta:
        model = CountPlan
        fields = ("is_active",)
