"""The inspection board, and what failed with who mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextInputWidget

from apps.accounts.access import WORKPLACE
from apps.core import clock
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, due, link, moment
from apps.core.admin.filters import due_filter
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.core.decimals import plain
from apps.journal.admin.draft import DraftAdmin, choose
from apps.journal.admin.page import Button, PageAdmin
from apps.workplace.admin.answers import AnswerForm
from apps.workplace.models import CheckResult, CorrectiveAction, WorkplaceInspection
from apps.workplace.operations import MAY_CLOSE, begin_inspection, close_action, record_inspection
from apps.workplace.states import ActionState, CheckState

CHECK_TONES = {CheckState.DUE: Tone.READY, CheckState.PASSED: Tone.DONE, CheckState.FAILED: Tone.BLOCKED}
ACTION_TONES = {ActionState.OPEN: Tone.LATE, ActionState.CLOSED: Tone.DONE}


@admin.register(WorkplaceInspection)
class WorkplaceInspectionAdmin(DraftAdmin):
    """What is due, overdue and failed, of every site."""

    access = WORKPLACE
    drafted_by = MAY_CLOSE
    draft_label = "Begin"
    drafted = "The inspection can be recorded."
    list_display = ("number", "stands", "asset_name", "checklist", "due_day", "done_by", "warehouse")
    list_select_related = ("asset", "checklist", "warehouse", "done_by")
    list_filter = (due_filter([CheckState.DUE]), ("state", StateFilter), ("warehouse", OwnFilter), "checklist")
    search_fields = ("number", "asset__number", "asset__name", "checklist__code")
    first_step = "Add things to inspect; each hour what has become due of them appears here."
    buttons = (
        Button(
            name="record",
            label="Record",
            operation=record_inspection,
            argument="inspection_id",
            done="%s is recorded.",
            roles=MAY_CLOSE,
            states=(CheckState.DUE,),
            form=AnswerForm,
            icon="checklist",
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Which thing, by which checklist; the one that is due already is gone on with."""
        return {
            "asset": choose(WorkplaceInspection, "asset", request),
            "checklist": choose(WorkplaceInspection, "checklist", request),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """One that nobody asked for, or the one that is due."""
        del lines
        return begin_inspection, {"asset_id": head["asset"].pk, "checklist_id": head["checklist"].pk}

    @admin.display(description="state", ordering="state")
    def stands(self, inspection: WorkplaceInspection) -> SafeString:
        """Where it stands, in its colour."""
        return badge(inspection.get_state_display(), CHECK_TONES[CheckState(inspection.state)])

    @admin.display(description="thing", ordering="asset__number")
    def asset_name(self, inspection: WorkplaceInspection) -> str:
        """What is inspected."""
        return f"{inspection.asset.number} {inspection.asset.name}"

    @admin.display(description="due", ordering="due_on")
    def due_day(self, inspection: WorkplaceInspection) -> SafeString:
        """When; late in orange."""
        today = inspection.warehouse.local_date(clock.now())
        return due(inspection.due_on, today, is_open=inspection.state == CheckState.DUE)

    def facts(self, document: WorkplaceInspection) -> Iterable[Fact]:
        """What, by which rule, when and by whom."""
        checklist = document.checklist
        yield Fact("State", self.stands(document))
        yield Fact("Thing", link(document.asset, f"{document.asset.number} {document.asset.name}"))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Checklist", link(checklist, checklist.name))
        yield Fact("Rule", checklist.source if checklist.is_verified else f"{checklist.source} (not verified)")
        yield Fact("Due", self.due_day(document))
        yield Fact("Done", moment(document.done_at, document.warehouse.timezone))
        yield Fact("By", document.done_by or NOTHING)

    def tables(self, request: HttpRequest, document: WorkplaceInspection) -> Iterable[Table]:
        """What was found, line by line, with the action that follows."""
        del request
        rows = CheckResult.objects.filter(inspection=document).select_related("action").prefetch_related("photos")
        titles = ("Looked at", "Found", "Note", "Photos", "Action")
        yield Table(
            title="Found",
            columns=(Column("#", number=True), *map(Column, titles)),
            rows=[
                (row.line, row.text, _found(row), row.note, _photos(row), link(getattr(row, "action", None)))
                for row in rows
            ],
            empty="It is not done yet.",
        )

    def papers(self, document: WorkplaceInspection) -> Iterable[Paper]:
        """The form to fill in."""
        yield Paper("Checklist", reverse("workplaceinspection-form", args=[document.number]))


def _found(row: CheckResult) -> SafeString:
    word = "Passed" if row.passed else "Failed"
    reading = "" if row.reading is None else f" at {plain(row.reading)} {row.unit}"
    return badge(f"{word}{reading}", Tone.DONE if row.passed else Tone.BLOCKED)


def _photos(row: CheckResult) -> SafeString:
    """Each opens as it was taken; whether somebody may see it is asked again there."""
    addresses = ((reverse("checkphoto-picture", args=[photo.number]), photo.number) for photo in row.photos.all())
    return format_html_join(" ", '<a class="text-primary-600" href="{}">{}</a>', addresses)


class AskNote(forms.Form):
    """What was done and seen."""

    note = forms.CharField(max_length=400, widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}))


@admin.register(CorrectiveAction)
class CorrectiveActionAdmin(PageAdmin):
    """What failed, who mends it until when, and what it keeps out of service."""

    access = WORKPLACE
    list_display = ("number", "stands", "asset", "what", "service", "owner", "due_day", "warehouse")
    list_select_related = ("asset", "result", "owner", "warehouse")
    list_filter = (due_filter([ActionState.OPEN]), ("state", StateFilter), ("warehouse", OwnFilter), "takes_out")
    search_fields = ("number", "asset__number", "asset__name", "owner__username", "result__text", "task")
    first_step = "What fails at an inspection or led to an incident appears here, with who mends it and until when."
    buttons = (
        Button(
            name="close",
            label="Close",
            operation=close_action,
            argument="action_id",
            done="%s is closed, and in service again what it took out.",
            roles=MAY_CLOSE,
            states=(ActionState.OPEN,),
            form=AskNote,
            icon="check",
        ),
    )

    @admin.display(description="state", ordering="state")
    def stands(self, action: CorrectiveAction) -> SafeString:
        """Where it stands, in its colour."""
        return badge(action.get_state_display(), ACTION_TONES[ActionState(action.state)])

    @admin.display(description="what")
    def what(self, action: CorrectiveAction) -> str:
        """The line of the checklist, or what is to be done."""
        return action.what

    @admin.display(description="service")
    def service(self, action: CorrectiveAction) -> object:
        """Whether it keeps anything out of service."""
        out = action.takes_out and action.state == ActionState.OPEN
        return badge("Out of service", Tone.BLOCKED) if out else NOTHING

    @admin.display(description="due", ordering="due_on")
    def due_day(self, action: CorrectiveAction) -> SafeString:
        """When; late in orange."""
        today = action.warehouse.local_date(clock.now())
        return due(action.due_on, today, is_open=action.state == ActionState.OPEN)

    def facts(self, document: CorrectiveAction) -> Iterable[Fact]:
        """What failed, who mends it, and how it ended."""
        yield Fact("State", self.stands(document))
        yield Fact("Service", self.service(document))
        yield Fact("Warehouse", document.warehouse)
        if document.asset is not None:
            yield Fact("Thing", link(document.asset, f"{document.asset.number} {document.asset.name}"))
        if document.result is None:
            yield Fact("To do", document.task)
        else:
            yield Fact("Inspection", link(document.result.inspection))
            yield Fact("Failed", document.result.text)
            yield Fact("Found", document.result.note or NOTHING)
        yield Fact("Owner", document.owner)
        yield Fact("Due", self.due_day(document))
        if document.closed_by is not None and document.closed_at is not None:
            yield Fact("Closed by", f"{document.closed_by}, {day(document.warehouse.local_date(document.closed_at))}")
            yield Fact("Because", document.note)

    def tables(self, request: HttpRequest, document: CorrectiveAction) -> Iterable[Table]:
        """The places that it closes."""
        del request
        places = document.closed_places.select_related("location")
        if document.takes_out and places:
            yield Table(
                title="Closed places",
                columns=(Column("Place"),),
                rows=[(link(row.location),) for row in places],
            )
