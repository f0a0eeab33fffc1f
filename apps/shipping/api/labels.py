"""Labels by the size of the paper and the language of the printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from apps.core.api.pdf import pdf_response
from apps.core.paper.label import LABEL_4X6_INCH, LABEL_100X150, LABEL_A6
from apps.shipping.pdf import CartonLabel, carton_labels, zpl_labels

SIZES = {"100x150": LABEL_100X150, "a6": LABEL_A6, "4x6": LABEL_4X6_INCH}


class LabelFormSerializer(serializers.Serializer[Any]):
    """Which paper, and PDF or ZPL."""

    size = serializers.ChoiceField([*SIZES], required=False)
    language = serializers.ChoiceField(["pdf", "zpl"], required=False)


def label_response(request: Request, name: str, labels: Sequence[CartonLabel]) -> HttpResponse:
    """The labels as the caller asked for them: 100 x 150 mm in PDF unless told otherwise, 4 x 6 inch in ZPL."""
    form = LabelFormSerializer(data=request.query_params)
    form.is_valid(raise_exception=True)
    size = form.validated_data.get("size")
    if form.validated_data.get("language") == "zpl":
        text = zpl_labels(labels, size="a6" if size == "a6" else "4x6")
        return HttpResponse(
            text,
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}.zpl"'},
        )
    return pdf_response(name, carton_labels(labels, size=SIZES[size or "100x150"]))
