"""Cycle counts, as those who decide them see them, and the plan that opens them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import FLOOR, PLACES
from apps.core.admin import MasterDataAdmin, OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, grouped, link, moment, quantity
from apps.core.admin.page import Column, Event, Fact, Paper, Table
from apps.counting.models import CountDay, CountLine, CountPlan, CycleCount
from apps.counting.operations import (
    MAY_DECIDE,
    approve_count,
    cancel_count,
    open_count,
    plan_counts,
    reject_count,
)
from apps.counting.queries import losses_below_reserved
from apps.counting.states import UNDER_WAY, CountState
from apps.journal.admin.draft import DraftAdmin, choose, pick_one
from apps.journal.admin.page import AskReason, Button
from apps.ledger.admin.cells import MovesStock, moves_table, place, status_badge
from apps.locations.models import Warehouse
from apps.tasks.admin import tasks_table

TONES = {
    CountState.OPEN: Tone.READY,
    CountState.COUNTED: Tone.PROGRESS,
    CountState.RECOUNT: Tone.READY,
    CountState.APPROVED: Tone.DONE,
    CountState.REJECTED: Tone.BLOCKED,
    CountState.CANCELLED: Tone.WAITING,
}


def count_badge(count: CycleCount) -> SafeString:
    """Where the count stands, in its colour."""
    return badge(count.get_state_display(), TONES[CountState(count.state)])


@admin.register(CycleCount)
class CycleCountAdmin(MovesStock, DraftAdmin):
    """Places that are counted, and what differed from the book."""

    access = FLOOR
    drafted_by = MAY_DECIDE
    draft_label = "Ask for the count"
    drafted = "The count waits in the queue."
    list_display = ("number", "stands", "location", "opened", "asked_by", "counted_by", "approved_by", "warehouse")
    list_select_related = ("warehouse", "location", "asked_by", "counted_by", "approved_by")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter))
    search_fields = ("number", "location__code", "task__number", "counted_by__username")
    first_step = "Ask for a place to be counted; whoever comes by finds the task on the handheld."
    buttons = (
        Button(
            name="approve",
            label="Approve and post",
            operation=approve_count,
            argument="count_id",
            done="%s is approved and posted.",
            roles=MAY_DECIDE,
            states=(CountState.COUNTED,),
            form=AskReason,
            icon="done_all",
            grave=True,
        ),
        Button(
            name="reject",
            label="Reject",
            operation=reject_count,
            argument="count_id",
            done="%s is rejected.",
            roles=MAY_DECIDE,
            states=(CountState.COUNTED,),
            form=AskReason,
            icon="undo",
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_count,
            argument="count_id",
            done="%s is cancelled.",
            roles=MAY_DECIDE,
            states=UNDER_WAY,
            form=AskReason,
            icon="cancel",
            grave=True,
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """Which place."""
        return {"location": choose(CycleCount, "location", request)}

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Opened, which puts its task into the queue."""
        del lines
        return open_count, {"location_id": head["location"].pk}

    @admin.display(description="state", ordering="state")
    def stands(self, count: CycleCount) -> SafeString:
        """Where it stands."""
        return count_badge(count)

    @admin.display(description="opened", ordering="created_at")
    def opened(self, count: CycleCount) -> SafeString:
        """By the clock of the warehouse."""
        return moment(count.created_at, count.warehouse.timezone)

    def note(self, document: CycleCount) -> str:
        """What stands in the way of posting it."""
        if document.state != CountState.COUNTED:
            return ""
        reserved = {line.item.number for line in losses_below_reserved(document)}
        if not reserved:
            return ""
        return (
            f"Not enough of {', '.join(sorted(reserved))} is free to post the loss: let its picks go short or its "
            "orders be released, then approve; or have it counted again."
        )

    def facts(self, document: CycleCount) -> Iterable[Fact]:
        """Where, asked by whom, counted and decided by whom."""
        zone = document.warehouse.timezone
        yield Fact("State", count_badge(document))
        yield Fact("Location", link(document.location))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Asked by", document.asked_by)
        if document.day:
            yield Fact("Planned", link(document.day))
        if document.first_counted_by:
            yield Fact("First counted by", document.first_counted_by)
        yield Fact("Counted by", document.counted_by or NOTHING)
        yield Fact("Counted", moment(document.counted_at, zone))
        yield Fact("Approved by", document.approved_by or NOTHING)
        yield Fact("Decided", moment(document.decided_at, zone))
        if document.reason:
            yield Fact("Because", document.reason)

    def papers(self, document: CycleCount) -> Iterable[Paper]:
        """The sheet to count on."""
        yield Paper("Count sheet", f"/api/v1/cycle-counts/{document.number}/sheet")

    def events(self, request: HttpRequest, document: CycleCount) -> Iterable[Event]:
        """Who asked and who counted, with what was posted."""
        yield Event(at=document.created_at, who=document.asked_by, what="asked for it")
        if document.counted_at:
            yield Event(at=document.counted_at, who=document.counted_by, what="counted")
        yield from super().events(request, document)

    def tables(self, request: HttpRequest, document: CycleCount) -> Iterable[Table]:
        """What was found, the tasks, what was posted. Whoever may still count again is not led by figures."""
        lines = document.lines.select_related("item__unit", "lot", "serial", "unit", "owner")
        blind = document.state == CountState.RECOUNT or (
            document.state == CountState.COUNTED and document.counted_by_id == request.user.pk
        )
        yield Table(
            title="What was found",
            columns=(
                Column("Count"),
                Column("Item"),
                Column("Lot"),
                Column("Serial number"),
                Column("Status"),
                Column("In"),
                Column("Book", number=True),
                Column("Counted", number=True),
                Column("Variance", number=True),
            ),
            rows=[] if blind else [_found(line) for line in lines],
            empty="Hidden while it may be counted again." if blind else "Nothing has been counted yet.",
        )
        yield tasks_table(request, document.number)
        yield moves_table(request, document.number)


@admin.register(CountPlan)
class CountPlanAdmin(MasterDataAdmin):
    """How many bins a day each warehouse counts."""

    access = PLACES
    list_display = ("warehouse", "bins_a_day", "interval_days", "is_active")
    list_select_related = ("warehouse",)
    list_filter = (("warehouse", OwnFilter), "is_active")
    search_fields = ("warehouse__code", "warehouse__name")
    first_step = "Say how many bins a warehouse counts on a day; each morning the bins that are due are in the queue."


@admin.register(CountDay)
class CountDayAdmin(DraftAdmin):
    """Days whose counts were planned, and how far behind the plan is."""

    access = FLOOR
    drafted_by = MAY_DECIDE
    draft_label = "Plan today's counts now"
    drafted = "Today's counts are planned."
    list_display = ("planned_day", "warehouse", "due", "opened", "planned", "planned_by")
    list_select_related = ("warehouse", "planned_by")
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("warehouse__code", "warehouse__name")
    first_step = "Give a warehouse a count plan; each morning, or at once by Add, the day's counts are opened."

    def get_queryset(self, request: HttpRequest) -> QuerySet[CountDay]:
        """With how many counts each opened."""
        rows: QuerySet[CountDay] = super().get_queryset(request)
        return rows.annotate(counts_opened=Count("counts"))

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """Which warehouse."""
        return {"warehouse": pick_one(Warehouse, request)}

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """The morning's plan, at once."""
        del lines
        return plan_counts, {"warehouse_id": head["warehouse"].pk}

    @admin.display(description="day", ordering="day")
    def planned_day(self, row: CountDay) -> str:
        """By the calendar of the warehouse."""
        return day(row.day)

    @admin.display(description="counts")
    def opened(self, row: Any) -> int:
        """How many it opened."""
        return int(row.counts_opened)

    @admin.display(description="planned", ordering="planned_at")
    def planned(self, row: CountDay) -> SafeString:
        """By the clock of the warehouse."""
        return moment(row.planned_at, row.warehouse.timezone)

    def facts(self, document: CountDay) -> Iterable[Fact]:
        """What was due and what was opened."""
        yield Fact("Day", day(document.day))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Bins due", document.due)
        yield Fact("Counts opened", self.opened(document))
        yield Fact("Planned", self.planned(document))
        yield Fact("Planned by", document.planned_by)

    def tables(self, request: HttpRequest, document: CountDay) -> Iterable[Table]:
        """The counts and where they stand."""
        del request
        yield Table(
            title="Counts",
            columns=(Column("Count"), Column("State"), Column("Location"), Column("Counted by")),
            rows=[
                (link(count), count_badge(count), link(count.location), count.counted_by or NOTHING)
                for count in document.counts.select_related("location", "counted_by").order_by("pk")
            ],
            empty="Nothing was due.",
        )


def _found(line: CountLine) -> tuple[object, ...]:
    unit = line.item.unit
    variance = badge(f"{'+' * (line.variance > 0)}{grouped(line.variance)}", Tone.LATE) if line.variance else NOTHING
    return (
        "first" if line.round == 1 else "again",
        link(line.item),
        link(line.lot),
        line.serial or NOTHING,
        status_badge(line.status),
        place(line.owner or "", line.unit) if line.unit or line.owner else NOTHING,
        quantity(line.expected, unit),
        quantity(line.counted, unit),
        variance,
    )
