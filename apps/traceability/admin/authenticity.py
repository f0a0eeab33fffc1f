"""Who asked whether a unit is genuine, at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.forms import BooleanField, Field
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldBooleanWidget

from apps.accounts.access import AUTHENTICITY
from apps.accounts.roles import Role
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment
from apps.core.admin.page import Fact
from apps.journal.admin.draft import DraftAdmin, text_field
from apps.traceability.models import AuthenticityCheck
from apps.traceability.operations import check_authenticity
from apps.traceability.states import Authenticity

TONES = {
    Authenticity.GENUINE: Tone.DONE,
    Authenticity.UNKNOWN: Tone.WAITING,
    Authenticity.DUPLICATE: Tone.BLOCKED,
    Authenticity.RECALLED: Tone.BLOCKED,
    Authenticity.SUSPECT: Tone.BLOCKED,
}


@admin.register(AuthenticityCheck)
class AuthenticityCheckAdmin(DraftAdmin):
    """Each asking with its answer; never changed."""

    access = AUTHENTICITY
    drafted_by = (Role.QUALITY, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.SALES, Role.ADMIN)
    draft_label = "Check a unit"
    drafted = "The asking is kept with its answer."
    trail_kinds = ("authenticity check",)
    list_display = ("number", "answer", "code", "item", "place", "when", "asked_by")
    list_select_related = ("item", "asked_by")
    list_filter = ("verdict", "is_outside")
    search_fields = ("number", "code", "place", "serial__number")
    first_step = "Scan a serial number or a link on a unit: the ledger says whether it is one of ours."

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """What is on the unit, and where it is."""
        del request
        return {
            "code": text_field(max_length=200, help_text="Serial number, GS1 code or Digital Link"),
            "place": text_field(max_length=80, help_text="Where the unit is"),
            "is_outside": BooleanField(
                required=False, initial=True, label="Held by a customer or another", widget=UnfoldBooleanWidget()
            ),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Asked at once."""
        del lines
        return check_authenticity, head

    @admin.display(description="answer", ordering="verdict")
    def answer(self, check: AuthenticityCheck) -> SafeString:
        """The verdict."""
        return badge(check.get_verdict_display(), TONES[Authenticity(check.verdict)])

    @admin.display(description="asked", ordering="asked_at")
    def when(self, check: AuthenticityCheck) -> SafeString:
        """In universal time."""
        return moment(check.asked_at)

    def facts(self, document: AuthenticityCheck) -> Iterable[Fact]:
        """What was asked and answered."""
        yield Fact("Answer", self.answer(document))
        yield Fact("Because", document.because)
        yield Fact("Code", document.code)
        yield Fact("Item", link(document.item) if document.item is not None else NOTHING)
        yield Fact("Serial number", document.serial.number if document.serial is not None else NOTHING)
        yield Fact("Where", document.place)
        yield Fact("Held", "by a customer or another" if document.is_outside else "at a site of ours")
        yield Fact("Asked", moment(document.asked_at))
        yield Fact("By", document.asked_by)
        yield Fact("Device", document.device or NOTHING)
