"""What pages of figures ask by: days and a site of the person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from apps.locations.models import Warehouse

if TYPE_CHECKING:
    from apps.accounts.models import User

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AskDays(forms.Form):
    """Of which days, both counted in, and which site."""

    since = forms.DateField(label="From", widget=DAY)
    until = forms.DateField(label="To", widget=DAY)
    warehouse = forms.ModelChoiceField(
        Warehouse.objects.none(), required=False, to_field_name="code", label="Site", empty_label="All sites"
    )

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        self.user = user
        choice = cast("forms.ModelChoiceField[Warehouse]", self.fields["warehouse"])
        choice.queryset = Warehouse.objects.for_user(user).distinct().order_by("code")

    def clean(self) -> None:
        """The first day is not after the last one."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("since", "The first day is after the last one.")

    @property
    def sites(self) -> list[Warehouse]:
        """The one that was chosen, else all of the person's."""
        chosen = self.cleaned_data["warehouse"]
        return [chosen] if chosen else list(Warehouse.objects.for_user(self.user).distinct())
