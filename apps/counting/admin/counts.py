"""Cycle counts, as those who decide them see them, and the plan that opens them."""

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
from apps.counting.models import CycleCount
from apps.counting.operations import (
    MAY_DECIDE,
    approve_count,
    cancel_count,
    open_count,
    reject_count,
)
from apps.counting.queries import losses_below_reserved
from apps.counting.queries.review import Reviewed, reviewed
from apps.counting.rules import ZERO
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
    list_display = (
        "number",
        "stands",
        "scope",
        "location",
        "at_cost",
        "opened",
        "asked_by",
        "counted_by",
        "approved_by",
        "warehouse",
    )
    list_select_related = ("warehouse", "location", "asked_by", "counted_by", "approved_by")
    list_filter = (("state", StateFilter), "scope", ("warehouse", OwnFilter))
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

    def is_blind(self, count: CycleCount, request: HttpRequest) -> bool:
        """Whether figures could still lead whoever looks."""
        mine = request.user.pk in {count.counted_by_id, count.first_counted_by_id}
        return count.state == CountState.RECOUNT or (count.state == CountState.COUNTED and mine)

    @admin.display(description="at cost", ordering="value")
    def at_cost(self, count: CycleCount) -> str | SafeString:
        """What differs, too much and missing together; nothing while it may be counted again."""
        return grouped(count.value) if count.value and count.state != CountState.RECOUNT else NOTHING

    def facts(self, document: CycleCount) -> Iterable[Fact]:
        """Where, asked by whom, counted and decided by whom."""
        zone = document.warehouse.timezone
        yield Fact("State", count_badge(document))
        yield Fact("What", document.get_scope_display())
        yield Fact("Location", link(document.location))
        if document.item:
            yield Fact("Item", link(document.item))
        if document.unit:
            yield Fact("Unit", link(document.unit))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Asked by", document.asked_by)
        if document.day:
            yield Fact("Planned", link(document.day))
        if document.inventory:
            yield Fact("Inventory", link(document.inventory))
        if document.first_counted_by:
            yield Fact("First counted by", document.first_counted_by)
        yield Fact("Counted by", document.counted_by or NOTHING)
        yield Fact("Counted", moment(document.counted_at, zone))
        if document.last_picked_by:
            yield Fact("Last picked there by", document.last_picked_by)
        yield Fact("Approved by", "the site's tolerance" if document.by_rule else document.approved_by or NOTHING)
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
        blind = self.is_blind(document, request)
        yield Table(
            title="What was found",
            columns=(
                Column("Item"),
                Column("Lot"),
                Column("Serial number"),
                Column("Status"),
                Column("In"),
                Column("Book, first", number=True),
                Column("Counted", number=True),
                Column("Book, again", number=True),
                Column("Counted", number=True),
                Column("Variance", number=True),
                Column("At cost", number=True),
                Column("Moved since", number=True),
            ),
            rows=[] if blind else [_found(row) for row in reviewed(document)],
            empty="Hidden while it may be counted again." if blind else "Nothing has been counted yet.",
        )
        findings = [] if blind else list(document.findings.all())
        if findings:
            yield Table(
                title="What the book cannot name",
                columns=(
                    Column("Round"),
                    Column("Why"),
                    Column("As read"),
                    Column("Quantity", number=True),
                    Column("Note"),
                ),
                rows=[
                    (
                        each.round,
                        each.get_kind_display(),
                        each.text,
                        grouped(each.quantity) if each.quantity is not None else NOTHING,
                        each.note or NOTHING,
                    )
                    for each in findings
                ],
                empty="",
            )
        yield tasks_table(request, document.number)
        yield moves_table(request, document.number)


def _found(row: Reviewed) -> tuple[object, ...]:
    latest = row.latest
    unit = latest.item.unit
    variance = latest.variance
    return (
        link(latest.item),
        link(latest.lot),
        latest.serial or NOTHING,
        status_badge(latest.status),
        place(latest.owner or "", latest.unit) if latest.unit or latest.owner else NOTHING,
        *(
            quantity(amount, unit) if line is not None else NOTHING
            for line in (row.first, row.second)
            for amount in ((line.expected, line.counted) if line is not None else (ZERO, ZERO))
        ),
        badge(f"{'+' * (variance > 0)}{grouped(variance)}", Tone.LATE) if variance else NOTHING,
        grouped(latest.variance_value) if latest.variance_value else NOTHING,
        f"{'+' * (row.moved_since > 0)}{grouped(row.moved_since)}" if row.moved_since else NOTHING,
    )
