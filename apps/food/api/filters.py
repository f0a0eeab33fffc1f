"""What decisions and codes can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.food.models import FoodDetermination, TraceabilityLotCode


class FoodDeterminationFilter(filters.FilterSet):
    """By item and food."""

    item = filters.CharFilter("item__number")
    food = filters.CharFilter("food__code")

    class Meta:
        model = FoodDetermination
        fields = ("item", "food")


class TraceabilityLotCodeFilter(filters.FilterSet):
    """By the code itself, by lot and item."""

    code = filters.CharFilter("code")
    lot = filters.CharFilter("lot__number")
    item = filters.CharFilter("lot__item__number")

    class Meta:
        model = TraceabilityLotCode
        fields = ("code", "lot", "item")
