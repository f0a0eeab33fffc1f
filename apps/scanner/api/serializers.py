"""What a scan and a confirm take and answer."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.core.codes.parsing import LONGEST
from apps.core.querysets import storable
from apps.counting.api.serializers import CountedLineSerializer, UnknownGoodsSerializer
from apps.scanner.queries import Resolution
from apps.tasks.api.serializers import TaskSerializer
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind

MOST_LINES = 1000
"""Of one place: a tote of single units with serial numbers."""


class ScannedCodeField(serializers.CharField):
    """A scan as the wedge sends it: control characters are for the parser to judge, GS1's separator is one of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Text; a number is not a scan, it may have lost its leading zeros."""
        if not isinstance(data, str):
            message = "Send the code as text."
            raise serializers.ValidationError(message)
        return super().to_internal_value(data)


class ScanSerializer(serializers.Serializer[dict[str, Any]]):
    """A code, and the task in hand, whose things are expected."""

    code = ScannedCodeField()
    task = serializers.CharField(max_length=40, required=False)


class ElementSerializer(serializers.Serializer[dict[str, Any]]):
    """One application identifier with its value."""

    identifier = serializers.CharField()
    value = serializers.CharField()


class ParsedSerializer(serializers.Serializer[dict[str, Any]]):
    """How a code reads."""

    kind = serializers.CharField()
    text = serializers.CharField()
    symbology = serializers.CharField()
    gtin = serializers.CharField()
    content_gtin = serializers.CharField()
    sscc = serializers.CharField()
    lot = serializers.CharField()
    serial = serializers.CharField()
    gln = serializers.CharField()
    gln_extension = serializers.CharField(help_text="Which place within the GLN's")
    asset = serializers.CharField(help_text="A GRAI or GIAI")
    epc = serializers.CharField(help_text="The pure identity URI of what an RFID tag says")
    item_number = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)
    best_before = serializers.DateField(allow_null=True)
    produced_on = serializers.DateField(allow_null=True)
    quantity = serializers.CharField(allow_null=True)
    quantity_unit = serializers.CharField()
    elements = ElementSerializer(many=True)
    unknown = ElementSerializer(many=True, help_text="Identifiers that the standard does not know")


class NextStepSerializer(serializers.Serializer[Any]):
    """One thing that can be done with a candidate. Whether the caller may, the call itself says."""

    act = serializers.CharField()
    method = serializers.CharField()
    path = serializers.CharField()


class CandidateSerializer(serializers.Serializer[Any]):
    """One thing that the code may stand for."""

    kind = serializers.CharField()
    number = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field takes this name from the base's attribute
    score = serializers.IntegerField()
    expected = serializers.BooleanField(help_text="The task asks for this very thing")
    detail = serializers.DictField()
    next = NextStepSerializer(many=True)


class ResolutionSerializer(serializers.Serializer[Any]):
    """The likeliest first."""

    parsed = ParsedSerializer()
    candidates = CandidateSerializer(many=True)


class GoOnSerializer(serializers.Serializer[dict[str, Any]]):
    """What the worker goes on with."""

    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=TaskKind.choices), default=list, help_text="Empty: all"
    )
    equipment = serializers.CharField(
        max_length=20, required=False, help_text="What they drive now; else all that they may use"
    )


def answer(found: Resolution) -> dict[str, Any]:
    """A resolution as `ResolutionSerializer` describes it; told directly, as every scan waits for it."""
    return {
        "parsed": found.parsed,
        "candidates": [
            {
                "kind": meant.candidate.kind,
                "number": meant.candidate.number,
                "label": meant.candidate.label,
                "score": meant.candidate.score,
                "expected": meant.candidate.expected,
                "detail": meant.candidate.detail,
                "next": [{"act": step.act, "method": step.method, "path": step.path} for step in meant.next],
            }
            for meant in found.meant
        ],
    }


class ConfirmSerializer(serializers.Serializer[dict[str, Any]]):
    """What was done: an absolute quantity, and where it is now."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, allow_null=True)
    quantity = QuantityField(
        zero=True,
        required=False,
        help_text="Base units; zero for a pick that found nothing. A count has lines instead, a whole unit none",
    )
    lines = serializers.ListField(
        child=CountedLineSerializer(),
        required=False,
        max_length=MOST_LINES,
        help_text="All that a count found; what is not named is not there",
    )
    unknown = serializers.ListField(
        child=UnknownGoodsSerializer(),
        required=False,
        max_length=MOST_LINES,
        help_text="What a count could not name; what is known here is counted, the rest waits for a person",
    )
    location = serializers.CharField(max_length=40, required=False, help_text="The bin put away to, or the tote")
    lot = serializers.CharField(max_length=40, required=False, help_text="As scanned; refused when it is another")
    unit = serializers.CharField(
        max_length=40,
        required=False,
        help_text="The handling unit as scanned, by any label of it; refused when it is another",
    )
    reason = serializers.CharField(
        max_length=200, required=False, help_text="Why another bin than proposed: in words, or a note to the code"
    )
    reason_code = serializers.CharField(max_length=20, required=False, help_text="The code of an override reason")
    short_reason = serializers.CharField(max_length=80, required=False, help_text="Why less was picked")
    bin_empty = serializers.BooleanField(required=False, allow_null=True, help_text="What was seen left")
    next = GoOnSerializer(required=False, help_text="Lease the worker their next task too, and answer with it")

    def validate_location(self, code: str) -> str:
        """A code that can be looked up."""
        return storable(code)

    def validate_unit(self, code: str) -> str:
        """A label that can be looked up."""
        return storable(code)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Goods were moved, a whole unit was, or a place was counted."""
        if "unit" not in attrs and ("quantity" in attrs) == ("lines" in attrs):
            raise serializers.ValidationError({"quantity": "Send either a quantity or the lines of a count."})
        return attrs


class ConfirmedSerializer(serializers.ModelSerializer[WarehouseTask]):
    """The task as it stands now."""

    next = TaskSerializer(
        read_only=True,
        required=False,
        allow_null=True,
        help_text="Null when it was not asked for, or there is none",
    )

    class Meta:
        model = WarehouseTask
        fields = ("number", "kind", "state", "version", "document", "done_at", "next")
