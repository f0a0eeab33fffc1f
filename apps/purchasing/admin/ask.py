"""What the verbs of an order ask before they run."""

from __future__ import annotations

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.catalog.models import Item
from apps.journal.admin.draft import day_field, number_field, text_field
from apps.purchasing.operations import LineChange, OrderLine
from apps.purchasing.states import SendMethod


class AskChange(forms.Form):
    """One line changed or added, or another date; as often as needed, before another approves it."""

    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}))
    line = forms.IntegerField(
        required=False, min_value=1, widget=UnfoldAdminTextInputWidget(), help_text="The line to change, if any"
    )
    item = text_field(required=False, max_length=40, help_text="Instead: the number of an item to add")
    quantity = number_field(required=False, help_text="Base units; of a line, zero cancels it and empty leaves it")
    price = number_field(required=False, help_text="Empty: as it is, or from the supplier's list")
    due_on = day_field(required=False, label="Due", help_text="Empty: as it is")

    def clean(self) -> dict[str, Any]:
        """What the operation takes."""
        said = super().clean() or {}
        line, item, quantity, price = (said.get(name) for name in ("line", "item", "quantity", "price"))
        if line and item:
            self.add_error("item", "Either a line is changed or an item is added.")
        if item and not quantity:
            self.add_error("quantity", "How much of the item?")
        if not line and not item and (quantity is not None or price is not None):
            self.add_error("line", "Of which line?")
        wanted = Item.objects.filter(number=item).first() if item else None
        if item and wanted is None:
            self.add_error("item", "There is no such item.")
        if self.errors:
            return said
        return {
            "reason": said["reason"],
            "due_on": said["due_on"],
            "changes": [LineChange(line=line, quantity=quantity, price=price)] if line else [],
            "added": [OrderLine(item_id=wanted.pk, quantity=quantity, price=price)] if wanted and quantity else [],
        }


class AskMore(forms.Form):
    """How much of a line may come in all, beyond its tolerance."""

    line = forms.IntegerField(min_value=1, widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}))
    most = number_field(help_text="Base units, with what has come")
    reason = text_field(max_length=200)


class AskSending(forms.Form):
    """How it went to the supplier, and to whom there."""

    how = forms.ChoiceField(choices=SendMethod.choices, widget=UnfoldAdminSelectWidget())
    to = text_field(required=False, max_length=120, help_text="A person or an address")


class AskConfirmation(forms.Form):
    """The supplier's number, and when it comes: all of it, or one line of it at a time."""

    confirmation = text_field(max_length=80, help_text="The supplier's number for the order")
    promised_on = day_field(required=False, label="Promised for")
    line = forms.IntegerField(
        required=False, min_value=1, widget=UnfoldAdminTextInputWidget(), help_text="Empty: all that is still to come"
    )

    def clean(self) -> dict[str, Any]:
        """What the operation takes."""
        said = super().clean() or {}
        line, day = said.get("line"), said.get("promised_on")
        if line and day is None:
            self.add_error("promised_on", "When does the line come?")
        if self.errors:
            return said
        when = {"promised": {line: day}} if line else {"all_on": day}
        return {"confirmation": said["confirmation"]} | when
