"""What the buttons of a return ask."""

from __future__ import annotations

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.journal.admin.draft import number_field, text_field
from apps.returns.states import Disposition, Grade


class AskPlace(forms.Form):
    """Where all that is to come stands now; the page fills in the places that the person may see."""

    location_id = forms.TypedChoiceField(coerce=int, label="Place", widget=UnfoldAdminSelectWidget())


class AskVerdict(forms.Form):
    """What becomes of some of a line."""

    line = forms.IntegerField(min_value=1, initial=1, widget=UnfoldAdminTextInputWidget())
    quantity = number_field(help_text="Base units")
    disposition = forms.ChoiceField(choices=Disposition.choices, widget=UnfoldAdminSelectWidget())
    remark = text_field(max_length=200, required=False, label="Note", help_text="What was seen; needed for scrap")
    grade = forms.ChoiceField(
        choices=[("", "Not graded"), *Grade.choices],
        required=False,
        widget=UnfoldAdminSelectWidget(),
        help_text="Needed for what somebody will use: restocked, refurbished, given away",
    )
    evidence = text_field(
        max_length=200,
        required=False,
        help_text="Of goods that need a temperature: what shows that they had it while away",
    )
    beneficiary = text_field(max_length=120, required=False, help_text="Who gets what is given away")


class AskRefusal(forms.Form):
    """What is not taken in, and why."""

    line = forms.IntegerField(min_value=1, initial=1, widget=UnfoldAdminTextInputWidget())
    quantity = number_field(help_text="Base units")
    reason = text_field(max_length=200)
