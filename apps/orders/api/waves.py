"""Waves by criteria: what a release would do, the release, and the board."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.catalog.models import Party
from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.locations.models import Warehouse, Zone
from apps.orders import operations
from apps.orders.api.serializers import WaveSerializer
from apps.orders.models import Channel, Wave, WaveTemplate
from apps.orders.queries.board import wave_board
from apps.orders.queries.releasing import Criteria, preview_wave

if TYPE_CHECKING:
    from apps.accounts.models import User


class CriteriaSerializer(serializers.Serializer[Any]):
    """Which orders are meant: a template's, or those named here; what is left out does not matter."""

    warehouse = serializers.CharField(max_length=20)
    template = serializers.CharField(max_length=20, required=False, help_text="Its code; then nothing else is named")
    carrier = serializers.CharField(max_length=40, required=False)
    channel = serializers.CharField(max_length=20, required=False)
    zone = serializers.CharField(max_length=20, required=False)
    min_priority = serializers.IntegerField(min_value=0, max_value=32767, required=False)
    due_within_days = serializers.IntegerField(min_value=0, max_value=32767, required=False)
    most_orders = serializers.IntegerField(min_value=1, max_value=100_000, required=False)
    most_picks = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False)
    cut_off = serializers.TimeField(required=False, help_text="When the truck leaves, by the warehouse's clock")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A template says all."""
        if "template" in attrs and len(attrs) > 2:  # noqa: PLR2004 - the warehouse and the template
            raise serializers.ValidationError({"template": "Name a template or criteria, not both."})
        return attrs


class MeantOrderSerializer(serializers.Serializer[Any]):
    """An order that would go."""

    order = serializers.CharField(source="number")
    customer = serializers.CharField(source="customer.number")
    priority = serializers.IntegerField()
    due_on = serializers.DateField()


class StaysSerializer(serializers.Serializer[Any]):
    """An order that waits for the next release."""

    order = serializers.CharField(source="order.number")
    why = serializers.CharField()
    zone = serializers.CharField()
    open_picks = serializers.IntegerField(allow_null=True)
    most = serializers.IntegerField(allow_null=True)
    sentence = serializers.CharField()


class ShortLineSerializer(serializers.Serializer[Any]):
    """A line that would not get all it wants."""

    order = serializers.CharField(source="want.line.line.order.number")
    line = serializers.IntegerField(source="want.line.line.line")
    item = serializers.CharField(source="want.line.line.item.number")
    wants = QuantityField(source="want.demand.quantity")
    short = QuantityField()


class WavePreviewSerializer(serializers.Serializer[Any]):
    """What a release would do now."""

    warehouse = serializers.CharField(source="warehouse.code")
    orders = MeantOrderSerializer(many=True)
    lines = serializers.IntegerField()
    picks = serializers.IntegerField()
    minutes = serializers.IntegerField(help_text="Of work for one picker")
    cut_off_at = serializers.DateTimeField(allow_null=True)
    short = ShortLineSerializer(many=True)
    stays = StaysSerializer(many=True)


class ReleasedSerializer(serializers.Serializer[Any]):
    """The wave, and the orders that stay."""

    wave = WaveSerializer()
    stays = StaysSerializer(many=True)


class BoardQuestionSerializer(serializers.Serializer[Any]):
    """Whose board."""

    warehouse = serializers.CharField(max_length=20)


class WaveProgressSerializer(serializers.Serializer[Any]):
    """A wave with how far it is."""

    number = serializers.CharField(source="wave.number")
    state = serializers.CharField(source="wave.state")
    template = serializers.CharField(source="wave.template.code", default=None, allow_null=True)
    is_waveless = serializers.BooleanField(source="wave.is_waveless")
    released_at = serializers.DateTimeField(source="wave.released_at")
    cut_off_at = serializers.DateTimeField(source="wave.cut_off_at", allow_null=True)
    done_at = serializers.DateTimeField(source="wave.done_at", allow_null=True)
    orders = serializers.IntegerField()
    picks = serializers.IntegerField()
    done = serializers.IntegerField()
    short = serializers.IntegerField()
    pickers = serializers.IntegerField()
    minutes_left = serializers.IntegerField()
    is_late = serializers.BooleanField()


class WaveBoardSerializer(serializers.Serializer[Any]):
    """The waves on the floor, the most urgent first, then those just done."""

    warehouse = serializers.CharField(source="warehouse.code")
    seconds_a_pick = serializers.IntegerField()
    waves = WaveProgressSerializer(many=True)


def criteria_of(asked: dict[str, Any], warehouse: Warehouse, user: User) -> tuple[Criteria, WaveTemplate | None]:
    """What is asked for, by keys. Raises `NotFound` for what the caller may not see."""
    if "template" in asked:
        templates = WaveTemplate.objects.for_user(user).in_use().filter(warehouse=warehouse, code=asked["template"])
        template = templates.first()
        if template is None:
            raise NotFound(kind="wave template", number=asked["template"])
        return Criteria.of(template), template
    found: dict[str, Any] = {each.name: asked[each.name] for each in fields(Criteria) if each.name in asked}
    if "carrier" in asked:
        found["carrier_id"] = Party.objects.by_number(asked["carrier"], user).pk
    if "channel" in asked:
        found["channel_id"] = Channel.objects.by_code(asked["channel"], user).pk
    if "zone" in asked:
        zone = Zone.objects.for_user(user).filter(warehouse=warehouse, code=asked["zone"]).first()
        if zone is None:
            raise NotFound(kind="zone", number=asked["zone"])
        found["zone_id"] = zone.pk
    return Criteria(**found), None


class WavePreviewView(APIView):
    """Asks what a release would do."""

    @extend_schema(parameters=[CriteriaSerializer], responses=WavePreviewSerializer)
    def get(self, request: Request) -> Response:
        """Orders, lines, picks, minutes of work, what is short and what must wait; nothing changes."""
        user = cast("User", request.user)
        form = CriteriaSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        warehouse = Warehouse.objects.by_number(form.validated_data["warehouse"], user)
        criteria, _ = criteria_of(form.validated_data, warehouse, user)
        return Response(WavePreviewSerializer(preview_wave(warehouse, criteria, at=clock.now())).data)


class WaveReleaseView(CommandMixin, APIView):
    """Releases by criteria."""

    @command_schema(request=CriteriaSerializer, response=ReleasedSerializer, success=201)
    def post(self, request: Request) -> Response:
        """Allocate the orders that are meant and send those that fit to the floor together."""
        del request
        asked = self.parse(CriteriaSerializer)
        warehouse = Warehouse.objects.by_number(asked["warehouse"], self.user)
        criteria, template = criteria_of(asked, warehouse, self.user)
        return self.command(
            operations.release_by_criteria,
            render=_shown,
            success=201,
            warehouse_id=warehouse.pk,
            criteria=criteria,
            template_id=template.pk if template is not None else None,
        )


def _shown(released: operations.Released) -> Any:
    wave = released.wave
    again = Wave.objects.select_related("warehouse", "released_by").get(pk=wave.pk) if wave is not None else None
    return ReleasedSerializer({"wave": again, "stays": released.stays}).data


class WaveBoardView(APIView):
    """Shows how far the waves are."""

    @extend_schema(parameters=[BoardQuestionSerializer], responses=WaveBoardSerializer)
    def get(self, request: Request) -> Response:
        """The waves of a warehouse on the floor, and those just done."""
        form = BoardQuestionSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        warehouse = Warehouse.objects.by_number(form.validated_data["warehouse"], cast("User", request.user))
        return Response(WaveBoardSerializer(wave_board(warehouse, at=clock.now())).data)
