"""What is asked of an injury case at the desk; times are by the site's clock."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from django import forms
from unfold.widgets import (
    UnfoldAdminSingleTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from apps.core.admin.cells import MINUTE
from apps.incidents.models import InjuryCase
from apps.incidents.operations import CaseFacts, LostSpan
from apps.incidents.states import InjuryKind, LostKind, PrivacyReason, SevereKind
from apps.journal.admin.draft import choice_field, day_field, text_field
from apps.journal.admin.page import DocumentForm
from apps.locations.rules import at_site

MORE_SPANS = 3
NONE: Final = ("", "-")


def _yes(label: str = "", **more: Any) -> forms.BooleanField:
    return forms.BooleanField(required=False, widget=UnfoldBooleanWidget(), label=label or None, **more)


def _story(**more: Any) -> forms.CharField:
    return forms.CharField(max_length=1000, required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}), **more)


def _asked() -> dict[str, forms.Field]:
    """The questions of the 301, those first that decide whether the case is recorded."""
    return {
        "person": text_field(max_length=120),
        "kind": choice_field(InjuryKind.choices),
        "is_work_related": _yes("Work-related"),
        "is_new_case": _yes("A new case"),
        "is_treated": _yes("Medical treatment beyond first aid"),
        "is_unconscious": _yes("Loss of consciousness"),
        "is_significant": _yes("Significant diagnosis"),
        "died_on": day_field(required=False),
        "privacy": choice_field([NONE, *PrivacyReason.choices], required=False, label="Privacy case because"),
        "job_title": text_field(max_length=80, required=False),
        "street": text_field(max_length=120, required=False),
        "city": text_field(max_length=80, required=False),
        "region": text_field(max_length=40, required=False, label="State or region"),
        "postcode": text_field(max_length=20, required=False),
        "born_on": day_field(required=False),
        "hired_on": day_field(required=False),
        "sex": choice_field([NONE, ("F", "F"), ("M", "M")], required=False),
        "work_began": forms.TimeField(required=False, widget=UnfoldAdminSingleTimeWidget()),
        "is_time_unknown": _yes("The time of the event cannot be determined"),
        "doing_before": _story(label="What were they doing just before?"),
        "what_happened": _story(label="What happened?"),
        "harm": text_field(max_length=400, required=False, label="Injury or illness, and part of the body"),
        "harmed_by": text_field(max_length=200, required=False, label="Object or substance"),
        "physician": text_field(max_length=120, required=False),
        "clinic": text_field(max_length=200, required=False, label="Facility, if treated elsewhere"),
        "in_emergency_room": _yes("Treated in an emergency room"),
        "in_patient": _yes("Hospitalised overnight"),
        "completed_by": text_field(max_length=120, required=False),
    }


class AskFacts(DocumentForm):
    """The 301, as far as it was filled in."""

    def __init__(self, data: Any, *, document: InjuryCase) -> None:
        super().__init__(data, document=document)
        for name, field in _asked().items():
            field.initial = getattr(document, name)
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """As the operation takes them."""
        said: dict[str, Any] = super().clean() or {}
        return {"facts": CaseFacts(**said)} if {each.name for each in fields(CaseFacts)} == set(said) else said


class AskDays(DocumentForm):
    """All days on which somebody was away or restricted, in order; a row without a kind is left out."""

    def __init__(self, data: Any, *, document: InjuryCase) -> None:
        super().__init__(data, document=document)
        told = list(document.lost_days.all())
        self.rows = range(1, len(told) + MORE_SPANS + 1)
        for number, row in zip(self.rows, [*told, *[None] * MORE_SPANS], strict=True):
            self.fields |= {
                f"kind_{number}": choice_field(
                    [NONE, *LostKind.choices],
                    required=False,
                    label=f"{number}. They were",
                    initial=row.kind if row is not None else "",
                ),
                f"first_{number}": day_field(
                    required=False, label=f"{number}. First day", initial=row.first if row is not None else None
                ),
                f"last_{number}": day_field(
                    required=False,
                    label=f"{number}. Last day",
                    initial=row.last if row is not None else None,
                    help_text="Empty: it goes on",
                ),
                f"is_estimate_{number}": _yes(
                    f"{number}. The last day is an estimate", initial=row is not None and row.is_estimate
                ),
            }

    def clean(self) -> dict[str, Any]:
        """As the operation takes them."""
        said: dict[str, Any] = super().clean() or {}
        spans = []
        for number in self.rows:
            kind, first, last = (said.get(f"{name}_{number}") for name in ("kind", "first", "last"))
            if not kind:
                continue
            if first is None:
                self.add_error(f"first_{number}", "Say from which day on.")
            elif said.get(f"is_estimate_{number}") and last is None:
                self.add_error(f"last_{number}", "An estimate has a last day.")
            else:
                is_estimate = bool(said.get(f"is_estimate_{number}"))
                spans.append(LostSpan(kind=kind, first=first, last=last, is_estimate=is_estimate))
        return {"spans": spans}


class AskSevere(DocumentForm):
    """What came to it that is told to the authority by the hour."""

    kind = choice_field(SevereKind.choices)

    def __init__(self, data: Any, *, document: InjuryCase) -> None:
        super().__init__(data, document=document)
        widget = UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})
        for name, label in (("happened_at", "When it came to that"), ("learned_at", "When we learned of it")):
            formats = [MINUTE, f"{MINUTE}:%S"]
            self.fields[name] = forms.DateTimeField(input_formats=formats, widget=widget, label=label)

    def clean(self) -> dict[str, Any]:
        """Instants, from the site's clock; the form believes in UTC."""
        said: dict[str, Any] = super().clean() or {}
        zone = self.document.incident.warehouse.timezone
        for name in ("happened_at", "learned_at"):
            if name in said:
                said[name] = at_site(said[name].replace(tzinfo=None), zone)
        return said


class AskReference(DocumentForm):
    """Which event was told, and under which number."""

    def __init__(self, data: Any, *, document: InjuryCase) -> None:
        super().__init__(data, document=document)
        waiting = [event for event in document.severe_events.all() if event.reported_at is None]
        choices = [(event.kind, event.get_kind_display()) for event in waiting]
        self.fields["kind"] = choice_field(choices, label="What was told")
        self.fields["reference"] = text_field(max_length=80, help_text="How it was told, and its number")
