"""What recalls can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.traceability.models import RecallCase
from apps.traceability.states import RecallState


class RecallFilter(filters.FilterSet):
    """By state, lot and item."""

    state = filters.ChoiceFilter(choices=RecallState.choices)
    lot = filters.CharFilter("lots__number")
    item = filters.CharFilter("lots__item__number")

    class Meta:
        model = RecallCase
        fields = ("state", "lot", "item")
