"""The conflict inbox at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextInputWidget

from apps.accounts.access import FLOOR
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.page import Button, PageAdmin
from apps.tasks.models import Conflict
from apps.tasks.operations import MAY_SETTLE
from apps.tasks.operations.conflicts import see_conflict, set_right_by_hand
from apps.tasks.states import ConflictState

TONES = {
    ConflictState.OPEN: Tone.BLOCKED,
    ConflictState.SEEN: Tone.WAITING,
    ConflictState.BY_HAND: Tone.DONE,
}


class NoteForm(forms.Form):
    """What was found, in a few words; looking is enough."""

    note = forms.CharField(max_length=200, required=False, widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}))


class WhatWasDoneForm(forms.Form):
    """What was done about it, in a few words."""

    note = forms.CharField(
        max_length=200,
        label="What was done",
        widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}),
    )


@admin.register(Conflict)
class ConflictAdmin(PageAdmin):
    """What was done out of reach of the warehouse, and refused when it was told."""

    access = FLOOR
    list_display = ("number", "stands", "received", "worker", "device", "task", "command", "code", "warehouse")
    list_select_related = ("worker", "device", "task", "warehouse")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter), "code")
    search_fields = ("number", "worker__username", "device__number", "task__number", "command", "key")
    first_step = (
        "What a handheld did without an answer, and is refused when it is heard again, waits here for a person."
    )
    buttons = (
        Button(
            name="seen",
            label="Seen",
            operation=see_conflict,
            argument="conflict_id",
            form=NoteForm,
            done="%s is seen.",
            roles=MAY_SETTLE,
            states=(ConflictState.OPEN,),
            icon="visibility",
        ),
        Button(
            name="by-hand",
            label="Done by hand",
            operation=set_right_by_hand,
            argument="conflict_id",
            form=WhatWasDoneForm,
            done="%s is settled.",
            roles=MAY_SETTLE,
            states=(ConflictState.OPEN, ConflictState.SEEN),
            icon="front_hand",
        ),
    )

    @admin.display(description="state", ordering="state")
    def stands(self, conflict: Conflict) -> SafeString:
        """Where it stands."""
        return conflict_badge(conflict)

    @admin.display(description="told", ordering="received_at")
    def received(self, conflict: Conflict) -> SafeString:
        """By the clock of the warehouse."""
        return moment(conflict.received_at, conflict.warehouse.timezone)

    def note(self, document: Conflict) -> str:
        """Why it was refused, while nobody has looked."""
        return str(document.refusal.get("title", "")) if document.state == ConflictState.OPEN else ""

    def facts(self, document: Conflict) -> Iterable[Fact]:
        """Who, with what, when by both clocks, and what became of it."""
        zone = document.warehouse.timezone
        yield Fact("State", conflict_badge(document))
        yield Fact("Worker", document.worker)
        yield Fact("Device", document.device or NOTHING)
        yield Fact("Task", link(document.task))
        yield Fact("Command", document.command)
        yield Fact("Done, by the device's clock", moment(document.occurred_at, zone))
        yield Fact("Told, by the warehouse's clock", moment(document.received_at, zone))
        yield Fact("Refused because", document.refusal.get("title", document.code))
        yield Fact("Warehouse", document.warehouse)
        if document.settled_by:
            yield Fact("Settled by", document.settled_by)
            yield Fact("Settled", moment(document.settled_at, zone))
        if document.note:
            yield Fact("Note", document.note)

    def tables(self, request: HttpRequest, document: Conflict) -> Iterable[Table]:
        """What was said, what the refusal knew, and how the task stood."""
        del request
        yield _named("What the worker said", document.said, "Nothing but the command itself.")
        yield _named("Facts of the refusal", document.refusal.get("facts") or {}, "None but its reason.")
        yield _named("How the task stood", document.found, "It is about no task.")


def conflict_badge(conflict: Conflict) -> SafeString:
    """Where it stands, in its colour."""
    return badge(conflict.get_state_display(), TONES[ConflictState(conflict.state)])


def _named(title: str, values: dict[str, Any], empty: str) -> Table:
    return Table(
        title=title,
        columns=(Column("What"), Column("Value")),
        rows=[(name.replace("_", " "), _shown(value)) for name, value in values.items()],
        empty=empty,
    )


def _shown(value: object) -> object:
    return NOTHING if value in (None, "") else str(value)
