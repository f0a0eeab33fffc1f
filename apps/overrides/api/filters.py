"""What overrides can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.overrides.models import HazardOverride
from apps.overrides.states import OverrideOf, OverrideState


class HazardOverrideFilter(filters.FilterSet):
    """By state, kind, site and item."""

    state = filters.ChoiceFilter(choices=OverrideState.choices)
    of = filters.ChoiceFilter(choices=OverrideOf.choices)
    warehouse = filters.CharFilter("warehouse__code")
    item = filters.CharFilter("item__number")

    class Meta:
        model = HazardOverride
        fields = ("state", "of", "warehouse", "item")
