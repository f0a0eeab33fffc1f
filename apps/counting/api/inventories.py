"""Full inventories, and how good the book was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.models import User
from apps.core import clock
from apps.core.api.csv import CSV_RENDERERS, csv_response
from apps.core.api.fields import QuantityField
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.counting import operations
from apps.counting.api.filters import InventoryFilter
from apps.counting.api.serializers import CancelCountSerializer
from apps.counting.models import Inventory
from apps.counting.pdf import inventory_sheets
from apps.counting.queries import accuracy_by_class, inventory_sheets_of, progress_of, results_of
from apps.counting.queries.accuracy import Accuracy
from apps.counting.queries.inventory import RESULT_COLUMNS
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import CSV, PDF, command_schema
from apps.locations.models import Warehouse, Zone

MOST_CHARACTERS = 4_000_000
"""Of a file of results: some 100,000 rows."""
PERIOD = timedelta(days=30)


class ProgressSerializer(serializers.Serializer[Any]):
    """How far it is."""

    places = serializers.IntegerField()
    to_count = serializers.IntegerField()
    to_decide = serializers.IntegerField()
    decided = serializers.IntegerField()
    varied = serializers.IntegerField()
    percent = serializers.IntegerField()


class InventorySerializer(serializers.ModelSerializer[Inventory]):
    """A full inventory."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    zone = serializers.SlugRelatedField[Any]("code", read_only=True)
    asked_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = Inventory
        fields: tuple[str, ...] = (
            "number",
            "state",
            "warehouse",
            "zone",
            "freezes",
            "asked_by",
            "created_at",
            "ended_at",
        )


class InventoryProgressSerializer(InventorySerializer):
    """With how far it is."""

    progress = serializers.SerializerMethodField()

    class Meta(InventorySerializer.Meta):
        fields = (*InventorySerializer.Meta.fields, "progress")

    @extend_schema_field(ProgressSerializer)
    def get_progress(self, inventory: Inventory) -> Any:
        """Counts by where they stand."""
        return ProgressSerializer(progress_of(inventory)).data


class StartInventorySerializer(serializers.Serializer[Any]):
    """Which zone, and whether its traffic stops."""

    warehouse = serializers.CharField(max_length=20)
    zone = serializers.CharField(max_length=20)
    freeze = serializers.BooleanField(default=False, help_text="Nothing moves there until it is closed")


class ResultsSerializer(serializers.Serializer[Any]):
    """What was counted on paper, as CSV text: location, item, lot, serial, status, quantity."""

    text = serializers.CharField(max_length=MOST_CHARACTERS, trim_whitespace=False)


class InventoryViewSet(CommandMixin, ScopedViewSet[Inventory]):
    """Full inventories by zone."""

    queryset = Inventory.objects.select_related("warehouse", "zone", "asked_by")
    serializer_class = InventorySerializer
    filterset_class = InventoryFilter

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Inventory]]:
        """One with its progress, a list without."""
        return InventorySerializer if self.action == "list" else InventoryProgressSerializer

    @command_schema(request=StartInventorySerializer, response=InventoryProgressSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Have every place of a zone counted."""
        del request
        form = self.parse(StartInventorySerializer)
        zone = Zone.objects.for_user(self.user).filter(warehouse__code=form["warehouse"], code=form["zone"]).first()
        if zone is None:
            raise NotFound(kind="zone", number=form["zone"])
        return self.command(
            operations.start_inventory, render=_show, success=201, zone_id=zone.pk, freeze=form["freeze"]
        )

    @command_schema(request=ResultsSerializer, response=InventoryProgressSerializer)
    @action(methods=["post"], detail=True)
    def results(self, request: Request, number: str) -> Response:
        """Take down what was counted on paper; the places in the file, all of them or none."""
        del request
        inventory = Inventory.objects.by_number(number, self.user)
        form = self.parse(ResultsSerializer)
        return self.command(
            operations.bring_in_results,
            render=lambda _: _show(inventory),
            inventory_id=inventory.pk,
            text=form["text"],
        )

    @command_schema(request=None, response=InventoryProgressSerializer)
    @action(methods=["post"], detail=True)
    def close(self, request: Request, number: str) -> Response:
        """End it when all of its counts are decided; what was frozen moves again."""
        del request
        inventory = Inventory.objects.by_number(number, self.user)
        return self.command(operations.close_inventory, render=_show, inventory_id=inventory.pk)

    @command_schema(request=CancelCountSerializer, response=InventoryProgressSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """Give it up; counts that are not decided leave the queue."""
        del request
        inventory = Inventory.objects.by_number(number, self.user)
        form = self.parse(CancelCountSerializer)
        return self.command(operations.cancel_inventory, render=_show, inventory_id=inventory.pk, **form)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def sheets(self, request: Request, number: str) -> HttpResponse:
        """The count sheets of the places that wait, blind, as one PDF."""
        del request
        inventory = Inventory.objects.select_related("warehouse").by_number(number, self.user)
        return pdf_response(number, inventory_sheets(inventory_sheets_of(inventory, at=clock.now(), by=self.user)))

    @extend_schema(responses=CSV)
    @action(methods=["get"], detail=True, renderer_classes=CSV_RENDERERS)
    def found(self, request: Request, number: str) -> HttpResponse:
        """What was found, of counts that are decided, as CSV."""
        del request
        inventory = Inventory.objects.by_number(number, self.user)
        return csv_response(number, RESULT_COLUMNS, results_of(inventory))


def _show(inventory: Inventory) -> Any:
    row = Inventory.objects.select_related("warehouse", "zone", "asked_by").get(pk=inventory.pk)
    return InventoryProgressSerializer(row).data


class AskAccuracySerializer(serializers.Serializer[Any]):
    """Of which site and days."""

    warehouse = serializers.CharField(max_length=20)
    since = serializers.DateField(required=False, help_text="30 days ago when not said")
    until = serializers.DateField(required=False, help_text="Today when not said")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The first day is not after the last one."""
        if "since" in attrs and "until" in attrs and attrs["since"] > attrs["until"]:
            raise serializers.ValidationError({"since": "The first day is after the last one."})
        return attrs


class PercentField(serializers.DecimalField):
    """In percent; null when nothing of the kind was counted."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=4, decimal_places=1, allow_null=True, **kwargs)


class ClassAccuracySerializer(serializers.Serializer[Any]):
    """Shares in percent with what they are shares of, of the goods of a class."""

    abc_class = serializers.CharField(help_text="Of the items there: A, B, C, none; empty: all together")
    locations = serializers.IntegerField()
    locations_right = serializers.IntegerField()
    records = serializers.IntegerField()
    records_right = serializers.IntegerField()
    book = QuantityField(help_text="Units that the book had of what was counted")
    gross = QuantityField(help_text="Too much and missing together")
    net = QuantityField(help_text="Too much less what is missing")
    value = QuantityField(help_text="Of the gross variance, at cost")
    by_location = PercentField()
    by_record = PercentField()
    by_unit_gross = PercentField()
    by_unit_net = PercentField()


class AccuracySerializer(ClassAccuracySerializer):
    """A site's, and by class those that were counted."""

    warehouse = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    classes = serializers.SerializerMethodField()

    @extend_schema_field(ClassAccuracySerializer(many=True))
    def get_classes(self, whole: Accuracy) -> list[dict[str, Any]]:
        """Those that were counted."""
        del whole
        return cast("list[dict[str, Any]]", ClassAccuracySerializer(self.context["classes"], many=True).data)


class AccuracyView(APIView):
    """How good the book was, as counts found it."""

    @extend_schema(parameters=[AskAccuracySerializer], responses=AccuracySerializer)
    def get(self, request: Request) -> Response:
        """By location, record and unit, gross and net, over a period; of all goods, and by their class."""
        form = AskAccuracySerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        warehouse = Warehouse.objects.by_number(asked["warehouse"], cast("User", request.user))
        until = asked.get("until") or warehouse.local_date(clock.now())
        since = asked.get("since") or until - PERIOD
        whole, *classes = accuracy_by_class([warehouse], since=since, until=until)
        return Response(AccuracySerializer(whole, context={"classes": classes}).data)
