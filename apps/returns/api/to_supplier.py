"""Returns to suppliers: asked for, approved by another, shipped, credited."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.compliance.models import Inspection
from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.ledger.states import StockStatus
from apps.locations.models import Location, Warehouse
from apps.returns import operations
from apps.returns.api.filters import ReturnToSupplierFilter
from apps.returns.models import ReturnToSupplier, ReturnToSupplierLine
from apps.returns.pdf import return_to_supplier_note
from apps.returns.queries.supplied import for_supplier
from apps.returns.queries.to_supplier import return_to_supplier_of
from apps.returns.states import ReturnToSupplierCause


class ReturnToSupplierLineSerializer(serializers.ModelSerializer[ReturnToSupplierLine]):
    """Goods that go back, the receipt that brought them, and what they cost; base units."""

    receipt = serializers.CharField(source="receipt_line.receipt.number", read_only=True)
    receipt_line = serializers.PrimaryKeyRelatedField[Any](read_only=True)
    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    serial = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True)
    picked = QuantityField(read_only=True, allow_null=True, help_text="What was found of it; null while it is picked")
    value = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)

    class Meta:
        model = ReturnToSupplierLine
        fields = (
            "line",
            "receipt",
            "receipt_line",
            "item",
            "lot",
            "serial",
            "status",
            "quantity",
            "picked",
            "price",
            "value",
        )


class ReturnToSupplierSerializer(serializers.ModelSerializer[ReturnToSupplier]):
    """A return to a supplier with its lines; what the supplier owes, and what was credited."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)
    inspection = serializers.SlugRelatedField[Any]("number", read_only=True)
    requested_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    approved_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    staging = serializers.SlugRelatedField[Any]("code", read_only=True, help_text="Where it waits for the truck")
    shipped_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    transaction = serializers.PrimaryKeyRelatedField[Any](read_only=True)
    expected = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)
    lines = ReturnToSupplierLineSerializer(many=True, read_only=True)

    class Meta:
        model = ReturnToSupplier
        fields = (
            "number",
            "state",
            "warehouse",
            "supplier",
            "cause",
            "reason",
            "source",
            "inspection",
            "supplier_number",
            "currency",
            "expected",
            "credited",
            "credit_note",
            "carrier",
            "requested_by",
            "created_at",
            "approved_by",
            "approved_at",
            "staging",
            "picked_at",
            "shipped_by",
            "shipped_at",
            "ended_at",
            "end_reason",
            "transaction",
            "lines",
        )


class SuppliedGoodsSerializer(serializers.Serializer[Any]):
    """So much of a receipt's line; base units."""

    receipt_line = serializers.IntegerField(min_value=1, help_text="The id of a line, as its receipt shows it")
    quantity = QuantityField(help_text="Base units")
    serial = serializers.CharField(max_length=40, required=False)
    status = serializers.ChoiceField(choices=StockStatus.choices, help_text="In which the goods stand here")


class RequestReturnToSupplierSerializer(serializers.Serializer[Any]):
    """Which goods, why, and from where."""

    warehouse = serializers.CharField(max_length=20)
    cause = serializers.ChoiceField(choices=ReturnToSupplierCause.choices)
    reason = serializers.CharField(max_length=200)
    source = serializers.CharField(  # type: ignore[assignment]  # the metaclass takes it out of the class
        max_length=40,
        required=False,
        allow_blank=True,
        default="",
        help_text="Number of the recall or return behind it",
    )
    inspection = serializers.CharField(max_length=40, required=False, help_text="Which rejected the goods")
    supplier_number = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    lines = SuppliedGoodsSerializer(many=True, allow_empty=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Rejected goods name the inspection, and others have none."""
        if (attrs["cause"] == ReturnToSupplierCause.REJECTION) != ("inspection" in attrs):
            raise serializers.ValidationError({"inspection": ["Goods that were rejected name their inspection."]})
        return attrs


class SupplierReturnReasonSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class ApproveReturnToSupplierSerializer(SupplierReturnReasonSerializer):
    """Why, and where the goods wait for the truck."""

    location = serializers.CharField(
        max_length=40, required=False, help_text="In staging or at a dock; without it the site's first"
    )


class ShipReturnToSupplierSerializer(serializers.Serializer[Any]):
    """Who takes it, and the supplier's number for it."""

    carrier = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    supplier_number = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")


class CreditReturnToSupplierSerializer(serializers.Serializer[Any]):
    """What the supplier credited."""

    amount = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=Decimal(0))
    credit_note = serializers.CharField(max_length=80)


RETURNS = ReturnToSupplier.objects.select_related(
    "warehouse", "supplier", "inspection", "requested_by", "approved_by", "staging", "shipped_by"
).prefetch_related("lines__receipt_line__receipt", "lines__item", "lines__lot", "lines__serial")


class ReturnToSupplierViewSet(CommandMixin, ScopedViewSet[ReturnToSupplier]):
    """Goods that go back to their suppliers."""

    queryset = RETURNS
    serializer_class = ReturnToSupplierSerializer
    filterset_class = ReturnToSupplierFilter

    @command_schema(request=RequestReturnToSupplierSerializer, response=ReturnToSupplierSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Ask that goods of receipts go back."""
        form = self.parse(RequestReturnToSupplierSerializer)
        inspection = form.pop("inspection", None)
        lines = for_supplier(form.pop("lines"), self.user)
        return self.command(
            operations.request_return_to_supplier,
            render=_shown,
            success=201,
            warehouse_id=Warehouse.objects.by_number(form.pop("warehouse"), self.user).pk,
            inspection_id=Inspection.objects.by_number(inspection, self.user).pk if inspection else None,
            lines=lines,
            **form,
        )

    @command_schema(request=ApproveReturnToSupplierSerializer, response=ReturnToSupplierSerializer)
    @action(methods=["post"], detail=True)
    def approve(self, request: Request, number: str) -> Response:
        """Let the goods go; somebody else than asked. They are kept for it, and tasks ask for them to be brought."""
        document = ReturnToSupplier.objects.by_number(number, self.user)
        form = self.parse(ApproveReturnToSupplierSerializer)
        places = Location.objects.physical().filter(warehouse=document.warehouse_id)
        place = form.pop("location", None)
        return self.command(
            operations.approve_return_to_supplier,
            render=_shown,
            return_id=document.pk,
            location_id=places.by_number(place, self.user).pk if place else None,
            **form,
        )

    @command_schema(request=ShipReturnToSupplierSerializer, response=ReturnToSupplierSerializer)
    @action(methods=["post"], detail=True)
    def ship(self, request: Request, number: str) -> Response:
        """The truck takes what was picked."""
        return self._tell(operations.ship_return_to_supplier, number, ShipReturnToSupplierSerializer)

    @command_schema(request=CreditReturnToSupplierSerializer, response=ReturnToSupplierSerializer)
    @action(methods=["post"], detail=True)
    def credit(self, request: Request, number: str) -> Response:
        """The supplier has credited so much."""
        return self._tell(operations.credit_return_to_supplier, number, CreditReturnToSupplierSerializer)

    @command_schema(request=SupplierReturnReasonSerializer, response=ReturnToSupplierSerializer)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, number: str) -> Response:
        """The goods stay."""
        return self._tell(operations.cancel_return_to_supplier, number, SupplierReturnReasonSerializer)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def note(self, request: Request, number: str) -> HttpResponse:
        """The note that goes with the goods, as PDF."""
        heads = ReturnToSupplier.objects.select_related("warehouse", "supplier", "approved_by", "staging")
        document = heads.by_number(number, self.user)
        return pdf_response(
            number, return_to_supplier_note(return_to_supplier_of(document, at=clock.now(), by=self.user))
        )

    def _tell(self, operation: Any, number: str, form: type[serializers.Serializer[Any]]) -> Response:
        document = ReturnToSupplier.objects.by_number(number, self.user)
        return self.command(operation, render=_shown, return_id=document.pk, **self.parse(form))


def _shown(document: ReturnToSupplier) -> Any:
    return ReturnToSupplierSerializer(RETURNS.get(pk=document.pk)).data
