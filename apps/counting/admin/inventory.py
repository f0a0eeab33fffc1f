"""Full inventories: started by zone, watched, closed; and how good the book was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import FLOOR
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, grouped, link, moment
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.counting.admin.counts import count_badge
from apps.counting.models import Inventory
from apps.counting.operations import MAY_DECIDE, cancel_inventory, close_inventory, start_inventory
from apps.counting.queries import accuracy_of, progress_of
from apps.counting.queries.accuracy import Accuracy
from apps.counting.states import UNDER_WAY, InventoryState
from apps.journal.admin.draft import DraftAdmin, choose
from apps.journal.admin.page import AskReason, Button
from apps.locations.models import Warehouse

TONES = {
    InventoryState.COUNTING: Tone.PROGRESS,
    InventoryState.CLOSED: Tone.DONE,
    InventoryState.CANCELLED: Tone.WAITING,
}
SHOWN = 200
PERIOD = timedelta(days=90)


@admin.register(Inventory)
class InventoryAdmin(DraftAdmin):
    """Zones that are counted as a whole, and how far each is."""

    access = FLOOR
    drafted_by = MAY_DECIDE
    draft_label = "Start the inventory"
    drafted = "The counts of the zone wait in the queue."
    list_display = ("number", "stands", "zone", "freezes", "opened", "asked_by", "warehouse")
    list_select_related = ("warehouse", "zone__warehouse", "asked_by")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter))
    search_fields = ("number", "zone__code", "zone__name")
    first_step = "Have all of a zone counted at once; its traffic may go on meanwhile, or stop."
    buttons = (
        Button(
            name="close",
            label="Close",
            operation=close_inventory,
            argument="inventory_id",
            done="%s is closed.",
            roles=MAY_DECIDE,
            states=(InventoryState.COUNTING,),
            icon="done_all",
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_inventory,
            argument="inventory_id",
            done="%s is cancelled.",
            roles=MAY_DECIDE,
            states=(InventoryState.COUNTING,),
            form=AskReason,
            icon="cancel",
            grave=True,
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """Which zone, and whether it stops."""
        return {
            "zone": choose(Inventory, "zone", request),
            "freeze": forms.BooleanField(
                required=False, label="Freeze it", help_text="Nothing moves in the zone until the inventory is closed"
            ),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Started, which puts its tasks into the queue."""
        del lines
        return start_inventory, {"zone_id": head["zone"].pk, "freeze": bool(head.get("freeze"))}

    @admin.display(description="state", ordering="state")
    def stands(self, inventory: Inventory) -> SafeString:
        """Where it stands."""
        return badge(inventory.get_state_display(), TONES[InventoryState(inventory.state)])

    @admin.display(description="started", ordering="created_at")
    def opened(self, inventory: Inventory) -> SafeString:
        """By the clock of the warehouse."""
        return moment(inventory.created_at, inventory.warehouse.timezone)

    def facts(self, document: Inventory) -> Iterable[Fact]:
        """How far it is."""
        progress = progress_of(document)
        yield Fact("State", self.stands(document))
        yield Fact("Zone", link(document.zone))
        yield Fact("Traffic", "Stopped" if document.freezes else "Goes on")
        yield Fact("Done", f"{progress.percent} %: {progress.decided} of {progress.places} places")
        yield Fact("To be counted", progress.to_count)
        yield Fact("To be decided", progress.to_decide)
        yield Fact("With a variance", progress.varied)
        yield Fact("Variance at cost", grouped(progress.value))
        yield Fact("Started by", document.asked_by)
        yield Fact("Started", self.opened(document))
        yield Fact("Ended", moment(document.ended_at, document.warehouse.timezone))
        yield from accuracy_facts(document.warehouse, document)

    def papers(self, document: Inventory) -> Iterable[Paper]:
        """Sheets while there are places to count; what was found."""
        if document.state == InventoryState.COUNTING:
            yield Paper("Count sheets", f"/api/v1/inventories/{document.number}/sheets")
        yield Paper("Results (CSV)", f"/api/v1/inventories/{document.number}/found")

    def tables(self, request: HttpRequest, document: Inventory) -> Iterable[Table]:
        """The counts, those that wait first."""
        del request
        counts = document.counts.select_related("location", "counted_by", "approved_by")
        waiting = counts.filter(state__in=UNDER_WAY).order_by("state", "location__pick_sequence")
        decided = counts.exclude(state__in=UNDER_WAY).order_by("-value", "location__pick_sequence")
        yield Table(
            title="Counts",
            columns=(
                Column("Count"),
                Column("State"),
                Column("Location"),
                Column("Counted by"),
                Column("Approved by"),
                Column("Variance at cost", number=True),
            ),
            rows=[
                (
                    link(count),
                    count_badge(count),
                    link(count.location),
                    count.counted_by or NOTHING,
                    count.approved_by or NOTHING,
                    grouped(count.value) if count.value and count.state not in UNDER_WAY else NOTHING,
                )
                for count in [*waiting[:SHOWN], *decided[:SHOWN]]
            ],
            empty="The zone has no places to count.",
        )


def accuracy_facts(warehouse: Warehouse, document: Inventory) -> Iterable[Fact]:
    """How good the site's book was in the days up to then."""
    until = warehouse.local_date(document.ended_at or document.created_at)
    found = accuracy_of(warehouse, since=until - PERIOD, until=until)
    yield Fact("Accuracy of 90 days", told(found))


def told(found: Accuracy) -> str:
    """The four shares in a line; what was never counted has none."""
    parts = (
        ("locations", found.by_location),
        ("records", found.by_record),
        ("units, gross", found.by_unit_gross),
        ("units, net", found.by_unit_net),
    )
    return ", ".join(f"{share} % of {name}" for name, share in parts if share is not None) or "Nothing was counted"
