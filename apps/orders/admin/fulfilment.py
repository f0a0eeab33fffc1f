"""Waves and picks; and the pages of shipments and loads, with what leaving means for their orders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextInputWidget

from apps.accounts.access import OUTBOUND
from apps.accounts.roles import Role
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, badge, link, moment, progress, quantity
from apps.core.admin.page import Column, Event, Fact, Paper, Table
from apps.core.decimals import plain
from apps.journal.admin.page import Button, PageAdmin
from apps.ledger.admin.cells import MovesStock, table_of_moves
from apps.ledger.models import StockMove, StockTransaction
from apps.orders.admin.cells import (
    PICK_TONES,
    late_badge,
    order_badge,
    picks_table,
    shipments_table,
    wave_badge,
)
from apps.orders.admin.rounds import PLAN, rounds_table
from apps.orders.admin.walks import walks_table
from apps.orders.models import Pick, SalesOrder, Wave
from apps.orders.operations import (
    complete_packing,
    depart_load,
    ship_shipment,
)
from apps.orders.queries import packing_instructions_of, propose_cartons
from apps.orders.states import PickState
from apps.shipping.admin import LoadAdmin, ShipmentAdmin
from apps.shipping.admin.shipments import weight
from apps.shipping.models import Load, Shipment
from apps.shipping.states import LoadState, ShipmentState
from apps.tasks.admin import tasks_table

if TYPE_CHECKING:
    from apps.orders.models.fulfilment import PickQuerySet

PACKERS = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)


@admin.register(Wave)
class WaveAdmin(MovesStock, PageAdmin):
    """Orders that are picked together."""

    access = OUTBOUND
    list_display = ("number", "stands", "picked", "released", "released_by", "warehouse")
    list_select_related = ("warehouse", "released_by")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter))
    search_fields = ("number", "picks__number", "picks__allocation__line__order__number")
    first_step = "Select allocated sales orders and release them to the floor."
    buttons = (PLAN,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Wave]:
        """With how many picks are done."""
        rows: QuerySet[Wave] = super().get_queryset(request)
        return rows.select_related("warehouse", "released_by", "template").annotate(
            all_picks=Count("picks", distinct=True),
            done_picks=Count("picks", filter=~Q(picks__state=PickState.TO_PICK), distinct=True),
        )

    @admin.display(description="state", ordering="state")
    def stands(self, wave: Wave) -> SafeString:
        """Whether anything is left to pick."""
        return wave_badge(wave)

    @admin.display(description="picked")
    def picked(self, wave: Any) -> SafeString:
        """How many picks are done."""
        return progress(wave.done_picks, wave.all_picks)

    @admin.display(description="released", ordering="released_at")
    def released(self, wave: Wave) -> SafeString:
        """When it went to the floor."""
        return moment(wave.released_at, wave.warehouse.timezone)

    def facts(self, document: Wave) -> Iterable[Fact]:
        """How far, since when, by whom."""
        yield Fact("State", self.stands(document))
        yield Fact("Picked", self.picked(document))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Released", self.released(document))
        yield Fact("Released by", "its orders' rules" if document.is_waveless else document.released_by)
        if document.template is not None:
            yield Fact("Template", link(document.template, document.template.name))
        if document.cut_off_at is not None:
            yield Fact("Truck leaves", moment(document.cut_off_at, document.warehouse.timezone))
        yield Fact("Done", moment(document.done_at, document.warehouse.timezone))

    def postings(self, document: Wave) -> QuerySet[StockTransaction]:
        """Those of its own picks: an order may be in several waves."""
        return StockTransaction.objects.filter(pick__wave=document)

    def events(self, request: HttpRequest, document: Wave) -> Iterable[Event]:
        """Its release, and what was picked."""
        yield Event(at=document.released_at, who=document.released_by, what="released it")
        yield from super().events(request, document)

    def papers(self, document: Wave) -> Iterable[Paper]:
        """The walk on paper."""
        yield Paper("Pick list", f"/api/v1/waves/{document.number}/pick-list")

    def tables(self, request: HttpRequest, document: Wave) -> Iterable[Table]:
        """Orders, picks, what became of them, moves."""
        picks = Pick.objects.filter(wave=document, allocation__line__order=OuterRef("pk"))
        orders = SalesOrder.objects.filter(Exists(picks)).select_related("customer", "warehouse")
        yield Table(
            title="Orders",
            columns=(Column("Order"), Column("State"), Column("Customer"), Column("Due")),
            rows=[
                (link(order), order_badge(order), order.customer.name, late_badge(order))
                for order in orders.order_by("due_on", "pk")
            ],
        )
        yield picks_table(document.picks.all())
        yield rounds_table(document)
        yield walks_table(document)
        yield shipments_table(
            Shipment.objects.filter(order_shipment__order__lines__allocations__pick__wave=document).distinct()
        )
        moves = StockMove.objects.filter(transaction__pick__wave=document)
        yield table_of_moves(request, moves, empty="Nothing has been picked yet.")


class GoingOutFilter(admin.SimpleListFilter):
    """By whether the goods taken are still here."""

    title = "goods"
    parameter_name = "goods"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """One choice: what left is the shipments' list."""
        del request, model_admin
        return [("out", "Taken, on their way out")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Pick]) -> QuerySet[Pick]:
        """The picks whose goods have not left."""
        del request
        return cast("PickQuerySet", queryset).on_their_way_out() if self.value() else queryset


@admin.register(Pick)
class PickAdmin(PageAdmin):
    """What was taken from which bin for which order."""

    access = OUTBOUND
    list_display = ("number", "stands", "order", "bin", "item", "asked", "taken", "short_reason", "wave")
    list_select_related = ("task__item__unit", "task__source", "wave__warehouse", "allocation__line__order")
    list_filter = (("state", StateFilter), ("wave__warehouse", OwnFilter), GoingOutFilter)
    search_fields = ("number", "wave__number", "task__number", "task__item__number", "allocation__line__order__number")
    first_step = "Releasing a wave makes picks."

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """By item too: the stock position leads here."""
        return lookup == "task__item__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description="state", ordering="state")
    def stands(self, pick: Pick) -> SafeString:
        """Where it stands."""
        return badge(pick.get_state_display(), PICK_TONES[PickState(pick.state)])

    @admin.display(description="order")
    def order(self, pick: Pick) -> SafeString:
        """For which order."""
        return link(pick.allocation.line.order)

    @admin.display(description="bin", ordering="task__source__code")
    def bin(self, pick: Pick) -> str:
        """From where."""
        return pick.task.source.code

    @admin.display(description="item", ordering="task__item__number")
    def item(self, pick: Pick) -> str:
        """What."""
        return pick.task.goods.number

    @admin.display(description="asked", ordering="quantity")
    def asked(self, pick: Pick) -> SafeString:
        """How much was reserved."""
        return quantity(pick.quantity, pick.task.goods.unit)

    @admin.display(description="picked", ordering="picked")
    def taken(self, pick: Pick) -> SafeString:
        """How much was there."""
        return quantity(pick.picked, pick.task.goods.unit)

    def facts(self, document: Pick) -> Iterable[Fact]:
        """What, from where, for whom."""
        yield Fact("State", self.stands(document))
        yield Fact("Order", self.order(document))
        yield Fact("Wave", link(document.wave))
        yield Fact("Task", link(document.task))
        yield Fact("Bin", link(document.task.source))
        yield Fact("Item", link(document.task.item))
        yield Fact("Asked", self.asked(document))
        yield Fact("Picked", self.taken(document))
        yield Fact("Tote", link(document.tote))
        if document.short_reason:
            yield Fact("Short because", document.short_reason)

    def tables(self, request: HttpRequest, document: Pick) -> Iterable[Table]:
        """The tasks of its order."""
        yield tasks_table(request, document.task.document)


@admin.register(Shipment)
class OrderShipmentAdmin(ShipmentAdmin):
    """Shipments, with the verbs that also move their order along."""

    buttons = (
        Button(
            name="pack",
            label="All is packed",
            operation=complete_packing,
            argument="shipment_id",
            done="%s is packed.",
            roles=PACKERS,
            states=(ShipmentState.PACKING,),
            icon="package_2",
        ),
        Button(
            name="ship",
            label="Send it off",
            operation=ship_shipment,
            argument="shipment_id",
            done="%s has left.",
            roles=PACKERS,
            states=(ShipmentState.LOADED,),
            when=lambda shipment: shipment.load_id is None,
            icon="local_shipping",
        ),
    )

    def papers(self, document: Shipment) -> Iterable[Paper]:
        """What customs asks for, too."""
        yield from super().papers(document)
        yield Paper("Customs invoice", f"/api/v1/shipments/{document.number}/customs-invoice")

    def tables(self, request: HttpRequest, document: Shipment) -> Iterable[Table]:
        """What the packer is told, and which cartons to take as long as it is packed, before the cartons."""
        order = SalesOrder.objects.filter(order_shipments__shipment=document).first()
        told = packing_instructions_of(order) if order is not None else []
        if told:
            yield Table(
                title="For the packer",
                columns=(Column("Line"), Column("Item"), Column("Instruction"), Column("Rule")),
                rows=[(each.line or "All", each.item or NOTHING, each.text, each.rule) for each in told],
            )
        if document.state == ShipmentState.PACKING and order is not None:
            yield _proposal_table(order, document.warehouse.local_date(document.created_at))
        yield from super().tables(request, document)


def _proposal_table(order: SalesOrder, on: date) -> Table:
    proposal = propose_cartons(order, on=on)
    rows: list[tuple[object, ...]] = [
        (
            number,
            each.box.code,
            ", ".join(f"{plain(units)} x {item}" for item, units in each.contents.items()),
            weight(each.weight_g),
            f"{each.fill_percent}\N{NO-BREAK SPACE}%",
            " ".join(each.because) or NOTHING,
        )
        for number, each in enumerate(proposal.cartons, start=1)
    ]
    rows += [(NOTHING, "none", each.piece.item, NOTHING, NOTHING, each.because) for each in proposal.misfits]
    return Table(
        title="Cartons to take",
        columns=(
            Column("Carton"),
            Column("Type"),
            Column("What goes into it"),
            Column("Weight", number=True),
            Column("Full", number=True),
            Column("Because"),
        ),
        rows=rows,
        empty="All that is picked is in cartons.",
    )


class AskWhoTakesIt(forms.Form):
    """The proof of shipment."""

    taken_by = forms.CharField(
        max_length=80,
        label="Taken by",
        help_text="The driver's name, as they give it",
        widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}),
    )


@admin.register(Load)
class OrderLoadAdmin(LoadAdmin):
    """Loads, with the departure that their orders learn of."""

    buttons = (
        Button(
            name="depart",
            label="Let it leave",
            operation=depart_load,
            argument="load_id",
            done="%s has left.",
            roles=PACKERS,
            states=(LoadState.CLOSED,),
            form=AskWhoTakesIt,
            icon="local_shipping",
        ),
        *LoadAdmin.buttons,
    )
