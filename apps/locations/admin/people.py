"""The person's page, with the PIN that opens a handheld to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from unfold.decorators import action
from unfold.widgets import UnfoldAdminPasswordWidget

from apps.accounts.admin import UserAdmin
from apps.accounts.models import User, hashed_pin
from apps.journal.desk import act
from apps.locations.admin.form_page import form_page
from apps.locations.operations import give_pin

admin.site.unregister(User)


class PinForm(forms.Form):
    """A PIN, twice: nobody sees what they type."""

    pin = forms.CharField(
        label="PIN",
        max_length=8,
        help_text="4 to 8 digits",
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    again = forms.CharField(
        label="PIN again",
        max_length=8,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        """Keep its hash alone."""
        given = super().clean() or {}
        pin, again = given.pop("pin", ""), given.pop("again", "")
        if self.errors:
            return given
        if pin != again:
            self.add_error("again", "The two are not the same.")
            return given
        try:
            return {"pin_hash": hashed_pin(pin)}
        except ValueError as error:
            self.add_error("pin", str(error))
            return given


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People who sign in at a desk, and on handhelds."""

    actions_detail = ("pin",)

    @action(description="Give a PIN", url_path="pin", permissions=["change"], icon="pin")  # type: ignore[untyped-decorator]
    def pin(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the PIN and hand its hash to the operation."""
        return _give(self, request, object_id)


@sensitive_post_parameters("pin", "again")
def _ask(request: HttpRequest) -> PinForm:
    return PinForm(request.POST if request.method == "POST" else None)


def _give(page: PersonAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    person = page.get_object(request, object_id)
    if person is None:
        raise Http404
    if not page.has_change_permission(request, person):
        raise PermissionDenied
    form = _ask(request)
    if not form.is_valid():
        return form_page(page, request, title=f"PIN of {person}", form=form, button="Give this PIN")
    # Without the form's key: a hash is salted, so the same PIN sent twice would look like another command.
    act(
        request,
        give_pin,
        done="%s signs on with the new PIN from now on.",
        user_id=person.pk,
        pin_hash=form.cleaned_data["pin_hash"],
    )
    return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[person.pk]))
