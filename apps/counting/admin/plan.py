"""The plan that opens counts: minutes, programs, days, and what was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import FLOOR, PLACES
from apps.core.admin import MasterDataAdmin, OwnFilter, ReadOnlyAdmin
from apps.core.admin.cells import NOTHING, day, link, moment
from apps.core.admin.page import Column, Fact, Table
from apps.counting.admin.counts import count_badge
from apps.counting.models import CountDay, CountDoubt, CountPlan, CountProgram
from apps.counting.operations import MAY_DECIDE, plan_counts
from apps.journal.admin.draft import DraftAdmin, pick_one
from apps.locations.models import Warehouse


@admin.register(CountPlan)
class CountPlanAdmin(MasterDataAdmin):
    """How many minutes of counting each warehouse does on a day."""

    access = PLACES
    list_display = ("warehouse", "minutes_a_day", "usual_minutes", "is_active")
    list_select_related = ("warehouse",)
    list_filter = (("warehouse", OwnFilter), "is_active")
    search_fields = ("warehouse__code", "warehouse__name")
    first_step = (
        "Say how many minutes a warehouse counts on a day, and by programs which bins; each morning they are queued."
    )


@admin.register(CountProgram)
class CountProgramAdmin(MasterDataAdmin):
    """By what a warehouse chooses its bins."""

    access = PLACES
    list_display = ("warehouse", "code", "kind", "abc_class", "zone", "interval_days", "is_active")
    list_select_related = ("warehouse", "zone__warehouse")
    list_filter = (("warehouse", OwnFilter), "kind", "is_active")
    search_fields = ("warehouse__code", "code")
    first_step = "Give a warehouse a program: by class, by risk, a random sample, by zone, or when something was seen."


@admin.register(CountDoubt)
class CountDoubtAdmin(ReadOnlyAdmin):
    """What was seen on the floor that the book does not say."""

    access = FLOOR
    list_display = ("kind", "location", "item", "document", "seen", "seen_by", "warehouse")
    list_select_related = ("warehouse", "location", "item", "seen_by")
    list_filter = (("warehouse", OwnFilter), "kind")
    search_fields = ("location__code", "document", "item__number")
    first_step = "Short picks and bins that a picker saw empty stand here; add a program on event to have them counted."

    @admin.display(description="seen", ordering="seen_at")
    def seen(self, row: CountDoubt) -> SafeString:
        """By the clock of the warehouse."""
        return moment(row.seen_at, row.warehouse.timezone)


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
        yield Fact("Minutes", f"{document.minutes.normalize():f} of {document.budget.normalize():f}")
        yield Fact("Planned", self.planned(document))
        yield Fact("Planned by", document.planned_by)

    def tables(self, request: HttpRequest, document: CountDay) -> Iterable[Table]:
        """The counts and where they stand."""
        del request
        yield Table(
            title="Counts",
            columns=(
                Column("Count"),
                Column("State"),
                Column("Location"),
                Column("Program"),
                Column("Error removed a minute", number=True),
                Column("Counted by"),
            ),
            rows=[
                (
                    link(count),
                    count_badge(count),
                    link(count.location),
                    count.program.code if count.program else NOTHING,
                    f"{count.worth:.3f}" if count.worth is not None else NOTHING,
                    count.counted_by or NOTHING,
                )
                for count in document.counts.select_related("location", "counted_by", "program").order_by("pk")
            ],
            empty="Nothing was due.",
        )
