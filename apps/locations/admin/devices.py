"""Handhelds and integrations: enrolled at a warehouse, given another token, revoked."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.accounts.access import PEOPLE
from apps.accounts.models import Device, DeviceKind, User
from apps.accounts.operations import Registered
from apps.core import clock
from apps.core.admin import DeskAdmin, visible
from apps.core.admin.cells import Tone, badge, moment
from apps.journal.admin.page import AskReason
from apps.journal.desk import act
from apps.locations.admin.form_page import form_page
from apps.locations.models import Warehouse
from apps.locations.operations import enrol_device, renew_device, revoke_device


class EnrolForm(forms.Form):
    """What a new device is, and where it is used."""

    number = forms.CharField(max_length=40, widget=UnfoldAdminTextInputWidget())
    name = forms.CharField(max_length=80, widget=UnfoldAdminTextInputWidget())
    kind = forms.ChoiceField(choices=DeviceKind.choices, widget=UnfoldAdminSelectWidget())
    warehouse = forms.ModelChoiceField(Warehouse.objects.none(), widget=UnfoldAdminSelectWidget())
    service_user = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        required=False,
        help_text="Who an integration acts as",
        widget=UnfoldAdminSelectWidget(),
    )

    def clean(self) -> dict[str, Any]:
        """An integration acts as somebody."""
        given = super().clean() or {}
        if given.get("kind") == DeviceKind.INTEGRATION and not given.get("service_user"):
            self.add_error("service_user", "An integration needs a service user.")
        return given


@admin.register(Device)
class DeviceAdmin(DeskAdmin):
    """Handhelds and integrations; a token is shown once, on the page that answers."""

    access = PEOPLE
    list_display = ("number", "name", "kind", "state", "service_user", "expiry")
    list_filter = ("kind",)
    list_select_related = ("service_user",)
    search_fields = ("number", "name")
    autocomplete_fields = ("service_user",)
    fields = ("number", "name", "kind", "service_user", "scopes", "expires_at", "revoked_at")
    readonly_fields = ("number", "kind", "expires_at", "revoked_at")
    actions_detail = ("renew", "revoke")
    first_step: ClassVar[str] = "Add a handheld and say where it is used: its token appears once, when you save."

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A device is revoked and stays: the trail names it."""
        del request, obj
        return False

    @admin.display(description="state")
    def state(self, device: Device) -> SafeString:
        """Whether its token still opens the door."""
        if device.revoked_at:
            return badge("Revoked", Tone.BLOCKED)
        return badge("Active", Tone.DONE) if device.expires_at > clock.now() else badge("Expired", Tone.LATE)

    @admin.display(description="token until", ordering="expires_at")
    def expiry(self, device: Device) -> SafeString:
        """When its token ends."""
        return moment(device.expires_at)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Enrol a device at a warehouse."""
        del form_url, extra_context
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = EnrolForm(request.POST if request.method == "POST" else None)
        form.fields["warehouse"].queryset = visible(Warehouse.objects.all(), request)  # type: ignore[attr-defined]
        if form.is_valid():
            given = dict(form.cleaned_data)
            warehouse, service_user = given.pop("warehouse"), given.pop("service_user")
            answer = self._with_token(
                request,
                enrol_device,
                done="%s is enrolled.",
                warehouse_id=warehouse.pk,
                service_user_id=service_user.pk if service_user else None,
                **given,
            )
            if answer is not None:
                return answer
        return form_page(self, request, title="Add device", form=form, button="Enrol it and show its token")

    @action(description="Issue a new token", url_path="renew", permissions=["change"], icon="key")  # type: ignore[untyped-decorator]
    def renew(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The old token ends at once; the new one is on the page that answers."""
        device = self._device(request, object_id)
        if request.method != "POST":
            return form_page(self, request, title=f"New token for {device}", form=None, button="End the old token")
        answer = self._with_token(request, renew_device, done="The old token of %s has ended.", device_id=device.pk)
        return answer or self._back(device)

    @action(description="Revoke the token", url_path="revoke", permissions=["change"], icon="block")  # type: ignore[untyped-decorator]
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The device is out from its next request on, and whoever held it signed off."""
        device = self._device(request, object_id)
        form = AskReason(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return form_page(self, request, title=f"Revoke {device}", form=form, button="Revoke the token")
        act(request, revoke_device, done="%s is revoked.", device_id=device.pk, reason=form.cleaned_data["reason"])
        return self._back(device)

    def _device(self, request: HttpRequest, object_id: str) -> Device:
        device: Device | None = self.get_object(request, object_id)
        if device is None:
            raise Http404
        return device

    def _with_token(self, request: HttpRequest, operation: Any, *, done: str, **arguments: Any) -> HttpResponse | None:
        """Run it and show the token in the answer itself: a message would carry it in a cookie. None when refused."""
        made: list[Registered] = []

        def render(registered: Registered) -> str:
            made.append(registered)
            return registered.device.number

        if act(request, operation, done=done, render=render, **arguments) is None:
            return None
        device = made[-1].device
        context = {
            **self.admin_site.each_context(request),
            "title": f"Token of {device}",
            "opts": self.opts,
            "device": device,
            "token": made[-1].token,
            "page_address": reverse("admin:accounts_device_change", args=[device.pk]),
        }
        return TemplateResponse(request, "admin/stillage/token.html", context)

    def _back(self, device: Device) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:accounts_device_change", args=[device.pk]))
