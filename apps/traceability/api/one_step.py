"""One step back and one forward over HTTP, and as a file that an authority can sort."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.api.csv import CSV_RENDERERS, csv_response
from apps.core.api.fields import QuantityField
from apps.core.decimals import plain
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import BUSY, CSV
from apps.ledger.api.blind import NotWhileCounting
from apps.ledger.models import Lot
from apps.traceability.api.room_serializers import DeliverySerializer
from apps.traceability.operations import note_trace_read
from apps.traceability.queries.one_step import OneStep, Sent, Supplied, one_step_of

COLUMNS = (
    "step",
    "certain",
    "business",
    "name",
    "contact",
    "phone",
    "email",
    "on",
    "warehouse",
    "order",
    "document",
    "carton",
    "item",
    "item name",
    "lot",
    "supplier's lot",
    "quantity",
    "unit",
)


class SuppliedSerializer(serializers.Serializer[Supplied]):
    """A receipt of the lot, or of what it was made of."""

    is_certain = serializers.BooleanField(help_text="False: it may be in the lot, nobody recorded which goods were")
    supplier = serializers.CharField()
    supplier_name = serializers.CharField()
    contact = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    received_on = serializers.DateField()
    warehouse = serializers.CharField()
    receipt = serializers.CharField()
    order = serializers.CharField(help_text="Empty: it came without an order")
    item = serializers.CharField()
    name = serializers.CharField()
    lot = serializers.CharField()
    supplier_lot = serializers.CharField()
    unit = serializers.CharField()
    quantity = QuantityField()


class SentSerializer(serializers.Serializer[Sent]):
    """A delivery of the lot, or of what was made of it."""

    is_certain = serializers.BooleanField(help_text="False: it may hold the lot, nobody recorded which goods did")
    delivery = DeliverySerializer()


class OneStepSerializer(serializers.Serializer[OneStep]):
    """Who supplied it, and who got it; consumers are not told apart from businesses."""

    back = SuppliedSerializer(many=True)
    forward = SentSerializer(many=True)


class _Asked(NotWhileCounting, CommandMixin, APIView):
    """Who reads it is recorded, as of a trace."""

    def asked(self, pk: int) -> tuple[Lot, OneStep]:
        """The lot, if the caller may see it, and its steps."""
        lot = get_object_or_404(Lot.objects.for_user(self.user), pk=pk)
        self.note_read(note_trace_read, lot_id=lot.pk)
        return lot, one_step_of(lot.pk)


class OneStepView(_Asked):
    """Who supplied a lot or what it is made of, and to whom it or what was made of it went."""

    @extend_schema(responses={200: OneStepSerializer} | BUSY)
    def get(self, request: Request, pk: int) -> Response:
        """One step back and one forward, over all sites (EC 178/2002, Article 18)."""
        del request
        return Response(OneStepSerializer(self.asked(pk)[1]).data)


class OneStepFileView(_Asked):
    """The same as a file."""

    renderer_classes = CSV_RENDERERS

    @extend_schema(responses=CSV | BUSY)
    def get(self, request: Request, pk: int) -> HttpResponse:
        """A line a receipt and a delivery, as CSV."""
        del request
        lot, found = self.asked(pk)
        rows = [*map(_back, found.back), *map(_forward, found.forward)]
        return csv_response(f"one-step-{lot.number}", COLUMNS, rows)


def _back(row: Supplied) -> tuple[str, ...]:
    who = (row.supplier, row.supplier_name, row.contact, row.phone, row.email)
    papers = (row.received_on.isoformat(), row.warehouse, row.order, row.receipt, "")
    goods = (row.item, row.name, row.lot, row.supplier_lot, plain(row.quantity), row.unit)
    return ("back", _sure(is_certain=row.is_certain), *who, *papers, *goods)


def _forward(row: Sent) -> tuple[str, ...]:
    went = row.delivery
    who = (went.customer, went.customer_name, went.contact, went.phone, went.email)
    papers = (went.shipped_on.isoformat(), went.warehouse, went.order, went.shipment, went.carton)
    goods = (went.item, went.name, went.lot, "", plain(went.quantity), went.unit)
    return ("forward", _sure(is_certain=row.is_certain), *who, *papers, *goods)


def _sure(*, is_certain: bool) -> str:
    return "certain" if is_certain else "possible"
