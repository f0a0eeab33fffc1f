"""Goods that are doubted, over HTTP: opened, investigated, judged by two, partners told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Party
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import BUSY, PDF, command_schema
from apps.ledger.models import Lot, SerialNumber
from apps.traceability import operations
from apps.traceability.api.filters import SuspectFilter
from apps.traceability.models import AuthenticityCheck, SuspectCase, SuspectPartner, SuspectStep
from apps.traceability.papers import suspect_paper
from apps.traceability.queries.suspects import due_at
from apps.traceability.states import ContactMethod, SuspectSource, SuspectStepKind, SuspectVerdict

LARGEST = 2**63 - 1
CASES = SuspectCase.objects.select_related(
    "lot__item", "raised_by", "opened_by", "asked_by", "decided_by"
).prefetch_related("serials", "steps__recorded_by", "holds")


class SuspectStepSerializer(serializers.ModelSerializer[SuspectStep]):
    """What was done about a doubt."""

    recorded_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = SuspectStep
        fields = ("kind", "done_at", "who", "said", "reference", "recorded_at", "recorded_by")


class SuspectCaseSerializer(serializers.ModelSerializer[SuspectCase]):
    """A case with its steps; whom it concerns is read by itself."""

    lot = serializers.SlugRelatedField[Any]("number", read_only=True)
    item = serializers.CharField(source="lot.item.number", read_only=True)
    serials = serializers.SlugRelatedField[Any]("number", many=True, read_only=True)
    raised_by = serializers.SlugRelatedField[Any]("number", read_only=True)
    opened_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    asked_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    decided_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    steps = SuspectStepSerializer(many=True, read_only=True)
    notify_by = serializers.SerializerMethodField(help_text="By when the regulator and partners are told")

    class Meta:
        model = SuspectCase
        fields = (
            *("number", "state", "lot", "item", "serials", "raised_by", "source", "reason", "created_at", "opened_by"),
            *("verdict", "verdict_note", "asked_by", "asked_at", "decided_by", "decided_at", "notify_by", "steps"),
        )

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_notify_by(self, case: SuspectCase) -> str | None:
        """Nothing unless the goods were found illegitimate."""
        due = due_at(case)
        return due.isoformat() if due is not None else None


class SuspectPartnerSerializer(serializers.ModelSerializer[SuspectPartner]):
    """Who is told, how to reach them, and when they were."""

    partner = serializers.CharField(source="party.number")
    name = serializers.CharField(source="party.name")
    contact = serializers.CharField(source="party.contact")
    phone = serializers.CharField(source="party.phone")
    email = serializers.CharField(source="party.email")
    notified_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = SuspectPartner
        fields = ("partner", "name", "role", "contact", "phone", "email", "method", "notified_at", "notified_by")


class OpenSuspectSerializer(serializers.Serializer[Any]):
    """A lot, or some units of it, and why."""

    lot = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="Its key")
    serials = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=500, help_text="None: the whole lot"
    )
    check_number = serializers.CharField(max_length=40, required=False, help_text="The check that raised the doubt")
    source = serializers.ChoiceField(choices=SuspectSource.choices)  # type: ignore[assignment]  # the base has one
    reason = serializers.CharField(max_length=200)


class RecordStepSerializer(serializers.Serializer[Any]):
    """What was done."""

    kind = serializers.ChoiceField(choices=SuspectStepKind.choices)
    done_at = serializers.DateTimeField()
    who = serializers.CharField(max_length=120)
    said = serializers.CharField(max_length=400)
    reference = serializers.CharField(max_length=80, required=False)


class AskVerdictSerializer(serializers.Serializer[Any]):
    """What was found."""

    verdict = serializers.ChoiceField(choices=SuspectVerdict.choices)
    remark = serializers.CharField(max_length=200)


class RefuseVerdictSerializer(serializers.Serializer[Any]):
    """Why the investigation goes on."""

    reason = serializers.CharField(max_length=200)


class DecideSuspectSerializer(serializers.Serializer[Any]):
    """What the approver adds."""

    reason = serializers.CharField(max_length=200, required=False)


class TellPartnerSerializer(serializers.Serializer[Any]):
    """Who was told, and how."""

    partner = serializers.CharField(max_length=40)
    method = serializers.ChoiceField(choices=ContactMethod.choices)


class SuspectCaseViewSet(CommandMixin, ScopedViewSet[SuspectCase]):
    """Cases of suspect goods, the last first."""

    queryset = CASES
    serializer_class = SuspectCaseSerializer
    filterset_class = SuspectFilter

    @command_schema(request=OpenSuspectSerializer, response=SuspectCaseSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Doubt a lot: it is held everywhere before this answers, whole, also when one unit of it is doubted."""
        del request
        form = self.parse(OpenSuspectSerializer)
        lot = get_object_or_404(Lot.objects.for_user(self.user), pk=form.pop("lot"))
        serials = [_serial(self, lot, number) for number in form.pop("serials", [])]
        check = form.pop("check_number", None)
        return self.command(
            operations.open_suspect,
            render=_shown,
            success=201,
            lot_id=lot.pk,
            serial_ids=[serial.pk for serial in serials],
            check_id=AuthenticityCheck.objects.by_number(check, self.user).pk if check else None,
            **form,
        )

    @command_schema(request=RecordStepSerializer, response=SuspectCaseSerializer)
    @action(detail=True, methods=["post"], url_path="record-step")
    def record_step(self, request: Request, number: str) -> Response:
        """Write down what was asked, answered or found; steps are never changed."""
        del request
        return self._decide(operations.record_step, number, RecordStepSerializer, render=lambda step: _shown(step.case))

    @command_schema(request=AskVerdictSerializer, response=SuspectCaseSerializer)
    @action(detail=True, methods=["post"], url_path="ask-verdict")
    def ask_verdict(self, request: Request, number: str) -> Response:
        """Say what was found; another approves it."""
        del request
        return self._decide(operations.ask_verdict, number, AskVerdictSerializer)

    @command_schema(request=RefuseVerdictSerializer, response=SuspectCaseSerializer)
    @action(detail=True, methods=["post"], url_path="refuse-verdict")
    def refuse_verdict(self, request: Request, number: str) -> Response:
        """The investigation goes on."""
        del request
        return self._decide(operations.refuse_verdict, number, RefuseVerdictSerializer)

    @command_schema(request=DecideSuspectSerializer, response=SuspectCaseSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, number: str) -> Response:
        """Approve the verdict that another asked for: cleared goods are freed, illegitimate ones told of."""
        del request
        return self._decide(operations.decide_suspect, number, DecideSuspectSerializer)

    @command_schema(request=TellPartnerSerializer, response=SuspectCaseSerializer)
    @action(detail=True, methods=["post"], url_path="tell-partner")
    def tell_partner(self, request: Request, number: str) -> Response:
        """A supplier or customer of illegitimate goods was told."""
        del request
        case = SuspectCase.objects.by_number(number, self.user)
        form = self.parse(TellPartnerSerializer)
        party = Party.objects.by_number(form["partner"], self.user)
        return self.command(
            operations.note_partner_told,
            render=_shown,
            suspect_id=case.pk,
            party_id=party.pk,
            method=form["method"],
        )

    @extend_schema(responses={200: SuspectPartnerSerializer(many=True)} | BUSY, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def partners(self, request: Request, number: str) -> Response:
        """Whom illegitimate goods concern; who reads it is recorded."""
        del request
        case = self._read(number, "partners")
        return Response(SuspectPartnerSerializer(case.partners.select_related("party", "notified_by"), many=True).data)

    @extend_schema(responses=PDF | BUSY, filters=False)
    @action(detail=True, methods=["get"], renderer_classes=PDF_RENDERERS)
    def file(self, request: Request, number: str) -> HttpResponse:
        """The case file as PDF: the doubt, the steps, the verdict, who was told by when."""
        del request
        case = self._read(number, "file")
        return pdf_response(case.number, suspect_paper(case, at=clock.now(), by=self.user))

    def _read(self, number: str, what: str) -> SuspectCase:
        case = SuspectCase.objects.by_number(number, self.user)
        self.note_read(operations.note_suspect_read, suspect_id=case.pk, what=what)
        return CASES.get(pk=case.pk)

    def _decide(
        self,
        operation: Callable[..., Any],
        number: str,
        form: type[serializers.Serializer[Any]],
        *,
        render: Callable[[Any], Any] | None = None,
    ) -> Response:
        case = SuspectCase.objects.by_number(number, self.user)
        return self.command(operation, render=render or _shown, suspect_id=case.pk, **self.parse(form))


def _serial(view: CommandMixin, lot: Lot, number: str) -> SerialNumber:
    """A unit of the lot's item. Raises 404."""
    return get_object_or_404(SerialNumber.objects.for_user(view.user), item=lot.item_id, number=number)


def _shown(case: SuspectCase) -> dict[str, Any]:
    return dict(SuspectCaseSerializer(CASES.get(pk=case.pk)).data)
