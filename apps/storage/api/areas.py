"""Control areas with what is in them, counted when they are asked for."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.core.api.views import ScopedViewSet
from apps.safety.choices import AreaKind
from apps.storage.api.filters import ControlAreaFilter
from apps.storage.choices import FillState
from apps.storage.models import ControlArea
from apps.storage.queries import AreaFill, fills_of
from apps.storage.queries.areas import Stood


class GaugeSerializer(serializers.Serializer[Any]):
    """A limit, and what counts towards it."""

    categories = serializers.SerializerMethodField()
    limit = QuantityField(source="quota.litres", help_text="Litres")
    litres = QuantityField(help_text="Here and on the way here; at least, where something is not evaluable")
    left = QuantityField(help_text="Below nought when over the limit")
    percent = serializers.IntegerField(help_text="Rounded up; over 100 when over the limit")
    state = serializers.ChoiceField(choices=FillState.choices)
    source = serializers.CharField(source="quota.source")  # type: ignore[assignment]  # a field of that name
    is_verified = serializers.BooleanField(source="quota.is_verified")

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_categories(self, gauge: Any) -> list[int]:
        """Those that count together."""
        return sorted(gauge.quota.categories)


class LiquidCategorySerializer(serializers.Serializer[Any]):
    """The litres of a category."""

    category = serializers.IntegerField()
    litres = QuantityField()


class AreaFillSerializer(serializers.Serializer[AreaFill]):
    """A control area: what is in it by category, and each of its limits."""

    id = serializers.IntegerField(source="area.pk")
    code = serializers.CharField(source="area.code")
    name = serializers.CharField(source="area.name")
    warehouse = serializers.CharField(source="area.warehouse.code")
    kind = serializers.ChoiceField(source="area.kind", choices=AreaKind.choices)
    fire_area = serializers.CharField(source="area.fire_area", allow_blank=True)
    state = serializers.ChoiceField(choices=FillState.choices)
    litres = serializers.SerializerMethodField()
    not_evaluable = serializers.ListField(
        source="unknown",
        child=serializers.CharField(),
        help_text="Items that cannot be counted, of which some is here",
    )
    limits = GaugeSerializer(source="gauges", many=True)

    @extend_schema_field(LiquidCategorySerializer(many=True))
    def get_litres(self, fill: AreaFill) -> list[dict[str, Any]]:
        """By category, the lowest first."""
        rows = [{"category": category, "litres": fill.litres[category]} for category in sorted(fill.litres)]
        return LiquidCategorySerializer(rows, many=True).data  # type: ignore[return-value]


class LiquidStoodSerializer(serializers.Serializer[Stood]):
    """A liquid in a place of the area."""

    location = serializers.CharField()
    item = serializers.CharField(source="liquid.number")
    lot = serializers.CharField(allow_blank=True)
    here = QuantityField(help_text="Base units on hand")
    coming = QuantityField(help_text="Base units that open tasks bring")
    category = serializers.IntegerField(
        source="liquid.category", allow_null=True, help_text="0: above category 4; null: not evaluable"
    )
    litres = QuantityField(allow_null=True, help_text="Of both; null: not evaluable")
    missing = serializers.ListField(source="liquid.missing", child=serializers.CharField())


class AreaContentsSerializer(AreaFillSerializer):
    """The same with every place and lot that it is the sum of."""

    contents = LiquidStoodSerializer(many=True)


class ControlAreaViewSet(ScopedViewSet[ControlArea]):
    """Where flammable liquids are counted together, how full each area is, and of what."""

    queryset = ControlArea.objects.select_related("warehouse")
    serializer_class = AreaFillSerializer  # type: ignore[assignment]  # an area is shown by its fill
    filterset_class = ControlAreaFilter
    lookup_field = "pk"

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """A page of areas, each with its fill."""
        page = super().paginate_queryset(queryset)
        return page if page is None else fills_of(page, at=clock.now())

    @extend_schema(responses=AreaContentsSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The area with every place and lot that counts."""
        del request, args, kwargs
        [fill] = fills_of([self.get_object()], at=clock.now())
        return Response(AreaContentsSerializer(fill).data)
