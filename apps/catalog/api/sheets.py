"""Safety data sheets to read, by everybody; safety files them."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.catalog.api.filters import SafetySheetFilter
from apps.catalog.models import ContainerLabel, Item, SafetySheet
from apps.catalog.operations import file_sheet, sheet_name
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.core.paper import shelf
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.safety.rules.sheets import MOST_BYTES

LONGEST_DOCUMENT = (MOST_BYTES + 2) // 3 * 4 + 4
"""Of a document that is a little too large, so that the refusal tells its size."""
SHEETS = SafetySheet.objects.select_related("item", "filed_by")


class SafetySheetSerializer(serializers.ModelSerializer[SafetySheet]):
    """A revision; `safety-sheets/{number}/file` has its PDF."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    filed_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = SafetySheet
        fields = (
            "number",
            "item",
            "language",
            "revision",
            "revised_on",
            "review_by",
            "supplier",
            "size",
            "digest",
            "filed_by",
            "created_at",
        )


class FileSheetSerializer(serializers.Serializer[Any]):
    """A revision of an item's sheet."""

    item = serializers.CharField(max_length=40)
    language = serializers.RegexField(r"^[a-z]{2}$", help_text="ISO 639-1, as en")
    revision = serializers.CharField(max_length=20)
    revised_on = serializers.DateField()
    review_by = serializers.DateField(required=False, help_text="Its last day; without, as the rule says")
    supplier = serializers.CharField(max_length=120)
    document = serializers.CharField(max_length=LONGEST_DOCUMENT, help_text="A PDF in base64")


class ContainerLabelSerializer(serializers.ModelSerializer[ContainerLabel]):
    """What the containers of an item bear; statements by code."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    pictograms = serializers.ListField(child=serializers.CharField())
    hazards = serializers.ListField(child=serializers.CharField())
    precautions = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = ContainerLabel
        fields = (
            "item",
            "identifier",
            "signal_word",
            "pictograms",
            "hazards",
            "precautions",
            "supplier_name",
            "supplier_address",
            "supplier_phone",
            "source",
            "revised_on",
        )


class SafetySheetViewSet(CommandMixin, ScopedViewSet[SafetySheet]):
    """Safety data sheets of all revisions."""

    queryset = SHEETS
    serializer_class = SafetySheetSerializer
    filterset_class = SafetySheetFilter

    @command_schema(request=FileSheetSerializer, response=SafetySheetSerializer, success=201)
    def create(self, request: Request) -> Response:
        """File a revision; none is ever changed."""
        del request
        form = self.parse(FileSheetSerializer)
        item = Item.objects.by_number(form.pop("item"), self.user)
        return self.command(file_sheet, render=_shown, success=201, item_id=item.pk, **form)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def file(self, request: Request, number: str) -> HttpResponse:
        """The sheet itself, as PDF."""
        return sheet_response(SafetySheet.objects.by_number(number, cast("User", request.user)))


class KeptSafe:
    """For the view of items: what people who handle one must know."""

    @extend_schema(responses=SafetySheetSerializer(many=True), filters=False)
    @action(methods=["get"], detail=True, url_path="safety-sheets", pagination_class=None)
    def safety_sheets(self, request: Request, number: str) -> Response:
        """Its sheets in force, one a language."""
        item = Item.objects.by_number(number, cast("User", request.user))
        found = SHEETS.filter(item=item).in_force(clock.now().date())
        return Response(SafetySheetSerializer(found, many=True).data)

    @extend_schema(responses=ContainerLabelSerializer)
    @action(methods=["get"], detail=True, url_path="container-label")
    def container_label(self, request: Request, number: str) -> Response:
        """What its containers bear."""
        item = Item.objects.by_number(number, cast("User", request.user))
        label = ContainerLabel.objects.select_related("item").filter(item=item).first()
        if label is None:
            raise NotFound(kind="container label", number=number)
        return Response(ContainerLabelSerializer(label).data)


def sheet_response(sheet: SafetySheet) -> HttpResponse:
    """The PDF from the shelf, as it was sent. Raises `NotFound` when the shelf has lost it."""
    content = shelf.kept(sheet_name(sheet.digest))
    if content is None:
        raise NotFound(kind="file", number=sheet.number)
    answer = pdf_response(sheet.number, content)
    # It was made elsewhere: saved and opened by a reader, never run as a page of ours.
    answer["Content-Disposition"] = f'attachment; filename="{sheet.number}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _shown(sheet: SafetySheet) -> Any:
    return SafetySheetSerializer(SHEETS.get(pk=sheet.pk)).data
