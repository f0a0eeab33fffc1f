"""Injury cases at the desk, for the safety role alone; each page that shows one leaves a line in the trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.accounts.access import MEDICAL
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.admin import OwnFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.incidents.admin.forms import AskDays, AskFacts, AskReference, AskSevere
from apps.incidents.models import InjuryCase
from apps.incidents.models.cases import reads_medical
from apps.incidents.operations import assess_injury, count_lost_days, note_severe, tell_authority
from apps.incidents.queries import days_and_outcome
from apps.incidents.reading import tell_reading
from apps.journal.admin.page import Button, PageAdmin


def _note_severe(**said: Any) -> InjuryCase:
    return note_severe(**said).case


def _tell_authority(**said: Any) -> InjuryCase:
    return tell_authority(**said).case


def _waits_for_authority(case: InjuryCase) -> bool:
    return any(event.reported_at is None for event in case.severe_events.all())


@admin.register(InjuryCase)
class InjuryCaseAdmin(PageAdmin):
    """Who was hurt, how, for how many days, and by when the authority is told."""

    access = MEDICAL
    list_display = ("number", "incident", "injured_on", "log", "telling", "site")
    list_select_related = ("incident__warehouse",)
    list_filter = ("year", ("incident__warehouse", OwnFilter))
    search_fields = ("number", "incident__number")
    first_step = "An injury that is reported opens a case here, to be assessed."
    buttons = (
        Button(
            name="assess",
            label="Assess",
            operation=assess_injury,
            argument="case_id",
            done="%s is assessed.",
            roles=(Role.SAFETY,),
            form=AskFacts,
            icon="clinical_notes",
        ),
        Button(
            name="days",
            label="Count days",
            operation=count_lost_days,
            argument="case_id",
            done="The days of %s are counted.",
            roles=(Role.SAFETY,),
            form=AskDays,
            icon="calendar_month",
        ),
        Button(
            name="severe",
            label="Note what is severe",
            operation=_note_severe,
            argument="case_id",
            done="It is noted for %s.",
            roles=(Role.SAFETY,),
            form=AskSevere,
            icon="emergency",
        ),
        Button(
            name="told",
            label="Authority was told",
            operation=_tell_authority,
            argument="case_id",
            done="It is noted for %s.",
            roles=(Role.SAFETY,),
            form=AskReference,
            when=_waits_for_authority,
            icon="call",
        ),
    )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The role itself: who may do everything else reads no medical data."""
        return reads_medical(request.user) and super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Nobody else is shown that there are any."""
        return reads_medical(request.user)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list; each case on it is read."""
        answer: HttpResponse = super().changelist_view(request, extra_context)
        shown = getattr(answer, "context_data", None) or {}
        if "cl" in shown:
            _read(request, [case.number for case in shown["cl"].result_list], "list of the desk")
        return answer

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page; the case is read."""
        answer = super().change_view(request, object_id, form_url, extra_context)
        _read(request, [str(answer.context_data["document"])], "page of the desk")  # type: ignore[attr-defined]
        return answer

    def do_view(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        """A question that shows what the case says is a reading of it."""
        answer = super().do_view(request, object_id, verb)
        if request.method != "POST":
            _read(request, [str(answer.context_data["document"])], f"{verb} at the desk")  # type: ignore[attr-defined]
        return answer

    @admin.display(description="injured on", ordering="occurred_on")
    def injured_on(self, case: InjuryCase) -> str:
        """By the site's calendar."""
        return day(case.occurred_on)

    @admin.display(description="log", ordering="case_number")
    def log(self, case: InjuryCase) -> str:
        """Its number on the year's log."""
        return f"{case.year}, no. {case.case_number}" if case.case_number else "Not recorded"

    @admin.display(description="authority")
    def telling(self, case: InjuryCase) -> SafeString:
        """By when it is told, in orange until it is, in red when that is over."""
        waiting = [event for event in case.severe_events.all() if event.due_at and event.reported_at is None]
        if not waiting:
            return badge("Nothing to report", Tone.DONE)
        due_at = min(event.due_at for event in waiting if event.due_at)
        late = due_at < clock.now()
        by = moment(due_at, case.incident.warehouse.timezone)
        return badge(format_html("Report by {}", by), Tone.BLOCKED if late else Tone.LATE)

    @admin.display(description="warehouse")
    def site(self, case: InjuryCase) -> str:
        """Where it happened."""
        return case.incident.warehouse.code

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what is to be told."""
        return super().get_queryset(request).prefetch_related("severe_events")

    def facts(self, document: InjuryCase) -> Iterable[Fact]:
        """What the log and the 301 say of it."""
        days, outcome = days_and_outcome(document, until=document.incident.warehouse.local_date(clock.now()))
        yield Fact("Incident", link(document.incident))
        yield Fact("Log", self.log(document))
        yield Fact("Authority", self.telling(document))
        yield Fact("Person", document.person)
        yield Fact("Injured on", day(document.occurred_on))
        yield Fact("As told", document.told)
        yield Fact("Injury or illness", document.harm or NOTHING)
        yield Fact("Kind", document.get_kind_display())
        yield Fact("Outcome", outcome.label if outcome is not None else "Not recorded")
        yield Fact("Days away", days.away)
        yield Fact("Days restricted", days.restricted)
        yield Fact("Privacy", document.get_privacy_display() or NOTHING)

    def tables(self, request: HttpRequest, document: InjuryCase) -> Iterable[Table]:
        """Lost days, and what is told to the authority."""
        del request
        zone = document.incident.warehouse.timezone
        yield Table(
            title="Lost days",
            columns=(Column("Kind"), Column("First"), Column("Last"), Column("Estimate")),
            rows=[
                (row.get_kind_display(), day(row.first), day(row.last) or "goes on", "Yes" if row.is_estimate else "No")
                for row in document.lost_days.all()
            ],
            empty="None were told.",
        )
        yield Table(
            title="Told to the authority",
            columns=(Column("What"), Column("Learned"), Column("Due"), Column("Reported"), Column("Reference")),
            rows=[
                (
                    row.get_kind_display(),
                    moment(row.learned_at, zone),
                    moment(row.due_at, zone) if row.due_at else "Not reportable",
                    moment(row.reported_at, zone),
                    row.reference,
                )
                for row in document.severe_events.all()
            ],
            empty="Nothing severe was noted.",
        )

    def papers(self, document: InjuryCase) -> Iterable[Paper]:
        """The forms of the case and its year."""
        year = f"?year={document.year}"
        site = [document.incident.warehouse.code]
        yield Paper("301", reverse("injurycase-form", args=[document.number]))
        yield Paper("300", reverse("injurylog-form", args=site) + year)
        yield Paper("Names of privacy cases", reverse("injurylog-confidential-list", args=site) + year)
        yield Paper("300A", reverse("injurylog-summary", args=site) + year)
        yield Paper("300A file", reverse("injurylog-summary-file", args=site) + year)
        yield Paper("300 and 301 file", reverse("injurylog-case-file", args=site) + year)


def _read(request: HttpRequest, numbers: list[str], what: str) -> None:
    if isinstance(request.user, User):
        tell_reading(numbers, what=what, by=request.user)
