"""Loads: which vehicle takes what, and how far it is. `orders` registers the page: it knows what leaving means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.accounts.access import OUTBOUND
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, progress
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.journal.admin.draft import DraftAdmin, choose, pick_one, text_field
from apps.journal.admin.page import AskReason, Button, DocumentForm
from apps.locations.models import Location, Warehouse
from apps.safety.queries import transport_rules_on
from apps.safety.rules import Verdict, what_rides_together
from apps.shipping.admin.shipments import shipment_badge, weight
from apps.shipping.models import Carton, Load
from apps.shipping.operations import cancel_load, close_load, plan_load, reopen_load, start_loading
from apps.shipping.operations.plan import LOAD_PLANNERS
from apps.shipping.queries import carton_weights, contents_of, hazards_in
from apps.shipping.states import LoadState

LOAD_TONES = {
    LoadState.PLANNED: Tone.WAITING,
    LoadState.LOADING: Tone.PROGRESS,
    LoadState.CLOSED: Tone.READY,
    LoadState.DEPARTED: Tone.DONE,
    LoadState.CANCELLED: Tone.BLOCKED,
}
LOAD_STEPS = {
    LoadState.PLANNED: "Start loading",
    LoadState.LOADING: "Scan cartons",
    LoadState.CLOSED: "Let it leave",
}
VERDICT_WORDS = {
    Verdict.NEVER: ("Not together", Tone.BLOCKED),
    Verdict.SEPARATED: ("Apart", Tone.LATE),
    Verdict.NOT_COVERED: ("Not covered", Tone.HELD),
}


def load_badge(load: Load) -> SafeString:
    """Where the load stands, in its colour."""
    return badge(load.get_state_display(), LOAD_TONES[LoadState(load.state)])


class AskDoor(DocumentForm):
    """At which door, with which trailer."""

    trailer = forms.CharField(max_length=40, required=False, widget=UnfoldAdminTextInputWidget())

    def __init__(self, data: Any, *, document: Load) -> None:
        super().__init__(data, document=document)
        doors = Location.objects.filter(warehouse=document.warehouse_id).doors()
        choices = [(door.pk, door.code) for door in doors.order_by("code")]
        self.fields["trailer"].initial = document.trailer
        self.fields["dock_id"] = forms.TypedChoiceField(
            choices=choices, coerce=int, initial=document.dock_id, label="Door", widget=UnfoldAdminSelectWidget()
        )


class AskSeal(forms.Form):
    """The seal, if there is one."""

    seal = forms.CharField(max_length=40, required=False, widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}))


class LoadAdmin(DraftAdmin):
    """What goes onto one vehicle."""

    access = OUTBOUND
    drafted_by = LOAD_PLANNERS
    draft_label = "Plan the load"
    drafted = "The load is planned."
    list_display = ("number", "stands", "carrier", "dock", "trailer", "loaded", "leaves", "warehouse", "next_step")
    list_select_related = ("warehouse", "carrier", "dock")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter), ("carrier", OwnFilter))
    search_fields = ("number", "trailer", "carrier__name", "shipments__number", "shipments__document", "taken_by")
    first_step = "Plan a load for a carrier's vehicle, then scan its cartons at the door."
    buttons: ClassVar[Sequence[Button]] = (
        Button(
            name="start",
            label="Start loading",
            operation=start_loading,
            argument="load_id",
            done="%s takes goods now.",
            roles=LOAD_PLANNERS,
            states=(LoadState.PLANNED,),
            form=AskDoor,
            icon="forklift",
        ),
        Button(
            name="close",
            label="Shut the doors",
            operation=close_load,
            argument="load_id",
            done="%s is closed.",
            roles=LOAD_PLANNERS,
            states=(LoadState.LOADING,),
            form=AskSeal,
            icon="lock",
        ),
        Button(
            name="reopen",
            label="Open again",
            operation=reopen_load,
            argument="load_id",
            done="%s takes goods again.",
            roles=LOAD_PLANNERS,
            states=(LoadState.CLOSED,),
            form=AskReason,
            icon="lock_open",
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_load,
            argument="load_id",
            done="%s is given up; its shipments wait for another.",
            roles=LOAD_PLANNERS,
            states=(LoadState.PLANNED, LoadState.LOADING),
            form=AskReason,
            icon="close",
            grave=True,
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Of which warehouse, by whom; the rest when the truck comes."""
        return {
            "warehouse": pick_one(Warehouse, request),
            "carrier": choose(Load, "carrier", request),
            "trailer": text_field(required=False, max_length=40),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Planned, without a door or a shipment yet."""
        del lines
        return plan_load, {
            "warehouse_id": head["warehouse"].pk,
            "carrier_id": head["carrier"].pk,
            "trailer": head["trailer"],
        }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Load]:
        """With how many cartons are on it, of how many."""
        rows: QuerySet[Load] = super().get_queryset(request)
        return rows.select_related("warehouse", "carrier", "dock", "appointment").annotate(
            all_cartons=Count("shipments__cartons", distinct=True),
            on_board=Count("shipments__cartons", filter=Q(shipments__cartons__loaded_at__isnull=False), distinct=True),
        )

    @admin.display(description="state", ordering="state")
    def stands(self, load: Load) -> SafeString:
        """Where it stands."""
        return load_badge(load)

    @admin.display(description="cartons on it")
    def loaded(self, load: Any) -> SafeString:
        """How many of how many."""
        return progress(load.on_board, load.all_cartons)

    @admin.display(description="leaves", ordering="leaves_at")
    def leaves(self, load: Load) -> SafeString:
        """When it left or is to leave."""
        return moment(load.departed_at or load.leaves_at, load.warehouse.timezone)

    @admin.display(description="next")
    def next_step(self, load: Load) -> str:
        """What it waits for."""
        return LOAD_STEPS.get(LoadState(load.state), NOTHING)

    def facts(self, document: Load) -> Iterable[Fact]:
        """Who, where, how heavy, when, and who took it."""
        zone = document.warehouse.timezone
        aboard = list(
            Carton.objects.filter(shipment__load=document, loaded_at__isnull=False).select_related("carton_type")
        )
        grams = sum(carton_weights(aboard).values(), Decimal(0))
        most = f" of at most {weight(document.max_weight_g)}" if document.max_weight_g is not None else ""
        yield Fact("State", load_badge(document))
        yield Fact("Cartons on it", self.loaded(document))
        yield Fact("Weight", f"{weight(grams)}{most}" if aboard else NOTHING)
        yield Fact("Carrier", link(document.carrier, document.carrier.name))
        yield Fact("Trailer", document.trailer or NOTHING)
        yield Fact("Door", document.dock or NOTHING)
        yield Fact("Appointment", link(document.appointment))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Planned to leave", moment(document.leaves_at, zone))
        yield Fact("Closed", moment(document.closed_at, zone))
        if document.seal:
            yield Fact("Seal", document.seal)
        yield Fact("Left", moment(document.departed_at, zone))
        if document.taken_by:
            yield Fact("Taken by", document.taken_by)

    def papers(self, document: Load) -> Iterable[Paper]:
        """What the driver takes along."""
        yield Paper("Bill of lading", f"/api/v1/loads/{document.number}/bill-of-lading")
        yield Paper("Manifest", f"/api/v1/loads/{document.number}/manifest")

    def tables(self, request: HttpRequest, document: Load) -> Iterable[Table]:
        """Shipments with what is missing, and dangerous goods that do not simply ride together."""
        del request
        shipments: Any = document.shipments.select_related("warehouse").annotate(
            all_cartons=Count("cartons", distinct=True),
            on_board=Count("cartons", filter=Q(cartons__loaded_at__isnull=False), distinct=True),
        )
        yield Table(
            title="Shipments",
            columns=(Column("Shipment"), Column("State"), Column("For"), Column("Ship to"), Column("Cartons on it")),
            rows=[
                (
                    link(each),
                    shipment_badge(each),
                    each.document,
                    each.ship_to,
                    progress(each.on_board, each.all_cartons),
                )
                for each in shipments.order_by("pk")
            ],
            empty="No shipment yet. Put shipments on it, or scan their cartons at its door.",
        )
        yield _hazards_table(document)


def _hazards_table(load: Load) -> Table:
    """What the segregation table says of goods planned for this vehicle."""
    cartons = list(Carton.objects.filter(shipment__load=load))
    rules = transport_rules_on(load.warehouse.local_date(load.departed_at or load.leaves_at or load.created_at))
    pairs = what_rides_together(hazards_in(contents_of(cartons)), rules)
    return Table(
        title="Hazardous goods on one vehicle",
        columns=(Column("One"), Column("Other"), Column("Verdict"), Column("Because")),
        rows=[
            (str(pair.first), str(pair.second), badge(*VERDICT_WORDS[pair.mixing.verdict]), str(pair.mixing))
            for pair in pairs
        ],
        empty="Nothing hazardous, or all of it may ride together.",
    )
