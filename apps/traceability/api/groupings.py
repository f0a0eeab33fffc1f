"""Saved groupings of lots."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.views import ScopedViewSet
from apps.traceability.models import LotGrouping


class LotGroupingSerializer(serializers.ModelSerializer[LotGrouping]):
    """What lots of a grouping have in common; traced as `of=grouping`, and asked about in `recall-reach`."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = LotGrouping
        exclude = ("id",)


class LotGroupingViewSet(ScopedViewSet[LotGrouping]):
    """Groupings of lots; they are saved at the desk."""

    queryset = LotGrouping.objects.select_related("item", "supplier")
    serializer_class = LotGroupingSerializer
