"""Pick rounds, as whoever runs the floor sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from apps.accounts.access import OUTBOUND
from apps.accounts.roles import Role
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, paper, progress, quantity
from apps.core.admin.page import Column, Event, Fact, Paper, Table
from apps.journal.admin.page import Button, PageAdmin
from apps.ledger.admin.cells import MovesStock, table_of_moves
from apps.ledger.models import StockMove, StockTransaction
from apps.orders.admin.cells import PICK_TONES
from apps.orders.admin.walks import KIND_TONES, KIND_WORDS
from apps.orders.batching import Capacity
from apps.orders.models import PickRound, Wave
from apps.orders.operations import finish_round, hand_back_round, plan_rounds
from apps.orders.operations.carts import MAY_TAKE_FROM_OTHERS
from apps.orders.states import PickMethod, PickState, RoundState, WalkKind, WaveState
from apps.tasks.states import TaskState

TONES = {RoundState.READY: Tone.READY, RoundState.PICKING: Tone.PROGRESS, RoundState.DONE: Tone.DONE}
METHODS = {
    PickMethod.SINGLE: "One order",
    PickMethod.BATCH: "Batch",
    PickMethod.CLUSTER: "Cluster cart",
    PickMethod.ZONE: "Zone",
}


class PlanRounds(forms.Form):
    """Which kind of picking, and how many orders a cart takes."""

    method = forms.TypedChoiceField(
        choices=PickMethod.choices, coerce=PickMethod, initial=PickMethod.CLUSTER, widget=UnfoldAdminSelectWidget
    )
    capacity = forms.TypedChoiceField(
        label="Orders on a cart",
        choices=[(n, str(n)) for n in (1, 2, 4, 6, 8, 12, 16, 24)],
        coerce=lambda totes: Capacity(totes=int(totes)),
        initial=8,
        widget=UnfoldAdminSelectWidget,
    )


PLAN = Button(
    name="rounds",
    label="Plan pick rounds",
    operation=plan_rounds,
    argument="wave_id",
    done="The rounds wait for pickers.",
    roles=(Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.SALES, Role.ADMIN),
    states=(WaveState.RELEASED,),
    when=lambda wave: wave.picks.filter(state=PickState.TO_PICK, task__state=TaskState.READY, task__bundle="").exists(),
    form=PlanRounds,
    icon="shopping_cart",
)
"""On a wave's page."""


def round_badge(cart: PickRound) -> SafeString:
    """Where the round stands, in its colour."""
    return badge(cart.get_state_display(), TONES[RoundState(cart.state)])


def _metres(cart: PickRound) -> str:
    return NOTHING if cart.length_mm is None else f"{cart.length_mm / 1000:,.1f} m"


def rounds_table(wave: Wave) -> Table:
    """A wave's rounds with their pick lists."""
    return Table(
        title="Pick rounds",
        columns=(
            Column("Round"),
            Column("State"),
            Column("Kind"),
            Column("Zone"),
            Column("Orders", number=True),
            Column("Picked"),
            Column("Walk", number=True),
            Column("Picker"),
            Column("Papers"),
        ),
        rows=[
            (
                link(cart),
                round_badge(cart),
                METHODS[PickMethod(cart.method)],
                cart.zone.code if cart.zone is not None else NOTHING,
                cart.all_orders,
                progress(cart.done_picks, cart.all_picks),
                _metres(cart),
                cart.picker or NOTHING,
                paper("Pick list", f"/api/v1/pick-rounds/{cart.number}/pick-list"),
            )
            for cart in counted(wave.rounds.select_related("zone", "picker")).order_by("pk")
        ],
        empty="Its picks are taken one by one from the queue. Plan rounds to have them walked with a cart.",
    )


def counted(rounds: QuerySet[PickRound]) -> QuerySet[Any]:
    """With how many orders and picks each has, and how many of these are done."""
    return rounds.annotate(
        all_orders=Count("stops__pick__allocation__line__order", distinct=True),
        all_picks=Count("stops", distinct=True),
        done_picks=Count("stops", filter=~Q(stops__pick__state=PickState.TO_PICK), distinct=True),
    )


@admin.register(PickRound)
class PickRoundAdmin(MovesStock, PageAdmin):
    """Which picks are walked together."""

    access = OUTBOUND
    list_display = ("number", "stands", "kind", "wave", "zone", "picked", "walked", "picker", "warehouse")
    list_select_related = ("warehouse", "wave", "zone__warehouse", "picker")
    list_filter = (("state", StateFilter), "method", ("warehouse", OwnFilter))
    search_fields = ("number", "wave__number", "slots__order__number", "slots__tote__code", "picker__username")
    first_step = "Plan pick rounds on the page of a wave that is on the floor."
    buttons: ClassVar = (
        Button(
            name="hand-back",
            label="Hand back",
            operation=hand_back_round,
            argument="round_id",
            done="%s waits for another picker.",
            roles=MAY_TAKE_FROM_OTHERS,
            states=(RoundState.PICKING,),
            icon="undo",
        ),
        Button(
            name="finish",
            label="Finish",
            operation=finish_round,
            argument="round_id",
            done="%s is done.",
            roles=MAY_TAKE_FROM_OTHERS,
            states=(RoundState.READY, RoundState.PICKING),
            when=lambda cart: not cart.stops.filter(pick__state=PickState.TO_PICK).exists(),
            icon="done_all",
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PickRound]:
        """With how many picks are done."""
        rows: QuerySet[PickRound] = super().get_queryset(request)
        return counted(rows.select_related("warehouse", "wave", "zone__warehouse", "picker"))

    @admin.display(description="state", ordering="state")
    def stands(self, cart: PickRound) -> SafeString:
        """Where it stands."""
        return round_badge(cart)

    @admin.display(description="kind", ordering="method")
    def kind(self, cart: PickRound) -> str:
        """How its orders were put together."""
        return METHODS[PickMethod(cart.method)]

    @admin.display(description="picked")
    def picked(self, cart: Any) -> SafeString:
        """How many picks are done."""
        return progress(cart.done_picks, cart.all_picks)

    @admin.display(description="walk", ordering="length_mm")
    def walked(self, cart: PickRound) -> str:
        """How far it is."""
        return _metres(cart)

    def facts(self, document: PickRound) -> Iterable[Fact]:
        """How far, by whom, how long a walk."""
        zone = document.warehouse.timezone
        yield Fact("State", round_badge(document))
        yield Fact("Kind", document.get_method_display())
        yield Fact("Picked", self.picked(document))
        yield Fact("Wave", link(document.wave))
        if document.zone is not None:
            yield Fact("Zone", document.zone.code)
        yield Fact("Walk", badge(KIND_WORDS[WalkKind(document.walk)], KIND_TONES[WalkKind(document.walk)]))
        yield Fact("Length", _metres(document))
        yield Fact("Picker", document.picker or NOTHING)
        yield Fact("Claimed", moment(document.claimed_at, zone))
        yield Fact("Done", moment(document.done_at, zone))

    def papers(self, document: PickRound) -> Iterable[Paper]:
        """The walk on paper, with slots."""
        yield Paper("Pick list", f"/api/v1/pick-rounds/{document.number}/pick-list")

    def postings(self, document: PickRound) -> QuerySet[StockTransaction]:
        """Those of its picks."""
        return StockTransaction.objects.filter(pick__stop__round=document)

    def events(self, request: HttpRequest, document: PickRound) -> Iterable[Event]:
        """Its plan, and what was picked."""
        yield Event(at=document.created_at, who=document.planned_by, what="planned it")
        yield from super().events(request, document)

    def tables(self, request: HttpRequest, document: PickRound) -> Iterable[Table]:
        """The cart, the picks in their turn, the moves."""
        yield Table(
            title="Cart",
            columns=(Column("Slot", number=True), Column("Order"), Column("Tote")),
            rows=[
                (slot.slot, link(slot.order) if slot.order else "sorted afterwards", slot.tote or NOTHING)
                for slot in document.slots.select_related("order", "tote")
            ],
        )
        yield Table(
            title="Picks",
            columns=(
                Column("Turn", number=True),
                Column("Bin"),
                Column("Item"),
                Column("Asked", number=True),
                Column("Picked", number=True),
                Column("Slot", number=True),
                Column("Order"),
                Column("State"),
                Column("Pick"),
            ),
            rows=[
                (
                    stop.position,
                    stop.pick.task.source,
                    stop.pick.task.item,
                    quantity(stop.pick.quantity, stop.pick.task.goods.unit),
                    quantity(stop.pick.picked, stop.pick.task.goods.unit),
                    stop.slot.slot,
                    link(stop.pick.allocation.line.order),
                    badge(stop.pick.get_state_display(), PICK_TONES[PickState(stop.pick.state)]),
                    link(stop.pick),
                )
                for stop in document.stops.select_related(
                    "slot", "pick__task__source", "pick__task__item__unit", "pick__allocation__line__order"
                )
            ],
        )
        moves = StockMove.objects.filter(transaction__pick__stop__round=document)
        yield table_of_moves(request, moves, empty="Nothing has been picked yet.")
