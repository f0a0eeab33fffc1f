"""Odd adjustments and who came in, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.views import ScopedViewSet
from apps.core.api.xlsx import XLSX, XLSX_RENDERERS, xlsx_response
from apps.journal.api.commands import GuardedReads
from apps.journal.api.schema import BUSY, command_schema
from apps.ledger.models import StockTransaction
from apps.losses.api.serializers import AskLossesSerializer, LossSerializer
from apps.losses.api.views import Asking
from apps.losses.models import OddDismissal
from apps.losses.operations import dismiss_odd, may_read_losses
from apps.losses.papers import access_workbook
from apps.losses.queries import Access, Oddities, access_in, odd_in
from apps.losses.rules import Odd
from apps.losses.states import Oddity

LARGEST = 2**63 - 1


class OddSerializer(serializers.Serializer[Odd]):
    """An adjustment, why it is odd, and the case that looks into it."""

    posting = serializers.IntegerField(source="loss.transaction_id")
    kind = serializers.ChoiceField(choices=Oddity.choices)
    because = serializers.CharField()
    score = serializers.FloatField(allow_null=True, help_text="Modified z-score; null where none is reckoned")
    case = serializers.CharField(allow_blank=True)
    loss = LossSerializer()


class OdditiesSerializer(serializers.Serializer[Oddities]):
    """What is odd in some days, and how often the rules were right."""

    rule = serializers.CharField(help_text="Empty: none is in effect, and nothing is told")
    looked_into = serializers.IntegerField()
    dismissed = serializers.IntegerField()
    precision = serializers.DecimalField(
        max_digits=5, decimal_places=1, allow_null=True, help_text="Per cent of those judged; null: none was"
    )
    found = OddSerializer(many=True)


class DismissOddSerializer(serializers.Serializer[Any]):
    """Which posting is not odd in which way, and why."""

    posting = serializers.IntegerField(min_value=1, max_value=LARGEST)
    kind = serializers.ChoiceField(choices=Oddity.choices)
    reason = serializers.CharField(max_length=200)


class OddDismissalSerializer(serializers.ModelSerializer[OddDismissal]):
    """Somebody found an odd adjustment to be none."""

    dismissed_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = OddDismissal
        fields = ("id", "posting", "kind", "reason", "dismissed_by", "dismissed_at")


class AccessSerializer(serializers.Serializer[Access]):
    """Somebody came in, or tried to."""

    at = serializers.DateTimeField()
    site = serializers.CharField()
    where = serializers.CharField()
    what = serializers.CharField()
    who = serializers.CharField(allow_blank=True)
    badge = serializers.CharField(allow_blank=True)
    lasted = serializers.DurationField(allow_null=True)


class OddAdjustmentsView(Asking):
    """Adjustments that are far off the usual."""

    @extend_schema(parameters=[AskLossesSerializer], responses={200: OdditiesSerializer} | BUSY)
    def get(self, request: Request) -> Response:
        """Each with why, in a sentence with its figures; those that somebody dismissed are left out."""
        found = odd_in(self.asked(request))
        rows = [
            {"kind": odd.kind, "because": odd.because, "score": odd.score, "case": case, "loss": odd.loss}
            for odd, case in found.found
        ]
        told: Any = {
            "rule": found.rule,
            "looked_into": found.looked_into,
            "dismissed": found.dismissed,
            "precision": found.precision,
            "found": rows,
        }
        return Response(OdditiesSerializer(told).data)


class OddDismissalViewSet(GuardedReads, ScopedViewSet[OddDismissal]):
    """Odd adjustments that somebody found to be none, the last first."""

    may_read = may_read_losses
    queryset = OddDismissal.objects.select_related("dismissed_by")
    serializer_class = OddDismissalSerializer
    filterset_fields = ("kind",)
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @command_schema(request=DismissOddSerializer, response=OddDismissalSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Say why an adjustment is not odd; nobody dismisses their own."""
        del request
        form = self.parse(DismissOddSerializer)
        posting = get_object_or_404(StockTransaction.objects.for_user(self.user), pk=form["posting"])
        return self.command(
            dismiss_odd,
            render=lambda row: OddDismissalSerializer(row).data,
            success=201,
            posting_id=posting.pk,
            kind=form["kind"],
            reason=form["reason"],
        )


class AccessLogView(Asking):
    """Who came in."""

    @extend_schema(parameters=[AskLossesSerializer], responses={200: AccessSerializer(many=True)} | BUSY)
    def get(self, request: Request) -> Response:
        """Who signed on, who could not, and whose badge opened which door; who reads it is recorded."""
        found: Any = access_in(self.asked(request))
        return Response(AccessSerializer(found, many=True).data)


class AccessLogFileView(Asking):
    """The same as a workbook."""

    renderer_classes = XLSX_RENDERERS

    @extend_schema(parameters=[AskLossesSerializer], responses=XLSX | BUSY)
    def get(self, request: Request) -> HttpResponse:
        """A row each, the latest first."""
        days = self.asked(request)
        return xlsx_response(f"access-{days.since:%Y%m%d}-{days.until:%Y%m%d}", access_workbook(access_in(days)))
