"""Goods that are doubted, at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from apps.accounts.access import RECALLS
from apps.accounts.models import User
from apps.core import clock
from apps.core.admin import StateFilter, worker_of
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.journal import edge
from apps.journal.admin.draft import DraftAdmin, choice_field, choose, text_field
from apps.journal.admin.page import AskReason, Button, DocumentForm
from apps.ledger.admin.lots import holds_table
from apps.ledger.models import Lot, SerialNumber
from apps.traceability.models import SuspectCase
from apps.traceability.operations import (
    MAY_READ_RECALLS,
    MAY_SUSPECT,
    ask_verdict,
    decide_suspect,
    note_partner_told,
    note_suspect_read,
    open_suspect,
    record_step,
    refuse_verdict,
)
from apps.traceability.queries.suspects import due_at, late
from apps.traceability.states import ContactMethod, SuspectSource, SuspectState, SuspectStepKind, SuspectVerdict

STANDS = {
    SuspectState.OPEN: Tone.HELD,
    SuspectState.JUDGED: Tone.LATE,
    SuspectState.CLEARED: Tone.DONE,
    SuspectState.ILLEGITIMATE: Tone.BLOCKED,
}


class LateFilter(admin.SimpleListFilter):
    """Illegitimate goods of which somebody was not told in time."""

    title = "notification"
    parameter_name = "told"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """What quality asks for."""
        del request, model_admin
        return [("late", "Somebody was not told in time")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[SuspectCase]) -> QuerySet[SuspectCase]:
        """As of now."""
        del request
        return late(queryset, at=clock.now()) if self.value() == "late" else queryset


class StepForm(forms.Form):
    """What was done; that the regulator was told is a step too."""

    kind = choice_field(SuspectStepKind.choices)
    done_at = forms.DateTimeField(
        label="When (UTC)", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    who = text_field(max_length=120, help_text="Who was asked, answered, looked or was told")
    said = text_field(max_length=400, help_text="What was asked, answered or found")
    reference = text_field(max_length=80, required=False, help_text="Of the letter, message or report")


class VerdictForm(forms.Form):
    """What was found."""

    verdict = choice_field(SuspectVerdict.choices)
    remark = text_field(max_length=200)


class PartnerForm(DocumentForm):
    """Who was told, of those who were not yet."""

    method = choice_field(ContactMethod.choices)

    def __init__(self, data: Any, *, document: SuspectCase) -> None:
        super().__init__(data, document=document)
        rows = document.partners.filter(notified_at=None).select_related("party").order_by("party__number")
        choices = [(row.party_id, f"{row.party.number} {row.party.name}") for row in rows]
        self.fields["party_id"] = forms.TypedChoiceField(
            choices=list(dict.fromkeys(choices)), coerce=int, label="Partner", widget=UnfoldAdminSelectWidget()
        )
        self.order_fields(["party_id"])


@admin.register(SuspectCase)
class SuspectCaseAdmin(DraftAdmin):
    """Doubts about lots and units; what is doubted is held at once, everywhere."""

    access = RECALLS
    drafted_by = MAY_SUSPECT
    draft_label = "Open the case and hold the lot"
    drafted = "The case is open; the whole lot is held everywhere, with what was made of it."
    trail_kinds = ("suspect goods",)
    list_display = ("number", "stands", "lot", "item", "reason", "opened", "opened_by", "tell_by")
    list_select_related = ("lot__item", "opened_by")
    list_filter = (("state", StateFilter), LateFilter, "source")
    search_fields = ("number", "reason", "lot__number", "lot__item__number", "serials__number")
    first_step = "Open a case the moment somebody doubts that goods are genuine: the lot is held, then investigated."
    buttons = (
        Button(
            name="record-step",
            label="Record a step",
            operation=record_step,
            argument="suspect_id",
            done="Recorded.",
            roles=MAY_SUSPECT,
            states=(SuspectState.OPEN, SuspectState.ILLEGITIMATE),
            form=StepForm,
            icon="edit_note",
        ),
        Button(
            name="ask-verdict",
            label="Ask for the verdict",
            operation=ask_verdict,
            argument="suspect_id",
            done="%s waits for another to approve the verdict.",
            roles=MAY_SUSPECT,
            states=(SuspectState.OPEN,),
            form=VerdictForm,
            icon="gavel",
        ),
        Button(
            name="decide",
            label="Approve the verdict",
            operation=decide_suspect,
            argument="suspect_id",
            done="The verdict on %s stands.",
            roles=MAY_SUSPECT,
            states=(SuspectState.JUDGED,),
            grave=True,
            icon="verified",
        ),
        Button(
            name="refuse-verdict",
            label="Go on investigating",
            operation=refuse_verdict,
            argument="suspect_id",
            done="%s is investigated further.",
            roles=MAY_SUSPECT,
            states=(SuspectState.JUDGED,),
            form=AskReason,
            icon="undo",
        ),
        Button(
            name="tell-partner",
            label="A partner was told",
            operation=note_partner_told,
            argument="suspect_id",
            done="Noted.",
            roles=MAY_SUSPECT,
            states=(SuspectState.ILLEGITIMATE,),
            when=lambda case: case.partners.filter(notified_at=None).exists(),
            form=PartnerForm,
            icon="campaign",
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Which lot, which units of it, who doubts and why."""
        return {
            "lot": choose(SuspectCase, "lot", request),
            "serials": choose(
                SuspectCase, "serials", request, many=True, required=False, help_text="None: the whole lot is doubted"
            ),
            "raised_by": choose(SuspectCase, "raised_by", request, required=False, label="Raised by check"),
            "source": choice_field(SuspectSource.choices),
            "reason": text_field(max_length=200, help_text="What makes it doubtful"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Opened, which holds the lot in the same moment."""
        del lines
        lot: Lot = head["lot"]
        serials: Iterable[SerialNumber] = head["serials"]
        return open_suspect, {
            "lot_id": lot.pk,
            "serial_ids": [serial.pk for serial in serials],
            "check_id": head["raised_by"].pk if head["raised_by"] else None,
            "source": head["source"],
            "reason": head["reason"],
        }

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The case; who may see its partners is on the trail for it, others are shown none and no paper."""
        if not self._reads(request):
            return super().change_view(request, object_id, form_url, {**(extra_context or {}), "papers": []})
        case = self.get_object(request, object_id)
        if case is not None and request.method == "GET":
            user = cast("User", request.user)
            edge.run(note_suspect_read, by=user, render=str, reads=True, suspect_id=case.pk, what="page")
        return super().change_view(request, object_id, form_url, extra_context)

    def _reads(self, request: HttpRequest) -> bool:
        return worker_of(request).has_role(*MAY_READ_RECALLS)

    @admin.display(description="state", ordering="state")
    def stands(self, case: SuspectCase) -> SafeString:
        """How far it is."""
        return badge(case.get_state_display(), STANDS[SuspectState(case.state)])

    @admin.display(description="item", ordering="lot__item__number")
    def item(self, case: SuspectCase) -> str:
        """Of the lot."""
        return case.lot.item.number

    @admin.display(description="opened", ordering="created_at")
    def opened(self, case: SuspectCase) -> SafeString:
        """In universal time: a case spans warehouses."""
        return moment(case.created_at)

    @admin.display(description="tell all by", ordering="decided_at")
    def tell_by(self, case: SuspectCase) -> SafeString | str:
        """Of illegitimate goods."""
        return moment(due_at(case))

    def note(self, document: SuspectCase) -> str:
        """What waits for somebody."""
        if document.state == SuspectState.JUDGED:
            verdict = document.get_verdict_display()
            return f"{document.asked_by} asks for the verdict: {verdict}. {document.verdict_note} Another approves it."
        if late(SuspectCase.objects.filter(pk=document.pk), at=clock.now()).exists():
            return "Somebody was not told in time: the regulator, or a partner below."
        return ""

    def facts(self, document: SuspectCase) -> Iterable[Fact]:
        """What is doubted, by whom, and what was found."""
        yield Fact("State", self.stands(document))
        yield Fact("Item", link(document.lot.item))
        yield Fact("Lot", link(document.lot))
        yield Fact("Doubted", ", ".join(each.number for each in document.serials.all()[:20]) or "the whole lot")
        yield Fact("Source", document.get_source_display())
        yield Fact("Reason", document.reason)
        yield Fact("Raised by", link(document.raised_by) if document.raised_by is not None else NOTHING)
        yield Fact("Opened", moment(document.created_at))
        yield Fact("Opened by", document.opened_by)
        yield Fact("Verdict", document.get_verdict_display() or NOTHING)
        yield Fact("Decided", moment(document.decided_at))
        yield Fact("Decided by", document.decided_by or NOTHING)
        yield Fact("Tell all by", moment(due_at(document)))

    def papers(self, document: SuspectCase) -> Iterable[Paper]:
        """The whole case."""
        yield Paper("Case file (PDF)", f"/api/v1/suspect-cases/{document.number}/file")

    def tables(self, request: HttpRequest, document: SuspectCase) -> Iterable[Table]:
        """Steps, whom it concerns, what is held."""
        yield Table(
            title="Investigation",
            columns=(Column("When"), Column("What"), Column("Who"), Column("Said"), Column("Reference")),
            rows=[
                (moment(step.done_at), step.get_kind_display(), step.who, step.said, step.reference or NOTHING)
                for step in document.steps.all()
            ],
            empty="No step is recorded yet: ask who made it, who supplied it, look at it.",
        )
        if self._reads(request) and document.state == SuspectState.ILLEGITIMATE:
            rows = document.partners.select_related("party", "notified_by")
            yield Table(
                title="Whom it concerns",
                columns=(Column("Partner"), Column("Is"), Column("Reached by"), Column("Told"), Column("By")),
                rows=[
                    (
                        link(row.party, f"{row.party.number} {row.party.name}"),
                        row.get_role_display(),
                        ", ".join(filter(None, (row.party.phone, row.party.email))) or NOTHING,
                        moment(row.notified_at),
                        row.notified_by or NOTHING,
                    )
                    for row in rows
                ],
                empty="Nobody supplied it and nobody was sent any.",
            )
        yield holds_table(request, document.holds.select_related("opened_by", "closed_by"))
