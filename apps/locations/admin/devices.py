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
from apps.accounts.operations import Offered, Registered
from apps.core import clock
from apps.core.admin import DeskAdmin, visible
from apps.core.admin.cells import Tone, badge, moment
from apps.core.paper.barcodes import qr_code
from apps.journal.admin.page import AskReason
from apps.journal.desk import act
from apps.locations.admin.form_page import form_page
from apps.locations.models import Warehouse
from apps.locations.operations import enrol_device, enrol_handheld, reenrol_handheld, renew_device, revoke_device


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
    """Handhelds and integrations; an enrolment code or a token is shown once, on the page that answers."""

    access = PEOPLE
    list_display = ("number", "name", "kind", "state", "service_user", "expiry")
    list_filter = ("kind",)
    list_select_related = ("service_user",)
    search_fields = ("number", "name")
    autocomplete_fields = ("service_user",)
    fields = ("number", "name", "kind", "service_user", "scopes", "expires_at", "revoked_at")
    readonly_fields = ("number", "kind", "expires_at", "revoked_at")
    actions_detail = ("enrol", "renew", "revoke")
    first_step: ClassVar[str] = "Add a handheld and say where it is used: when you save, a code appears for it to scan."

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A device is revoked and stays: the trail names it."""
        del request, obj
        return False

    @admin.display(description="state")
    def state(self, device: Device) -> SafeString:
        """Whether its token still opens the door."""
        if device.revoked_at:
            return badge("Revoked", Tone.BLOCKED)
        if not device.is_enrolled:
            return badge("Not enrolled", Tone.WAITING)
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
            answer = self._enrol(request, dict(form.cleaned_data))
            if answer is not None:
                return answer
        return form_page(self, request, title="Add device", form=form, button="Enrol it")

    @action(description="Enrol by QR code", url_path="enrol", permissions=["change"], icon="qr_code")  # type: ignore[untyped-decorator]
    def enrol(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A code for the handheld to scan, on the page that answers."""
        device = self._device(request, object_id)
        if request.method != "POST":
            return form_page(self, request, title=f"Enrol {device}", form=None, button="Show its code")
        done = "A code for %s has been made; it is good for ten minutes."
        answer = self._with_code(request, reenrol_handheld, done=done, device_id=device.pk)
        return answer or self._back(device)

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

    def _enrol(self, request: HttpRequest, given: dict[str, Any]) -> HttpResponse | None:
        """A handheld gets a code to scan; an integration, which scans nothing, its token."""
        warehouse, service_user, kind = given.pop("warehouse"), given.pop("service_user"), given.pop("kind")
        given["warehouse_id"] = warehouse.pk
        if kind == DeviceKind.HANDHELD:
            return self._with_code(request, enrol_handheld, done="%s can be enrolled now.", **given)
        given |= {"kind": kind, "service_user_id": service_user.pk}
        return self._with_token(request, enrol_device, done="%s is enrolled.", **given)

    def _with_token(self, request: HttpRequest, operation: Any, *, done: str, **arguments: Any) -> HttpResponse | None:
        made: Registered | None = self._made(request, operation, done, arguments)
        if made is None:
            return None
        return self._shown_once(request, made.device, "token", f"Token of {made.device}", token=made.token)

    def _with_code(self, request: HttpRequest, operation: Any, *, done: str, **arguments: Any) -> HttpResponse | None:
        made: Offered | None = self._made(request, operation, done, arguments)
        if made is None:
            return None
        # After the fragment's mark, so that no server and no proxy is told the code by the address.
        page = request.build_absolute_uri(reverse("scan-page"))
        symbol = qr_code(f"{page}#enrol={made.code}")
        side = symbol.columns + 2 * symbol.quiet
        return self._shown_once(
            request, made.device, "enrolment", f"Enrol {made.device}", page=page, symbol=symbol, side=side, made=made
        )

    def _made(self, request: HttpRequest, operation: Any, done: str, arguments: dict[str, Any]) -> Any:
        """Run it; what it made is for the answer itself: a message would carry it in a cookie. None when refused."""
        made: list[Any] = []

        def render(result: Registered | Offered) -> str:
            made.append(result)
            return result.device.number

        answer = act(request, operation, done=done, render=render, **arguments)
        return None if answer is None else made[-1]

    def _shown_once(
        self, request: HttpRequest, device: Device, template: str, title: str, **more: Any
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "device": device,
            "page_address": reverse("admin:accounts_device_change", args=[device.pk]),
            **more,
        }
        return TemplateResponse(request, f"admin/stillage/{template}.html", context)

    def _back(self, device: Device) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:accounts_device_change", args=[device.pk]))
