"""Mock recalls at the desk: how often, and what each found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import RECALL_DRILLS
from apps.core.admin import DeskAdmin
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.draft import DraftAdmin, choose, text_field
from apps.traceability.models import DrillPlan, RecallDrill
from apps.traceability.operations import MAY_RECALL, run_drill


@admin.register(RecallDrill)
class RecallDrillAdmin(DraftAdmin):
    """What was found when a recall was practised; never changed."""

    access = RECALL_DRILLS
    drafted_by = MAY_RECALL
    draft_label = "Practise now"
    drafted = "The drill is kept as evidence."
    trail_kinds = ("recall drill",)
    list_display = ("number", "outcome", "lot", "percent_reconciled", "seconds", "plan", "when", "run_by")
    list_select_related = ("lot", "plan", "run_by")
    list_filter = ("passed", "plan")
    search_fields = ("number", "lot__number")
    first_step = "Practise a recall on a shipped lot: it changes nothing and shows whether you would find everybody."

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """A lot, or none: then it is drawn."""
        return {
            "lot": choose(RecallDrill, "lot", request, required=False, help_text="Empty: drawn among all shipped"),
            "remark": text_field(max_length=200, required=False),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Run at once."""
        del lines
        lot = head["lot"]
        return run_drill, {"lot_id": lot.pk if lot else None, "remark": head["remark"]}

    @admin.display(description="outcome", ordering="passed")
    def outcome(self, drill: RecallDrill) -> SafeString:
        """Whether it met its targets."""
        return badge("Passed", Tone.DONE) if drill.passed else badge("Missed its targets", Tone.BLOCKED)

    @admin.display(description="run", ordering="run_at")
    def when(self, drill: RecallDrill) -> SafeString:
        """In universal time."""
        return moment(drill.run_at)

    def facts(self, document: RecallDrill) -> Iterable[Fact]:
        """What was practised on, and how it went."""
        yield Fact("Outcome", self.outcome(document))
        yield Fact("Lot", link(document.lot))
        yield Fact("Reconciled", f"{document.percent_reconciled.normalize():f} %")
        yield Fact("Took", f"{document.seconds} s")
        yield Fact("Drawn among", f"{document.lots_to_draw} shipped lots" if document.seed else "chosen by hand")
        yield Fact("Seed", document.seed or NOTHING)
        yield Fact("Plan", document.plan or NOTHING)
        yield Fact("Run", moment(document.run_at))
        yield Fact("By", document.run_by)
        yield Fact("Remark", document.note or NOTHING)

    def tables(self, request: HttpRequest, document: RecallDrill) -> Iterable[Table]:
        """The stopwatch, and the figures."""
        del request
        yield Table(
            title="Stopwatch",
            columns=(Column("Step"), Column("Seconds", number=True)),
            rows=[(each["step"], each["seconds"]) for each in document.steps],
        )
        yield Table(
            title="Found",
            columns=(Column("Figure"), Column("Value", number=True)),
            rows=[
                (name.replace("_", " ").capitalize(), ", ".join(value) if isinstance(value, list) else value)
                for name, value in document.figures.items()
            ],
        )


@admin.register(DrillPlan)
class DrillPlanAdmin(DeskAdmin):
    """How often mock recalls are run by themselves."""

    access = RECALL_DRILLS
    list_display = ("name", "every_months", "next_on", "target_minutes", "tolerance_percent", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name",)
    first_step = "Say how often a recall is to be practised; standards usually ask for once or twice a year."
