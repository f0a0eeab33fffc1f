"""How checklists, things, inspections and actions read, and what the commands take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.core.pictures import MOST_BYTES
from apps.core.quantities import DIGITS, PLACES
from apps.workplace.models import (
    Checklist,
    ChecklistLine,
    CheckPhoto,
    CheckResult,
    CorrectiveAction,
    SiteAsset,
    WorkplaceInspection,
)

MOST_LINES = 200
LONGEST_PICTURE = MOST_BYTES * 4 // 3 + 4


class ChecklistLineSerializer(serializers.ModelSerializer[ChecklistLine]):
    """One thing to look at."""

    lower = QuantityField(read_only=True, allow_null=True)
    upper = QuantityField(read_only=True, allow_null=True)

    class Meta:
        model = ChecklistLine
        fields = ("line", "text", "kind", "unit", "lower", "upper", "is_critical")


class ChecklistSerializer(serializers.ModelSerializer[Checklist]):
    """A checklist with the paragraph it comes from, and whether anybody compared the text."""

    kind = serializers.SlugRelatedField[Any]("code", read_only=True)
    lines = ChecklistLineSerializer(many=True, read_only=True)

    class Meta:
        model = Checklist
        fields = (
            "code",
            "name",
            "kind",
            "every",
            "period",
            "source",
            "effective_on",
            "is_verified",
            "note",
            "is_active",
            "lines",
        )


class SiteAssetSerializer(serializers.ModelSerializer[SiteAsset]):
    """A thing, where it is, and whether it is in service."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    kind = serializers.SlugRelatedField[Any]("code", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    aisle = serializers.SlugRelatedField[Any]("code", read_only=True)
    zone = serializers.SlugRelatedField[Any]("code", read_only=True)
    out_of_service = serializers.BooleanField(source="is_out", read_only=True)

    class Meta:
        model = SiteAsset
        fields = (
            "number",
            "name",
            "kind",
            "warehouse",
            "location",
            "aisle",
            "zone",
            "is_active",
            "out_of_service",
        )


class ChecklistAnswerSerializer(serializers.ModelSerializer[CheckResult]):
    """What was found at a line, as the line read then."""

    reading = QuantityField(read_only=True, allow_null=True)
    photos = serializers.SlugRelatedField[Any]("number", many=True, read_only=True)

    class Meta:
        model = CheckResult
        fields = ("line", "text", "is_critical", "passed", "reading", "unit", "note", "photos")


class CheckPhotoSerializer(serializers.ModelSerializer[CheckPhoto]):
    """A picture of a line; `check-photos/{number}/picture` has it."""

    inspection = serializers.CharField(source="result.inspection.number", read_only=True)
    line = serializers.IntegerField(source="result.line", read_only=True)
    taken_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = CheckPhoto
        fields = ("number", "inspection", "line", "width", "height", "taken_by", "created_at")


class WorkplaceInspectionSerializer(serializers.ModelSerializer[WorkplaceInspection]):
    """An inspection with the lines to answer, and the answers once it is done."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    asset = serializers.SlugRelatedField[Any]("number", read_only=True)
    asset_name = serializers.CharField(source="asset.name", read_only=True)
    location = serializers.CharField(source="asset.location.code", read_only=True, allow_null=True, default=None)
    checklist = serializers.SlugRelatedField[Any]("code", read_only=True)
    checklist_name = serializers.CharField(source="checklist.name", read_only=True)
    lines = ChecklistLineSerializer(source="checklist.lines", many=True, read_only=True)
    results = ChecklistAnswerSerializer(many=True, read_only=True)
    done_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = WorkplaceInspection
        fields = (
            "number",
            "state",
            "warehouse",
            "asset",
            "asset_name",
            "location",
            "checklist",
            "checklist_name",
            "due_on",
            "done_at",
            "done_by",
            "lines",
            "results",
            "created_at",
        )


class CorrectiveActionSerializer(serializers.ModelSerializer[CorrectiveAction]):
    """What is to be mended, by whom until when; of an incident's it names no thing and no inspection."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    asset = serializers.SlugRelatedField[Any]("number", read_only=True)
    inspection = serializers.CharField(source="result.inspection.number", read_only=True, allow_null=True, default=None)
    line = serializers.IntegerField(source="result.line", read_only=True, allow_null=True, default=None)
    what = serializers.CharField(read_only=True)
    found = serializers.CharField(source="result.note", read_only=True, default="")
    owner = serializers.SlugRelatedField[Any]("username", read_only=True)
    closed_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = CorrectiveAction
        fields = (
            "number",
            "state",
            "warehouse",
            "asset",
            "inspection",
            "line",
            "what",
            "found",
            "takes_out",
            "owner",
            "due_on",
            "closed_at",
            "closed_by",
            "note",
            "created_at",
        )


class BeginInspectionSerializer(serializers.Serializer[Any]):
    """Which thing, by which checklist."""

    asset = serializers.CharField(max_length=40)
    checklist = serializers.CharField(max_length=20)


class AnswerSerializer(serializers.Serializer[Any]):
    """What was found at a line: whether it passes, or what was read off."""

    line = serializers.IntegerField(min_value=1, max_value=32767)
    passed = serializers.BooleanField(required=False, allow_null=True, default=None)
    reading = serializers.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, required=False, allow_null=True, default=None
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class RecordInspectionSerializer(serializers.Serializer[Any]):
    """An answer to every line."""

    results = serializers.ListField(child=AnswerSerializer(), allow_empty=False, max_length=MOST_LINES)
    owner = serializers.CharField(
        max_length=150, required=False, help_text="Who mends what fails; left out: who answers for safety there"
    )


class AddPhotoSerializer(serializers.Serializer[Any]):
    """Which line, and its picture."""

    line = serializers.IntegerField(min_value=1, max_value=32767)
    picture = serializers.CharField(max_length=LONGEST_PICTURE, help_text="A JPEG or PNG in base64")


class CloseActionSerializer(serializers.Serializer[Any]):
    """What was done and seen."""

    note = serializers.CharField(max_length=400)
