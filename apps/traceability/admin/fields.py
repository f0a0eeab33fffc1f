"""What forms on recalls ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget

from apps.journal.admin.draft import choice_field, day_field, text_field
from apps.traceability.states import (
    RecallClass,
    RecallDepth,
    RecallSource,
)


def long_text(**more: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(max_length=2000, required=False, widget=UnfoldAdminTextareaWidget(), **more)


def fact_fields() -> dict[str, forms.Field]:
    """What a case says of itself."""
    return {
        "reason": text_field(max_length=200),
        "source": choice_field(RecallSource.choices),
        "recall_class": choice_field([("", "Not classed yet"), *RecallClass.choices], required=False, label="Class"),
        "depth": choice_field(RecallDepth.choices, initial=RecallDepth.RETAIL),
        "regulator_reference": text_field(max_length=60, required=False, label="Regulator's reference"),
        "done_by": day_field(required=False, label="Expected to be done by"),
        "strategy": long_text(help_text="How it is carried out, for the file"),
        "instructions": long_text(help_text="What the letters ask of consignees; empty: what we always ask"),
    }
