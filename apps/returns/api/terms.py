"""On what terms goods come back, and what was disposed of."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF
from apps.returns.api.filters import DisposalCertificateFilter, ReturnPolicyFilter, ReturnReasonFilter
from apps.returns.api.serializers import ReturnPolicySerializer, ReturnReasonSerializer
from apps.returns.models import DisposalCertificate, ReturnPolicy, ReturnReason
from apps.returns.pdf import disposal_certificate
from apps.returns.queries import CERTIFIED, disposal_of


class ReturnReasonViewSet(ScopedViewSet[ReturnReason]):
    """Why goods come back, and what each reason implies."""

    queryset = ReturnReason.objects.select_related("reason")
    serializer_class = ReturnReasonSerializer
    filterset_class = ReturnReasonFilter
    lookup_field = "reason__code"
    lookup_url_kwarg = "code"


class ReturnPolicyViewSet(ScopedViewSet[ReturnPolicy]):
    """What may come back, for how long, in what condition, at what fee."""

    queryset = ReturnPolicy.objects.select_related("category", "customer", "channel")
    serializer_class = ReturnPolicySerializer
    filterset_class = ReturnPolicyFilter
    lookup_field = "code"


class DisposalCertificateSerializer(serializers.ModelSerializer[DisposalCertificate]):
    """What was scrapped or given away, by whom, before whom."""

    customer_return = serializers.CharField(source="inspection.line.customer_return.number", read_only=True)
    disposition = serializers.CharField(source="inspection.disposition", read_only=True)
    item = serializers.CharField(source="inspection.line.item.number", read_only=True)
    lot = serializers.CharField(source="inspection.line.lot.number", default=None, read_only=True, allow_null=True)
    serial = serializers.CharField(
        source="inspection.line.serial.number", default=None, read_only=True, allow_null=True
    )
    quantity = QuantityField(source="inspection.quantity", read_only=True)
    reason = serializers.CharField(source="inspection.note", read_only=True)
    disposed_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    witness = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = DisposalCertificate
        fields = (
            "number",
            "customer_return",
            "disposition",
            "item",
            "lot",
            "serial",
            "quantity",
            "reason",
            "disposed_by",
            "witness",
            "beneficiary",
            "issued_at",
        )


class DisposalCertificateViewSet(CommandMixin, ScopedViewSet[DisposalCertificate]):
    """Goods that came back and left for good: scrapped, or given away."""

    queryset = DisposalCertificate.objects.select_related(*CERTIFIED)
    serializer_class = DisposalCertificateSerializer
    filterset_class = DisposalCertificateFilter

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def paper(self, request: Request, number: str) -> HttpResponse:
        """The scrap certificate or donation note, as PDF."""
        issued = DisposalCertificate.objects.select_related(*CERTIFIED).by_number(number, self.user)
        return pdf_response(number, disposal_certificate(disposal_of(issued, at=clock.now(), by=self.user)))
