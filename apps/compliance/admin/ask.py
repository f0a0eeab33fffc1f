"""What the verbs of an inspection ask before they run."""

from __future__ import annotations

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.compliance.operations import Decided, Recorded
from apps.compliance.states import InspectionDisposition
from apps.journal.admin.draft import number_field, text_field

PASSED = {"": None, "yes": True, "no": False}
WHY = UnfoldAdminTextInputWidget(attrs={"autofocus": True})
FATES = tuple(each.value for each in InspectionDisposition)


class AskResult(forms.Form):
    """One characteristic at one unit of the sample, or alike at several; as often as needed."""

    characteristic = forms.IntegerField(min_value=1, initial=1, widget=WHY, help_text="Its line in the table")
    sample = forms.IntegerField(
        min_value=1, initial=1, label="Unit", widget=UnfoldAdminTextInputWidget(), help_text="Of the sample, from 1"
    )
    through = forms.IntegerField(
        required=False, min_value=1, widget=UnfoldAdminTextInputWidget(), help_text="Alike up to this unit, if any"
    )
    passed = forms.ChoiceField(
        required=False,
        choices=(("", "Measured"), ("yes", "Passed"), ("no", "Failed")),
        widget=UnfoldAdminSelectWidget(),
    )
    value = forms.DecimalField(
        required=False, max_digits=18, decimal_places=6, widget=UnfoldAdminTextInputWidget(), help_text="As measured"
    )
    note = text_field(required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """What the operation takes."""
        said = super().clean() or {}
        if self.errors:
            return said
        return {"results": [Recorded(**said | {"passed": PASSED[said["passed"]]})]}


class AskDecision(forms.Form):
    """What becomes of all of it, by quantity; results bound what may be accepted."""

    reason = forms.CharField(max_length=200, widget=WHY)
    accept = number_field(required=False, help_text="Base units; available from now on")
    reject = number_field(required=False, help_text="Blocked, until it goes back to the supplier")
    rework = number_field(required=False, help_text="Stays, and is inspected again")
    use_as_is = number_field(required=False, help_text="Stays, until another approves the concession")

    def clean(self) -> dict[str, Any]:
        """What the operation takes."""
        said = super().clean() or {}
        if self.errors:
            return said
        decisions = [Decided(disposition=fate, quantity=said[fate]) for fate in FATES if said.get(fate)]
        return {"reason": said["reason"], "decisions": decisions}


class AskUnits(forms.Form):
    """What becomes of each serial unit."""

    reason = forms.CharField(max_length=200, widget=WHY)
    accept = text_field(required=False, help_text="Serial numbers with commas between them")
    reject = text_field(required=False)
    rework = text_field(required=False)
    use_as_is = text_field(required=False)

    def clean(self) -> dict[str, Any]:
        """What the operation takes."""
        said = super().clean() or {}
        if self.errors:
            return said
        named = {fate: [text.strip() for text in said[fate].split(",") if text.strip()] for fate in FATES}
        decisions = [Decided(disposition=fate, serials=numbers) for fate, numbers in named.items() if numbers]
        return {"reason": said["reason"], "decisions": decisions}


class AskReturn(forms.Form):
    """How much the truck takes, and under which number of the supplier."""

    quantity = number_field(required=False, help_text="Base units; empty: all that is rejected and here")
    reference = text_field(required=False, max_length=80, help_text="The supplier's number for the return")
    carrier = text_field(required=False, max_length=80)
