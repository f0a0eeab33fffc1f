"""Overrides at the desk: asked for, decided by another, with each time that goods went past a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import OVERRIDES
from apps.core import clock
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.draft import DraftAdmin, choice_field, choose, day_field, number_field, text_field
from apps.journal.admin.page import Button
from apps.overrides.models import HazardOverride
from apps.overrides.operations import (
    MAY_APPROVE,
    MAY_ASK,
    Asked,
    approve_override,
    ask_override,
    end_override,
    refuse_override,
)
from apps.overrides.states import OverrideOf, OverrideState

STANDS = {
    OverrideState.ASKED: Tone.WAITING,
    OverrideState.APPROVED: Tone.HELD,
    OverrideState.REFUSED: Tone.BLOCKED,
    OverrideState.ENDED: Tone.DONE,
}
USES = (
    Column("When"),
    Column("By"),
    Column("With"),
    Column("Came to"),
    Column("Quantity", number=True),
    Column("What would have refused it"),
)


class RemarkForm(forms.Form):
    """Why, for the file."""

    remark = text_field(max_length=200)


class ApprovalForm(forms.Form):
    """What the approver adds."""

    remark = text_field(max_length=200, required=False)


@admin.register(HazardOverride)
class HazardOverrideAdmin(DraftAdmin):
    """What may go past which hazard rule, where and how long, and who approved it."""

    access = OVERRIDES
    drafted_by = MAY_ASK
    draft_label = "Ask for approval"
    drafted = "Asked for; nothing is allowed before another approves it."
    trail_kinds = ("hazard override",)
    list_display = ("number", "stands", "of", "item", "near", "place", "warehouse", "days", "asked_by")
    list_select_related = ("item__unit", "other_class", "zone__warehouse", "location", "warehouse", "asked_by")
    list_filter = (("state", StateFilter), "of", ("warehouse", OwnFilter))
    search_fields = ("number", "item__number", "reason", "authority", "location__code", "zone__code")
    first_step = "Ask here when goods must stand or travel where a hazard rule forbids it; another approves it, or not."
    buttons = (
        Button(
            name="approve",
            label="Approve",
            operation=approve_override,
            argument="override_id",
            done="%s is in force.",
            roles=MAY_APPROVE,
            states=(OverrideState.ASKED,),
            form=ApprovalForm,
            grave=True,
            icon="verified",
        ),
        Button(
            name="refuse",
            label="Refuse",
            operation=refuse_override,
            argument="override_id",
            done="%s is refused.",
            roles=MAY_ASK,
            states=(OverrideState.ASKED,),
            form=RemarkForm,
            icon="block",
        ),
        Button(
            name="end",
            label="End it",
            operation=end_override,
            argument="override_id",
            done="%s is over.",
            roles=MAY_ASK,
            states=(OverrideState.APPROVED,),
            form=RemarkForm,
            icon="event_busy",
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """What, past which rule, where, how long, why, and what is done instead."""
        return {
            "warehouse": choose(HazardOverride, "warehouse", request),
            "of": choice_field(OverrideOf.choices, label="Lets it go past"),
            "item": choose(HazardOverride, "item", request, help_text="The goods that are brought"),
            "other_class": choose(
                HazardOverride,
                "other_class",
                request,
                required=False,
                label="May come near to",
                help_text="The hazard class of the other goods; none for a limit",
            ),
            "zone": choose(HazardOverride, "zone", request, required=False, help_text="One zone, or one place"),
            "location": choose(HazardOverride, "location", request, required=False),
            "most": number_field(required=False, label="At most in all", help_text="Base units; must be for a limit"),
            "since": day_field(label="First day"),
            "until": day_field(label="Last day"),
            "reason": text_field(max_length=200),
            "safeguards": text_field(max_length=400, help_text="What is done instead, so that nobody is in danger"),
            "authority": text_field(
                max_length=120, required=False, help_text="Special permit, letter of the fire official"
            ),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Asked for; another approves."""
        del lines
        keys = {f"{name}_id": head[name].pk for name in ("item", "other_class", "zone", "location") if head[name]}
        said = {name: head[name] for name in ("of", "most", "since", "until", "reason", "safeguards", "authority")}
        return ask_override, {"warehouse_id": head["warehouse"].pk, "asked": Asked(**keys, **said)}

    @admin.display(description="state", ordering="state")
    def stands(self, override: HazardOverride) -> SafeString:
        """An approved one that is over says so."""
        if override.state == OverrideState.APPROVED and override.until < override.warehouse.local_date(clock.now()):
            return badge("Run out", Tone.DONE)
        return badge(override.get_state_display(), STANDS[OverrideState(override.state)])

    @admin.display(description="near", ordering="other_class__code")
    def near(self, override: HazardOverride) -> str:
        """The hazard class that it may come near to."""
        return override.other_class.code if override.other_class is not None else NOTHING

    @admin.display(description="where")
    def place(self, override: HazardOverride) -> str:
        """Its zone or place; what is carried is for the site."""
        return override.where or "vehicles and containers"

    @admin.display(description="days", ordering="since")
    def days(self, override: HazardOverride) -> str:
        """From its first to its last."""
        return f"{override.since} to {override.until}"

    def note(self, document: HazardOverride) -> str:
        """Who is waited for."""
        if document.state == OverrideState.ASKED:
            return f"{document.asked_by} asks; another, of safety, approves it. Until then the rule stands."
        return ""

    def facts(self, document: HazardOverride) -> Iterable[Fact]:
        """All that was asked for and decided."""
        yield Fact("State", self.stands(document))
        yield Fact("Lets it go past", document.get_of_display())
        yield Fact("Item", link(document.item))
        yield Fact("May come near to", document.other_class or NOTHING)
        yield Fact("Where", self.place(document))
        yield Fact("Site", document.warehouse)
        yield Fact("Days", self.days(document))
        if document.most is not None:
            yield Fact("At most in all", quantity(document.most, document.item.unit))
            yield Fact("Brought so far", quantity(document.used, document.item.unit))
        yield Fact("Reason", document.reason)
        yield Fact("Safeguards", document.safeguards)
        yield Fact("Allowed by", document.authority or NOTHING)
        yield Fact("Asked for", moment(document.created_at))
        yield Fact("Asked for by", document.asked_by)
        yield Fact("Decided", moment(document.decided_at))
        yield Fact("Decided by", document.decided_by or NOTHING)
        yield Fact("Remark", document.remark or NOTHING)

    def tables(self, request: HttpRequest, document: HazardOverride) -> Iterable[Table]:
        """Each time that goods went past the rule."""
        del request
        yield Table(
            title="Used",
            columns=USES,
            rows=[
                (moment(use.used_at), use.used_by, use.document, use.where, quantity(use.quantity), use.rule)
                for use in document.uses.select_related("used_by")[:200]
            ],
            empty="Nothing has gone past the rule under it.",
        )
