"""Goods that nobody could name, over HTTP."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.fields import QuantityField
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.locations.models import Location
from apps.purchasing import operations
from apps.purchasing.api import filters
from apps.purchasing.api.receipt_serializers import ReceiveSerializer
from apps.purchasing.api.receipts import arrived
from apps.purchasing.api.serializers import ReasonSerializer
from apps.purchasing.models import ParkedGoods, Receipt

PARKED = ParkedGoods.objects.select_related(
    "receipt__warehouse", "location", "item", "parked_by", "decided_by", "received_as"
)


class ParkedGoodsSerializer(serializers.ModelSerializer[ParkedGoods]):
    """Goods that were set aside under the code on them."""

    warehouse = serializers.CharField(source="receipt.warehouse.code", read_only=True)
    receipt = serializers.SlugRelatedField[Any]("number", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True, help_text="What they turned out to be")
    pieces = QuantityField(read_only=True)
    parked_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    decided_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = ParkedGoods
        fields = (
            "number",
            "state",
            "warehouse",
            "receipt",
            "location",
            "code",
            "description",
            "pieces",
            "parked_by",
            "created_at",
            "item",
            "received_as",
            "decided_by",
            "decided_at",
            "reason",
        )


class ParkSerializer(serializers.Serializer[Any]):
    """What was set aside."""

    receipt = serializers.CharField(max_length=40)
    code = serializers.CharField(max_length=200, help_text="As it was scanned or read")
    pieces = QuantityField(help_text="Packages or units, as counted")
    description = serializers.CharField(max_length=200, default="", allow_blank=True)
    location = serializers.CharField(max_length=40, default="", allow_blank=True, help_text="Else at the dock")


class IdentifySerializer(ReceiveSerializer):
    """What the goods are, as a line that is received."""

    receipt = serializers.CharField(max_length=40, default="", allow_blank=True, help_text="Else the one they came by")
    teach = serializers.BooleanField(default=False, help_text="The item gets the code, so that a scan finds it")


class ParkedGoodsViewSet(CommandMixin, ScopedViewSet[ParkedGoods]):
    """What was set aside at the dock."""

    queryset = PARKED
    serializer_class = ParkedGoodsSerializer
    filterset_class = filters.ParkedGoodsFilter

    @command_schema(request=ParkSerializer, response=ParkedGoodsSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Set goods aside whose code nobody knows."""
        del request
        form = self.parse(ParkSerializer)
        receipt = Receipt.objects.by_number(form.pop("receipt"), self.user)
        code = form.pop("location")
        places = Location.objects.filter(warehouse=receipt.warehouse_id)
        return self.command(
            operations.park_goods,
            render=_show_parked,
            success=201,
            receipt_id=receipt.pk,
            location_id=places.by_number(code, self.user).pk if code else None,
            **form,
        )

    @command_schema(request=IdentifySerializer, response=ParkedGoodsSerializer)
    @action(methods=["post"], detail=True)
    def identify(self, request: Request, number: str) -> Response:
        """Say what parked goods are; they come in."""
        del request
        parked = ParkedGoods.objects.select_related("receipt").by_number(number, self.user)
        form = self.parse(IdentifySerializer)
        receipt, teach = form.pop("receipt"), form.pop("teach")
        [arrival] = arrived([form], parked.receipt.warehouse_id, self.user)
        return self.command(
            operations.identify_parked,
            render=_show_parked,
            parked_id=parked.pk,
            receipt_id=Receipt.objects.by_number(receipt, self.user).pk if receipt else None,
            arrival=arrival,
            teach=teach,
        )

    @command_schema(request=ReasonSerializer, response=ParkedGoodsSerializer)
    @action(methods=["post"], detail=True, url_path="return")
    def give_back(self, request: Request, number: str) -> Response:
        """Give parked goods back to who brought them."""
        del request
        return self.command(
            operations.return_parked,
            render=_show_parked,
            parked_id=ParkedGoods.objects.by_number(number, self.user).pk,
            **self.parse(ReasonSerializer),
        )


def _show_parked(parked: ParkedGoods) -> Any:
    return ParkedGoodsSerializer(PARKED.get(pk=parked.pk)).data
