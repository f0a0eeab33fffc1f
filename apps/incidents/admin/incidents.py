"""What went wrong, who looks into it, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminSingleDateWidget, UnfoldAdminTextInputWidget

from apps.accounts.access import WORKPLACE
from apps.accounts.models import User
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment
from apps.core.admin.page import Column, Fact, Table
from apps.incidents.models import Incident
from apps.incidents.operations import (
    MAY_CLOSE_INCIDENTS,
    MAY_INVESTIGATE,
    act_on_incident,
    close_incident,
    investigate,
    report_incident,
)
from apps.incidents.states import IncidentKind, IncidentState, RootCause
from apps.journal.admin.draft import DraftAdmin, choose, text_field
from apps.journal.admin.page import Button, DocumentForm

TONES = {
    IncidentState.REPORTED: Tone.LATE,
    IncidentState.INVESTIGATED: Tone.READY,
    IncidentState.CLOSED: Tone.DONE,
}


class AskFindings(forms.Form):
    """What was found out."""

    findings = forms.CharField(
        max_length=2000,
        help_text="Nothing about a person",
        widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}),
    )
    root_cause = forms.ChoiceField(choices=RootCause.choices, widget=UnfoldAdminSelectWidget())


class AskAction(DocumentForm):
    """What is to be done, by whom until when."""

    task = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}))
    owner = forms.ModelChoiceField(User.objects.none(), widget=UnfoldAdminSelectWidget())
    due_on = forms.DateField(widget=UnfoldAdminSingleDateWidget())

    def __init__(self, data: Any, *, document: Incident) -> None:
        super().__init__(data, document=document)
        here = User.objects.filter(is_active=True, warehouse_access__warehouse=document.warehouse_id)
        self.fields["owner"].queryset = here.order_by("username")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The owner by key, as the operation takes it."""
        found: dict[str, Any] = super().clean() or {}
        owner = found.pop("owner", None)
        return found | {"owner_id": owner.pk if owner is not None else None}


class AskWhy(forms.Form):
    """Why it can be closed."""

    note = forms.CharField(max_length=400, widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}))


@admin.register(Incident)
class IncidentAdmin(DraftAdmin):
    """Near misses, damage and injuries; who was hurt stands in the injury case, which only safety reads."""

    access = WORKPLACE
    drafted_by = (*MAY_CLOSE_INCIDENTS,)
    draft_label = "Report"
    drafted = "The incident is reported."
    list_display = ("number", "stands", "kind", "when", "location", "reported", "warehouse")
    list_select_related = ("warehouse", "location", "reported_by")
    list_filter = (("state", StateFilter), "kind", ("warehouse", OwnFilter), "root_cause")
    search_fields = ("number", "what_happened", "findings")
    first_step = "Near misses and incidents are reported from the handheld in under a minute, or here."
    buttons = (
        Button(
            name="investigate",
            label="Investigate",
            operation=investigate,
            argument="incident_id",
            done="%s is investigated.",
            roles=MAY_INVESTIGATE,
            states=(IncidentState.REPORTED,),
            form=AskFindings,
            icon="search",
        ),
        Button(
            name="act",
            label="Ask for an action",
            operation=act_on_incident,
            argument="incident_id",
            done="The action is asked for.",
            roles=MAY_INVESTIGATE,
            states=(IncidentState.REPORTED, IncidentState.INVESTIGATED),
            form=AskAction,
            icon="construction",
        ),
        Button(
            name="close",
            label="Close",
            operation=close_incident,
            argument="incident_id",
            done="%s is closed.",
            roles=MAY_CLOSE_INCIDENTS,
            states=(IncidentState.INVESTIGATED,),
            form=AskWhy,
            icon="check",
        ),
    )

    @admin.display(description="state", ordering="state")
    def stands(self, incident: Incident) -> SafeString:
        """Where it stands, in its colour."""
        return badge(incident.get_state_display(), TONES[IncidentState(incident.state)])

    @admin.display(description="when", ordering="occurred_at")
    def when(self, incident: Incident) -> object:
        """By the site's clock."""
        return moment(incident.occurred_at, incident.warehouse.timezone)

    @admin.display(description="reported by")
    def reported(self, incident: Incident) -> str:
        """Who told it; nobody knows of an anonymous one."""
        return str(incident.reported_by or "Anonymous")

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Where, what, and of an injury who."""
        return {
            "warehouse": choose(Incident, "warehouse", request),
            "kind": forms.ChoiceField(choices=IncidentKind.choices, widget=UnfoldAdminSelectWidget()),
            "what_happened": text_field(max_length=2000),
            "person": text_field(max_length=120, required=False, label="Who was hurt"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Reported as it is, now."""
        del lines
        return report_incident, {"warehouse_id": head.pop("warehouse").pk, **head}

    def facts(self, document: Incident) -> Iterable[Fact]:
        """What, when, who looked into it, and what lay behind it."""
        yield Fact("State", self.stands(document))
        yield Fact("Kind", document.get_kind_display())
        yield Fact("When", self.when(document))
        yield Fact("Where", link(document.location) if document.location is not None else document.warehouse)
        yield Fact("Reported by", self.reported(document))
        yield Fact("What happened", document.what_happened or "In the injury case, for safety alone")
        if document.investigated_by is not None:
            yield Fact("Found out", document.findings)
            yield Fact("Root cause", document.get_root_cause_display())
            yield Fact("Investigated by", document.investigated_by)
        if document.closed_by is not None:
            yield Fact("Closed by", document.closed_by)
            yield Fact("Because", document.note or NOTHING)

    def tables(self, request: HttpRequest, document: Incident) -> Iterable[Table]:
        """What is done about it."""
        del request
        rows = [row.action for row in document.actions.select_related("action__owner")]
        yield Table(
            title="Actions",
            columns=(Column("Action"), Column("To do"), Column("Owner"), Column("Due"), Column("State")),
            rows=[
                (
                    link(row),
                    row.task,
                    row.owner,
                    day(row.due_on),
                    row.get_state_display(),
                )
                for row in rows
            ],
            empty="No action was asked for yet.",
        )
