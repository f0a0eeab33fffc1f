"""The checklist of an inspection as a form at the desk: a line each, by how it is answered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.core.quantities import DIGITS, PLACES
from apps.journal.admin.page import DocumentForm
from apps.workplace.models import WorkplaceInspection
from apps.workplace.operations import Answer
from apps.workplace.states import LineKind

PASSED, FAILED = "passed", "failed"
ANSWERS = [("", "Not looked at"), (PASSED, "Passed"), (FAILED, "Failed")]


class AnswerForm(DocumentForm):
    """What was found, line by line; nothing is answered beforehand, so that nobody passes what they did not see."""

    def __init__(self, data: Any, *, document: WorkplaceInspection) -> None:
        super().__init__(data, document=document)
        self.lines = list(document.checklist.lines.all())
        for line in self.lines:
            label = f"{line}{' (critical)' if line.is_critical else ''}"
            self.fields[f"line_{line.line}"] = (
                forms.DecimalField(
                    max_digits=DIGITS,
                    decimal_places=PLACES,
                    label=f"{label}, {line.limits}",
                    widget=UnfoldAdminTextInputWidget(),
                )
                if line.kind == LineKind.READING
                else forms.ChoiceField(choices=ANSWERS, label=label, widget=UnfoldAdminSelectWidget())
            )
            self.fields[f"note_{line.line}"] = forms.CharField(
                max_length=200, required=False, label="Note", widget=UnfoldAdminTextInputWidget()
            )

    def clean(self) -> dict[str, Any]:
        """The answers as the operation takes them."""
        found: dict[str, Any] = super().clean() or {}
        return {"answers": [self._answer(line.line, found) for line in self.lines]}

    def _answer(self, line: int, found: dict[str, Any]) -> Answer:
        said, note = found.get(f"line_{line}"), found.get(f"note_{line}", "")
        if isinstance(said, Decimal):
            return Answer(line=line, reading=said, note=note)
        return Answer(line=line, passed=said == PASSED if said else None, note=note)
