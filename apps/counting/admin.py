"""Cycle counts, as those who decide them see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import FLOOR
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, grouped, link, moment, quantity
from apps.core.admin.page import Column, Event, Fact, Paper, Table
from apps.counting.models import CountLine, CycleCount
from apps.counting.operations import MAY_DECIDE, approve_count, cancel_count, open_count, reject_count
from apps.counting.queries import losses_below_reserved
from apps.counting.states import UNDER_WAY, CountState
from apps.journal.admin.draft import DraftAdmin, choose
from apps.journal.admin.page import AskReason, Button
from apps.ledger.admin.cells import MovesStock, moves_table, place, status_badge
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
