"""The safety signs that can be printed, and their sheets."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.paper.label import SHEETS
from apps.journal.api.schema import PDF
from apps.safety.choices import SignMeaning
from apps.safety.pdf import safety_signs
from apps.safety.rules import SIGNS


class SafetySignSerializer(serializers.Serializer[Any]):
    """A sign."""

    code = serializers.CharField()
    wording = serializers.CharField()
    meaning = serializers.ChoiceField(choices=SignMeaning.choices)
    is_drawn = serializers.BooleanField(help_text="With a picture; else its words in the colours of its kind")
    source = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    is_verified = serializers.BooleanField(help_text="Compared with the source by who may do so")


class SignSheetsSerializer(serializers.Serializer[Any]):
    """Which signs, and on what sheets."""

    code = serializers.MultipleChoiceField(choices=[*SIGNS], required=False, help_text="Left out: all of them")
    size = serializers.ChoiceField(choices=[*SHEETS], default="a4")


class SafetySignsView(APIView):
    """What signs there are."""

    @extend_schema(responses=SafetySignSerializer(many=True))
    def get(self, request: Request) -> Response:
        """All signs, each with its meaning and source."""
        del request
        return Response(SafetySignSerializer(SIGNS.values(), many=True).data)


class SignSheetsView(APIView):
    """Signs to hang up."""

    renderer_classes = PDF_RENDERERS

    @extend_schema(parameters=[SignSheetsSerializer], responses=PDF)
    def get(self, request: Request) -> HttpResponse:
        """A sheet a sign, as PDF: shape and colour of its kind, a symbol of our own drawing, the words below it."""
        form = SignSheetsSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        asked = form.validated_data.get("code") or SIGNS
        signs = [sign for code, sign in SIGNS.items() if code in asked]
        return pdf_response("safety-signs", safety_signs(signs, size=SHEETS[form.validated_data["size"]]))
