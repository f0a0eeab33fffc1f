"""Rules on odd adjustments, and what was dismissed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from apps.accounts.access import LOSSES
from apps.core.admin import MasterDataAdmin
from apps.core.admin.cells import moment
from apps.journal.admin.draft import DraftAdmin, choice_field, choose, text_field
from apps.losses.models import OddDismissal, OddRule
from apps.losses.operations import MAY_INVESTIGATE, dismiss_odd
from apps.losses.states import Oddity


@admin.register(OddRule)
class OddRuleAdmin(MasterDataAdmin):
    """From which day on how far off is odd."""

    access = LOSSES
    list_display = ("effective_on", "score", "fewest", "repeats", "window_days", "match_days", "source", "is_verified")
    search_fields = ("source",)
    first_step = "Add a rule from a day on; without one nothing is told as odd."


@admin.register(OddDismissal)
class OddDismissalAdmin(DraftAdmin):
    """Odd adjustments that somebody found to be none."""

    access = LOSSES
    drafted_by = MAY_INVESTIGATE
    draft_label = "Dismiss it"
    drafted = "It is told no more."
    trail_kinds = ("odd adjustment",)
    list_display = ("dismissed", "posting", "kind", "reason", "dismissed_by")
    list_select_related = ("posting", "dismissed_by")
    list_filter = ("kind",)
    search_fields = ("reason", "posting__document")
    first_step = "Odd adjustments leads here: say why one is none."

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Which posting, in which way, and why it is not odd."""
        return {
            "posting": choose(OddDismissal, "posting", request),
            "kind": choice_field(Oddity.choices, label="Odd because"),
            "reason": text_field(max_length=200, label="It is none because"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Dismissed."""
        del lines
        return dismiss_odd, {"posting_id": head["posting"].pk, "kind": head["kind"], "reason": head["reason"]}

    def next_page(self, answer: Any) -> str:
        """Back to what is still odd."""
        del answer
        return reverse("desk-odd-adjustments")

    def trail_number(self, document: OddDismissal) -> str:
        """The posting's."""
        return str(document.posting_id)

    @admin.display(description="dismissed", ordering="dismissed_at")
    def dismissed(self, row: OddDismissal) -> SafeString:
        """In universal time."""
        return moment(row.dismissed_at)
