"""Cases of losses at the desk: opened on postings, investigated, and closed by two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from apps.accounts.access import LOSSES
from apps.accounts.models import User
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, moment, money
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.journal import edge
from apps.journal.admin.draft import DraftAdmin, choice_field, choose, text_field
from apps.journal.admin.page import AskReason, Button
from apps.locations.queries import company_currency
from apps.losses.cells import losses_table
from apps.losses.models import LossCase
from apps.losses.operations import (
    MAY_INVESTIGATE,
    ask_finding,
    decide_loss,
    note_case_read,
    open_loss_case,
    record_loss_step,
    refuse_finding,
)
from apps.losses.queries import losses_of
from apps.losses.rules import Loss, worth
from apps.losses.states import LossCaseState, LossFinding, LossStepKind

STANDS = {LossCaseState.OPEN: Tone.HELD, LossCaseState.JUDGED: Tone.LATE, LossCaseState.CLOSED: Tone.DONE}


class LossStepForm(forms.Form):
    """What was done."""

    kind = choice_field(LossStepKind.choices)
    said = text_field(max_length=400, help_text="What was seen, said or found")


class FindingForm(forms.Form):
    """What became of the goods."""

    finding = choice_field(LossFinding.choices)
    note = text_field(max_length=400, help_text="What shows it")


def _losses(case: LossCase) -> list[Loss]:
    """Looked up once a page: its head adds up the rows of its table."""
    kept = vars(case)
    if "losses" not in kept:
        kept["losses"] = losses_of(case.lines.values_list("posting", flat=True), case.warehouse)
    return cast("list[Loss]", kept["losses"])


@admin.register(LossCase)
class LossCaseAdmin(DraftAdmin):
    """Losses that are looked into."""

    access = LOSSES
    drafted_by = MAY_INVESTIGATE
    draft_label = "Open the case"
    drafted = "The case is open."
    trail_kinds = ("loss case",)
    list_display = ("number", "stands", "warehouse", "reason", "found", "opened", "opened_by", "decided_by")
    list_select_related = ("warehouse", "opened_by", "decided_by")
    list_filter = (("state", StateFilter), "finding", ("warehouse", OwnFilter))
    search_fields = ("number", "reason", "finding_note", "postings__document")
    first_step = "Open a case on adjustments that nobody can explain: Shrinkage and Odd adjustments lead to it."
    buttons = (
        Button(
            name="record-step",
            label="Record a step",
            operation=record_loss_step,
            argument="case_id",
            done="Recorded.",
            roles=MAY_INVESTIGATE,
            states=(LossCaseState.OPEN,),
            form=LossStepForm,
            icon="edit_note",
        ),
        Button(
            name="ask-finding",
            label="Tell the finding",
            operation=ask_finding,
            argument="case_id",
            done="%s waits for another to approve the finding.",
            roles=MAY_INVESTIGATE,
            states=(LossCaseState.OPEN,),
            form=FindingForm,
            icon="gavel",
        ),
        Button(
            name="decide",
            label="Approve the finding",
            operation=decide_loss,
            argument="case_id",
            done="%s is closed.",
            roles=MAY_INVESTIGATE,
            states=(LossCaseState.JUDGED,),
            grave=True,
            icon="verified",
        ),
        Button(
            name="refuse-finding",
            label="Go on investigating",
            operation=refuse_finding,
            argument="case_id",
            done="%s is investigated further.",
            roles=MAY_INVESTIGATE,
            states=(LossCaseState.JUDGED,),
            form=AskReason,
            icon="undo",
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Which postings, where, and why they are looked into."""
        return {
            "warehouse": choose(LossCase, "warehouse", request, label="Site"),
            "postings": choose(LossCase, "postings", request, many=True, help_text="That took goods off the book"),
            "reason": text_field(max_length=200),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Opened."""
        del lines
        postings = [posting.pk for posting in head["postings"]]
        return open_loss_case, {
            "warehouse_id": head["warehouse"].pk,
            "posting_ids": postings,
            "reason": head["reason"],
        }

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The case; who reads it is recorded."""
        case = self.get_object(request, object_id)
        if case is not None and request.method == "GET":
            edge.run(
                note_case_read, by=cast("User", request.user), render=str, reads=True, case_id=case.pk, what="page"
            )
        return super().change_view(request, object_id, form_url, extra_context)

    @admin.display(description="state", ordering="state")
    def stands(self, case: LossCase) -> SafeString:
        """How far it is."""
        return badge(case.get_state_display(), STANDS[LossCaseState(case.state)])

    @admin.display(description="found", ordering="finding")
    def found(self, case: LossCase) -> str:
        """What became of the goods."""
        return case.get_finding_display() or NOTHING

    @admin.display(description="opened", ordering="created_at")
    def opened(self, case: LossCase) -> SafeString:
        """By the clock of its site."""
        return moment(case.created_at, case.warehouse.timezone)

    def note(self, document: LossCase) -> str:
        """What waits for somebody."""
        if document.state == LossCaseState.JUDGED:
            told = f"{document.asked_by} says: {document.get_finding_display()}. {document.finding_note.rstrip('.')}."
            return f"{told} Another approves it, who made none of the postings."
        return ""

    def facts(self, document: LossCase) -> Iterable[Fact]:
        """What is looked into, by whom, and what was found."""
        zone = document.warehouse.timezone
        value, unpriced = worth(_losses(document))
        yield Fact("State", self.stands(document))
        yield Fact("Site", document.warehouse)
        yield Fact("Reason", document.reason)
        yield Fact("Worth at cost", money(value, company_currency()))
        yield Fact("Without a cost", unpriced)
        yield Fact("Opened", moment(document.created_at, zone))
        yield Fact("Opened by", document.opened_by)
        yield Fact("Found", self.found(document))
        yield Fact("What shows it", document.finding_note or NOTHING)
        yield Fact("Decided", moment(document.decided_at, zone))
        yield Fact("Decided by", document.decided_by or NOTHING)

    def papers(self, document: LossCase) -> Iterable[Paper]:
        """The whole case."""
        yield Paper("Case file (PDF)", f"/api/v1/loss-cases/{document.number}/file")

    def tables(self, request: HttpRequest, document: LossCase) -> Iterable[Table]:
        """The losses with their footage, and what was done."""
        del request
        yield losses_table(_losses(document), "What is looked into")
        yield Table(
            title="Investigation",
            columns=(Column("When"), Column("What"), Column("Said"), Column("By")),
            rows=[
                (
                    moment(step.recorded_at, document.warehouse.timezone),
                    step.get_kind_display(),
                    step.said,
                    step.recorded_by,
                )
                for step in document.steps.select_related("recorded_by")
            ],
            empty="No step is recorded yet: see the footage, ask, search, compare records.",
        )
