"""Cases of losses over HTTP: opened, investigated, and closed by two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import GuardedReads
from apps.journal.api.schema import BUSY, PDF, command_schema
from apps.locations.models import Warehouse
from apps.losses import operations
from apps.losses.api.filters import LossCaseFilter
from apps.losses.api.serializers import LossSerializer
from apps.losses.models import LossCase, LossStep
from apps.losses.papers import loss_case_paper
from apps.losses.queries import losses_of
from apps.losses.states import LossFinding, LossStepKind

LARGEST = 2**63 - 1
MOST_POSTINGS = 200
CASES = LossCase.objects.select_related("warehouse", "opened_by", "asked_by", "decided_by").prefetch_related(
    "lines", "steps__recorded_by"
)


class LossStepSerializer(serializers.ModelSerializer[LossStep]):
    """What was done to find out."""

    recorded_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = LossStep
        fields = ("kind", "said", "recorded_at", "recorded_by")


class LossCaseSerializer(serializers.ModelSerializer[LossCase]):
    """A case with its steps; its losses are read by themselves."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    postings = serializers.SerializerMethodField(help_text="The keys of what took goods off the book")
    opened_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    asked_by = serializers.SlugRelatedField[Any]("username", read_only=True, allow_null=True)
    decided_by = serializers.SlugRelatedField[Any]("username", read_only=True, allow_null=True)
    steps = LossStepSerializer(many=True, read_only=True)

    class Meta:
        model = LossCase
        fields = (
            *("number", "state", "warehouse", "reason", "postings", "created_at", "opened_by", "finding"),
            *("finding_note", "asked_by", "asked_at", "decided_by", "decided_at", "steps"),
        )

    def get_postings(self, case: LossCase) -> list[int]:
        """As they were named."""
        return [line.posting_id for line in case.lines.all()]


class OpenLossCaseSerializer(serializers.Serializer[Any]):
    """Which postings, where, and why."""

    warehouse = serializers.CharField(max_length=20)
    postings = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST), min_length=1, max_length=MOST_POSTINGS
    )
    reason = serializers.CharField(max_length=200)


class RecordLossStepSerializer(serializers.Serializer[Any]):
    """What was done."""

    kind = serializers.ChoiceField(choices=LossStepKind.choices)
    said = serializers.CharField(max_length=400)


class AskFindingSerializer(serializers.Serializer[Any]):
    """What became of the goods, and what shows it."""

    finding = serializers.ChoiceField(choices=LossFinding.choices)
    note = serializers.CharField(max_length=400)


class RefuseFindingSerializer(serializers.Serializer[Any]):
    """Why the investigation goes on."""

    reason = serializers.CharField(max_length=200)


class DecideLossSerializer(serializers.Serializer[Any]):
    """What the approver adds."""

    reason = serializers.CharField(max_length=200, required=False)


class LossCaseViewSet(GuardedReads, ScopedViewSet[LossCase]):
    """Losses that are looked into, the last case first."""

    may_read = operations.may_read_losses
    queryset = CASES
    serializer_class = LossCaseSerializer
    filterset_class = LossCaseFilter

    @command_schema(request=OpenLossCaseSerializer, response=LossCaseSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Look into postings of one site that took goods off its book; each is in one case at most."""
        del request
        form = self.parse(OpenLossCaseSerializer)
        site = Warehouse.objects.by_number(form["warehouse"], self.user)
        return self.command(
            operations.open_loss_case,
            render=_shown,
            success=201,
            warehouse_id=site.pk,
            posting_ids=form["postings"],
            reason=form["reason"],
        )

    @command_schema(request=RecordLossStepSerializer, response=LossCaseSerializer)
    @action(detail=True, methods=["post"], url_path="record-step")
    def record_step(self, request: Request, number: str) -> Response:
        """Write down what was done to find out; steps are never changed."""
        del request
        return self._decide(
            operations.record_loss_step, number, RecordLossStepSerializer, render=lambda step: _shown(step.case)
        )

    @command_schema(request=AskFindingSerializer, response=LossCaseSerializer)
    @action(detail=True, methods=["post"], url_path="ask-finding")
    def ask_finding(self, request: Request, number: str) -> Response:
        """Say what became of the goods; another approves it."""
        del request
        return self._decide(operations.ask_finding, number, AskFindingSerializer)

    @command_schema(request=RefuseFindingSerializer, response=LossCaseSerializer)
    @action(detail=True, methods=["post"], url_path="refuse-finding")
    def refuse_finding(self, request: Request, number: str) -> Response:
        """The investigation goes on."""
        del request
        return self._decide(operations.refuse_finding, number, RefuseFindingSerializer)

    @command_schema(request=DecideLossSerializer, response=LossCaseSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, number: str) -> Response:
        """Approve the finding that another told, who made none of the postings."""
        del request
        return self._decide(operations.decide_loss, number, DecideLossSerializer)

    @extend_schema(responses={200: LossSerializer(many=True)} | BUSY, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def losses(self, request: Request, number: str) -> Response:
        """What went missing, since when it may have gone, and what shows it; who reads it is recorded."""
        del request
        case = self._read(number, "losses")
        found: Any = losses_of([line.posting_id for line in case.lines.all()], case.warehouse)
        return Response(LossSerializer(found, many=True).data)

    @extend_schema(responses=PDF | BUSY, filters=False)
    @action(detail=True, methods=["get"], renderer_classes=PDF_RENDERERS)
    def file(self, request: Request, number: str) -> HttpResponse:
        """The case file as PDF; who reads it is recorded."""
        del request
        case = self._read(number, "file")
        return pdf_response(case.number, loss_case_paper(case, at=clock.now(), by=self.user))

    def _read(self, number: str, what: str) -> LossCase:
        case = LossCase.objects.by_number(number, self.user)
        self.note_read(operations.note_case_read, case_id=case.pk, what=what)
        return CASES.get(pk=case.pk)

    def _decide(
        self,
        operation: Callable[..., Any],
        number: str,
        form: type[serializers.Serializer[Any]],
        render: Callable[[Any], Any] | None = None,
    ) -> Response:
        case = LossCase.objects.by_number(number, self.user)
        return self.command(operation, render=render or _shown, case_id=case.pk, **self.parse(form))


def _shown(case: LossCase) -> Any:
    return LossCaseSerializer(CASES.get(pk=case.pk)).data
