"""Transfers at the desk: both sites see them, the sender decides, the receiver takes in and explains."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from apps.accounts.access import TRANSFERS
from apps.core import clock
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, day, link, moment
from apps.core.admin.page import Fact, Paper, Table
from apps.journal.admin.draft import DraftAdmin, choose, day_field, number_field, text_field
from apps.journal.admin.page import AskReason, Button
from apps.ledger.admin.cells import moves_table
from apps.locations.models import Warehouse
from apps.tasks.admin import tasks_table
from apps.transfers.admin.forms import (
    AskArrived,
    AskOutcome,
    AskPerhaps,
    AskPlace,
    close_chosen,
    outer_units,
    receive_chosen,
)
from apps.transfers.admin.tables import arrivals_table, closings_table, lines_table, road_table, stage_badge
from apps.transfers.models import Transfer, TransferLine
from apps.transfers.operations import (
    AskedGoods,
    approve_transfer,
    cancel_transfer,
    end_transfer,
    raise_transfer,
    receive_units,
    reject_transfer,
    request_transfer,
)
from apps.transfers.operations.trail import MAY_ASK, MAY_DECIDE
from apps.transfers.queries import late
from apps.transfers.states import TransferStage, TransferState

ON_THE_ROAD = (TransferStage.IN_TRANSIT, TransferStage.PART_RECEIVED)
SENT = (*ON_THE_ROAD, TransferStage.RECEIVED)
"""Something of it has left, and it is not closed."""


def _is_on_the_road(document: Any) -> bool:
    """Whether goods of it are there to be received or explained; by what the page has read of it."""
    return document.stage in ON_THE_ROAD


class RoadFilter(SimpleListFilter):
    """By what is on the road."""

    title = "on the road"
    parameter_name = "road"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What people wait for."""
        del request, model_admin
        return [("late", "Late"), ("any", "Any")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those with goods on the road, or with late ones."""
        del request
        if self.value() == "late":
            return late(queryset, clock.now())
        return queryset.in_transit() if self.value() == "any" else queryset


@admin.register(Transfer)
class TransferAdmin(DraftAdmin):
    """Goods between our own sites."""

    access = TRANSFERS
    drafted_by = MAY_ASK
    draft_label = "Save as a draft"
    drafted = "The transfer is drafted; request it when it is complete."
    list_display = ("number", "stands", "origin", "destination", "needed", "reason", "requested_by", "order")
    list_select_related = ("origin", "destination", "requested_by", "decided_by", "order")
    list_filter = (
        ("state", StateFilter),
        RoadFilter,
        ("origin", OwnFilter),
        ("destination", OwnFilter),
    )
    search_fields = ("number", "order__number", "lines__item__number", "reason")
    first_step = "Ask another of our sites for goods here; somebody there approves it, and it leaves as an order does."
    buttons = (
        Button(
            name="request",
            label="Request",
            operation=request_transfer,
            argument="transfer_id",
            done="%s is requested; the sending site decides.",
            roles=MAY_ASK,
            states=(TransferState.DRAFT,),
            icon="send",
        ),
        Button(
            name="approve",
            label="Approve",
            operation=approve_transfer,
            argument="transfer_id",
            done="%s is approved; its order waits to be allocated.",
            roles=MAY_DECIDE,
            states=(TransferState.REQUESTED,),
            form=AskPerhaps,
            icon="done_all",
        ),
        Button(
            name="reject",
            label="Reject",
            operation=reject_transfer,
            argument="transfer_id",
            done="%s is rejected.",
            roles=MAY_DECIDE,
            states=(TransferState.REQUESTED,),
            form=AskReason,
            icon="undo",
            grave=True,
        ),
        Button(
            name="receive-all",
            label="Receive all cartons",
            operation=receive_units,
            given=lambda document: {"transfer_id": document.pk, "unit_ids": outer_units(document)},
            done="The cartons of %s stand at the dock and wait to be put away.",
            roles=MAY_DECIDE,
            when=_is_on_the_road,
            form=AskPlace,
            icon="move_to_inbox",
        ),
        Button(
            name="receive",
            label="Receive some",
            operation=receive_chosen,
            argument="transfer_id",
            done="Some of %s is received.",
            roles=MAY_DECIDE,
            when=_is_on_the_road,
            form=AskArrived,
            icon="inventory",
        ),
        Button(
            name="close-transit",
            label="Explain what is missing",
            operation=close_chosen,
            argument="transfer_id",
            done="%s: what became of it is kept.",
            roles=MAY_DECIDE,
            when=_is_on_the_road,
            form=AskOutcome,
            icon="help",
            grave=True,
        ),
        Button(
            name="end",
            label="Send no more",
            operation=end_transfer,
            argument="transfer_id",
            done="Nothing more of %s is sent.",
            roles=MAY_DECIDE,
            when=lambda document: document.stage in SENT,
            form=AskReason,
            icon="block",
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_transfer,
            argument="transfer_id",
            done="%s is cancelled.",
            roles=MAY_ASK,
            when=lambda document: (
                document.state in {TransferState.DRAFT, TransferState.REQUESTED, TransferState.APPROVED}
                and document.stage not in SENT
            ),
            form=AskReason,
            icon="cancel",
            grave=True,
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """From where to where, by when, and why."""
        sites = Warehouse.objects.filter(is_active=True).order_by("code")
        return {
            "origin": forms.ModelChoiceField(sites, label="From", widget=UnfoldAdminSelectWidget()),
            "destination": forms.ModelChoiceField(sites, label="To", widget=UnfoldAdminSelectWidget()),
            "needed_on": day_field(label="Needed by"),
            "reason": text_field(max_length=200),
        }

    def line_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """What, and how much."""
        return {
            "item": choose(TransferLine, "item", request),
            "quantity": number_field(help_text="Base units"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Written down, to be requested."""
        return raise_transfer, {
            "origin_id": head["origin"].pk,
            "destination_id": head["destination"].pk,
            "needed_on": head["needed_on"],
            "reason": head["reason"],
            "lines": [AskedGoods(item_id=line["item"].pk, quantity=line["quantity"]) for line in lines],
        }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transfer]:
        """With where each stands."""
        rows: Any = super().get_queryset(request)
        found: QuerySet[Transfer] = rows.with_stage().select_related(*self.list_select_related)
        return found

    @admin.display(description="stands", ordering="state")
    def stands(self, document: Any) -> SafeString:
        """Where it stands."""
        return stage_badge(document.stage)

    @admin.display(description="needed by", ordering="needed_on")
    def needed(self, document: Transfer) -> str:
        """By the calendar of its destination."""
        return day(document.needed_on)

    def facts(self, document: Any) -> Iterable[Fact]:
        """From where to where, why, and who decided."""
        zone = document.destination.timezone
        yield Fact("Stands", stage_badge(document.stage))
        yield Fact("From", document.origin)
        yield Fact("To", document.destination)
        yield Fact("Needed by", day(document.needed_on))
        yield Fact("Because", document.reason)
        yield Fact("Asked by", document.requested_by)
        yield Fact("Asked", moment(document.requested_at, zone))
        yield Fact("Decided by", document.decided_by or NOTHING)
        yield Fact("Decided", moment(document.decided_at, zone))
        if document.decision:
            yield Fact("Decision", document.decision)
        if document.order is not None:
            yield Fact("Leaves by", link(document.order))
        if document.closed_at:
            yield Fact("Closed", moment(document.closed_at, zone))

    def papers(self, document: Transfer) -> Iterable[Paper]:
        """What travels with the goods."""
        yield Paper("Transfer note", f"/api/v1/transfers/{document.number}/note")

    def tables(self, request: HttpRequest, document: Transfer) -> Iterable[Table]:
        """How far each line is, what is on the road, what came, what was explained; tasks and moves."""
        yield lines_table(document)
        yield road_table(document)
        yield arrivals_table(document)
        yield closings_table(document)
        yield tasks_table(request, document.number)
        yield moves_table(request, document.number)
