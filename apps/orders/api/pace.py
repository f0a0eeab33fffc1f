"""A worker's own pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.locations.models import Warehouse
from apps.orders.queries.pace import pace_of

if TYPE_CHECKING:
    from rest_framework.request import Request

    from apps.accounts.models import User

WORK = (("pick", "Pick"), ("pack", "Pack"))


class PaceQuestionSerializer(serializers.Serializer[Any]):
    """Where."""

    warehouse = serializers.CharField(max_length=20)


class PaceSerializer(serializers.Serializer[Any]):
    """Lines and base units of one kind of work since the day began; an hour's are null while there are too few."""

    work = serializers.ChoiceField(choices=WORK)
    lines = serializers.IntegerField(help_text="Those whose time is known")
    units = QuantityField(zero=True)
    minutes = serializers.IntegerField()
    lines_an_hour = serializers.DecimalField(12, 1, allow_null=True)
    units_an_hour = serializers.DecimalField(18, 1, allow_null=True)


class MyPaceView(APIView):
    """What the caller picked and packed today."""

    @extend_schema(parameters=[PaceQuestionSerializer], responses=PaceSerializer(many=True))
    def get(self, request: Request) -> Response:
        """By the calendar of the warehouse; the caller's own and nobody else's, whatever their role."""
        user = cast("User", request.user)
        form = PaceQuestionSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        site = Warehouse.objects.by_number(form.validated_data["warehouse"], user)
        return Response(PaceSerializer(pace_of(user, site, at=clock.now()), many=True).data)
