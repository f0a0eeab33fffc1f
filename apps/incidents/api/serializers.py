"""How incidents and cases read, and what the commands take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.incidents.models import Incident, IncidentAction, InjuryCase, LostDays, SevereEvent
from apps.incidents.states import IncidentKind, InjuryKind, LostKind, PrivacyReason, RootCause, SevereKind
from apps.workplace.states import ActionState

MOST_SPANS = 60


class IncidentActionSerializer(serializers.ModelSerializer[IncidentAction]):
    """A corrective action of it."""

    number = serializers.CharField(source="action.number", read_only=True)
    task = serializers.CharField(source="action.task", read_only=True)
    state = serializers.ChoiceField(choices=ActionState.choices, source="action.state", read_only=True)

    class Meta:
        model = IncidentAction
        fields = ("number", "task", "state")


class IncidentSerializer(serializers.ModelSerializer[Incident]):
    """What happened where and what is done about it; of an injury nothing about the person."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    location = serializers.SlugRelatedField[Any]("code", read_only=True)
    reported_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    investigated_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    closed_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    actions = IncidentActionSerializer(many=True, read_only=True)

    class Meta:
        model = Incident
        fields = (
            "number",
            "warehouse",
            "kind",
            "state",
            "occurred_at",
            "location",
            "what_happened",
            "reported_by",
            "findings",
            "root_cause",
            "investigated_by",
            "investigated_at",
            "closed_by",
            "closed_at",
            "note",
            "actions",
            "created_at",
        )


class ReportIncidentSerializer(serializers.Serializer[Any]):
    """What happened; when is now, and where is the site, unless said."""

    warehouse = serializers.CharField(max_length=20)
    kind = serializers.ChoiceField(choices=IncidentKind.choices)
    what_happened = serializers.CharField(max_length=2000)
    occurred_at = serializers.DateTimeField(required=False)
    location = serializers.CharField(max_length=40, required=False)
    person = serializers.CharField(max_length=120, required=False, default="", help_text="Who was hurt, by name")
    is_anonymous = serializers.BooleanField(required=False, default=False, help_text="Of a near miss only")


class InvestigateSerializer(serializers.Serializer[Any]):
    """What was found out, and what lies behind it; nothing about a person."""

    findings = serializers.CharField(max_length=2000)
    root_cause = serializers.ChoiceField(choices=RootCause.choices)


class ActOnIncidentSerializer(serializers.Serializer[Any]):
    """What is to be done, by whom until when."""

    task = serializers.CharField(max_length=200)
    owner = serializers.CharField(max_length=150)
    due_on = serializers.DateField()


class CloseIncidentSerializer(serializers.Serializer[Any]):
    """Why it can be closed."""

    note = serializers.CharField(max_length=400)


class LostDaysSerializer(serializers.ModelSerializer[LostDays]):
    """Days away or restricted."""

    class Meta:
        model = LostDays
        fields = ("kind", "first", "last", "is_estimate")


class SevereEventSerializer(serializers.ModelSerializer[SevereEvent]):
    """What is told to the authority, and by when."""

    class Meta:
        model = SevereEvent
        fields = ("kind", "happened_at", "learned_at", "due_at", "reported_at", "reference")


class InjuryCaseSerializer(serializers.ModelSerializer[InjuryCase]):
    """Personal medical data: for the safety role alone, and each reading is in the audit trail."""

    incident = serializers.SlugRelatedField[Any]("number", read_only=True)
    lost_days = LostDaysSerializer(many=True, read_only=True)
    severe_events = SevereEventSerializer(many=True, read_only=True)

    class Meta:
        model = InjuryCase
        exclude = ("id",)


class CaseNumberSerializer(serializers.ModelSerializer[InjuryCase]):
    """Which case it was; its content is read by reading it, which is written down."""

    incident = serializers.SlugRelatedField[Any]("number", read_only=True)

    class Meta:
        model = InjuryCase
        fields = ("number", "incident", "year", "case_number")


class AssessInjurySerializer(serializers.Serializer[Any]):
    """What the 301 asks for, and what decides whether it is recorded."""

    person = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(choices=InjuryKind.choices)
    is_work_related = serializers.BooleanField()
    is_new_case = serializers.BooleanField()
    job_title = serializers.CharField(max_length=80, required=False, allow_blank=True)
    street = serializers.CharField(max_length=120, required=False, allow_blank=True)
    city = serializers.CharField(max_length=80, required=False, allow_blank=True)
    region = serializers.CharField(max_length=40, required=False, allow_blank=True)
    postcode = serializers.CharField(max_length=20, required=False, allow_blank=True)
    born_on = serializers.DateField(required=False, allow_null=True)
    hired_on = serializers.DateField(required=False, allow_null=True)
    sex = serializers.ChoiceField(choices=[("F", "F"), ("M", "M")], required=False, allow_blank=True)
    work_began = serializers.TimeField(required=False, allow_null=True)
    is_time_unknown = serializers.BooleanField(required=False)
    doing_before = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    what_happened = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    harm = serializers.CharField(max_length=400, required=False, allow_blank=True)
    harmed_by = serializers.CharField(max_length=200, required=False, allow_blank=True)
    physician = serializers.CharField(max_length=120, required=False, allow_blank=True)
    clinic = serializers.CharField(max_length=200, required=False, allow_blank=True)
    in_emergency_room = serializers.BooleanField(required=False)
    in_patient = serializers.BooleanField(required=False)
    is_treated = serializers.BooleanField(required=False, help_text="Medical treatment beyond first aid")
    is_unconscious = serializers.BooleanField(required=False, help_text="Loss of consciousness")
    is_significant = serializers.BooleanField(required=False, help_text="Significant diagnosis")
    died_on = serializers.DateField(required=False, allow_null=True)
    privacy = serializers.ChoiceField(choices=PrivacyReason.choices, required=False, allow_blank=True)
    completed_by = serializers.CharField(max_length=120, required=False, allow_blank=True)


class LostSpanSerializer(serializers.Serializer[Any]):
    """Days away or restricted, both ends included; without a last day they go on."""

    kind = serializers.ChoiceField(choices=LostKind.choices)
    first = serializers.DateField()
    last = serializers.DateField(required=False, allow_null=True, default=None)
    is_estimate = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """An estimate is of a last day."""
        if attrs["is_estimate"] and attrs["last"] is None:
            raise serializers.ValidationError({"last": ["An estimate has a last day."]})
        return attrs


class CountDaysSerializer(serializers.Serializer[Any]):
    """All of a case's lost days, in order."""

    spans = serializers.ListField(child=LostSpanSerializer(), max_length=MOST_SPANS)


class NoteSevereSerializer(serializers.Serializer[Any]):
    """What is severe, when it came to that, and when it was learned of."""

    kind = serializers.ChoiceField(choices=SevereKind.choices)
    happened_at = serializers.DateTimeField()
    learned_at = serializers.DateTimeField()


class TellAuthoritySerializer(serializers.Serializer[Any]):
    """Which event was reported, and how."""

    kind = serializers.ChoiceField(choices=SevereKind.choices)
    reference = serializers.CharField(max_length=80)


class LogEntrySerializer(serializers.Serializer[Any]):
    """A line of the log; of a privacy case without the name."""

    case_number = serializers.IntegerField(source="case.case_number")
    name = serializers.CharField()
    job_title = serializers.CharField(source="case.job_title")
    occurred_on = serializers.DateField(source="case.occurred_on")
    harm = serializers.CharField(source="case.harm")
    kind = serializers.ChoiceField(choices=InjuryKind.choices, source="case.kind")
    outcome = serializers.CharField(source="outcome.value")
    days_away = serializers.IntegerField(source="days.away")
    days_restricted = serializers.IntegerField(source="days.restricted")
    goes_on = serializers.BooleanField(source="days.goes_on")
    is_capped = serializers.BooleanField(source="days.is_capped")


class YearLogSerializer(serializers.Serializer[Any]):
    """A year's log with its totals; a rate is null where no hours were worked."""

    warehouse = serializers.CharField(source="warehouse.code")
    year = serializers.IntegerField(source="figures.year")
    hours_worked = serializers.IntegerField(source="figures.hours_worked")
    days_away = serializers.IntegerField()
    days_restricted = serializers.IntegerField()
    trir = serializers.CharField(allow_null=True)
    dart = serializers.CharField(allow_null=True)
    entries = LogEntrySerializer(many=True)


class YearSerializer(serializers.Serializer[Any]):
    """Of which year."""

    year = serializers.IntegerField(min_value=1971, max_value=9998)
