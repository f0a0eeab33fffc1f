"""Shipments and cartons. `orders` registers the shipment's page, since it knows what leaving means for an order."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import OUTBOUND
from apps.catalog.models import Item
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, named, paper, progress
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.core.decimals import plain
from apps.journal.admin.page import PageAdmin
from apps.ledger.admin.cells import MovesStock, balances_table, moves_table
from apps.shipping.models import Carton, Shipment, ShippingPallet
from apps.shipping.states import ShipmentState

SHIPMENT_TONES = {
    ShipmentState.PACKING: Tone.PROGRESS,
    ShipmentState.PACKED: Tone.READY,
    ShipmentState.LOADED: Tone.READY,
    ShipmentState.SHIPPED: Tone.DONE,
    ShipmentState.CANCELLED: Tone.BLOCKED,
}
NEXT_STEPS = {
    ShipmentState.PACKING: "Finish packing",
    ShipmentState.PACKED: "Load it",
    ShipmentState.LOADED: "Send it off",
}


def shipment_badge(shipment: Shipment) -> SafeString:
    """Where the shipment stands, in its colour."""
    return badge(shipment.get_state_display(), SHIPMENT_TONES[ShipmentState(shipment.state)])


def weight(grams: Decimal | None) -> str:
    """As weighed."""
    return NOTHING if grams is None else f"{plain(grams / 1000)} kg"


class ShipmentAdmin(MovesStock, PageAdmin):
    """What leaves together."""

    access = OUTBOUND
    list_display = (
        "number",
        "stands",
        "document",
        "ship_to",
        "packed",
        "carrier",
        "dock",
        "gone",
        "warehouse",
        "next_step",
    )
    list_select_related = ("warehouse", "carrier", "dock")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter))
    search_fields = ("number", "document", "ship_to", "party__name", "cartons__unit__number")
    first_step = "The packing bench opens a shipment for what is picked of an order."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Shipment]:
        """With how many cartons are closed."""
        rows: QuerySet[Shipment] = super().get_queryset(request)
        return rows.select_related("warehouse", "carrier", "dock", "service", "load").annotate(
            all_cartons=Count("cartons", distinct=True),
            closed_cartons=Count("cartons", filter=Q(cartons__closed_at__isnull=False), distinct=True),
        )

    @admin.display(description="state", ordering="state")
    def stands(self, shipment: Shipment) -> SafeString:
        """Where it stands."""
        return shipment_badge(shipment)

    @admin.display(description="cartons closed")
    def packed(self, shipment: Shipment) -> str:
        """How many of how many."""
        return f"{getattr(shipment, 'closed_cartons', 0)} of {getattr(shipment, 'all_cartons', 0)}"

    @admin.display(description="left", ordering="shipped_at")
    def gone(self, shipment: Shipment) -> SafeString:
        """When it left."""
        return moment(shipment.shipped_at, shipment.warehouse.timezone)

    @admin.display(description="next")
    def next_step(self, shipment: Shipment) -> str:
        """What it waits for."""
        return NEXT_STEPS.get(ShipmentState(shipment.state), NOTHING)

    def facts(self, document: Shipment) -> Iterable[Fact]:
        """To whom, how, when."""
        zone = document.warehouse.timezone
        yield Fact("State", shipment_badge(document))
        yield Fact("For", named(document.document))
        yield Fact("Ship to", ", ".join([document.ship_to, *document.address_lines]))
        closed, cartons = (Decimal(getattr(document, name, 0)) for name in ("closed_cartons", "all_cartons"))
        yield Fact("Cartons closed", progress(closed, cartons))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Carrier", link(document.carrier, document.carrier.name) if document.carrier else NOTHING)
        yield Fact("Service", document.service or NOTHING)
        yield Fact("Load", link(document.load))
        yield Fact("Dock", document.dock or NOTHING)
        yield Fact("Packed", moment(document.packed_at, zone))
        yield Fact("Loaded", moment(document.loaded_at, zone))
        yield Fact("Left", moment(document.shipped_at, zone))
        yield Fact("Delivered", moment(document.delivered_at, zone))

    def papers(self, document: Shipment) -> Iterable[Paper]:
        """What goes with the goods."""
        yield Paper("Packing slip", f"/api/v1/shipments/{document.number}/packing-slip")
        yield Paper("Manifest of today", f"/api/v1/shipments/manifest?warehouse={document.warehouse.code}")

    def tables(self, request: HttpRequest, document: Shipment) -> Iterable[Table]:
        """Cartons and moves."""
        yield Table(
            title="Cartons",
            columns=(
                Column("Carton"),
                Column("SSCC"),
                Column("State"),
                Column("Where"),
                Column("Weight", number=True),
                Column("Tracking"),
                Column("Pallet"),
                Column("Papers"),
            ),
            rows=[
                (
                    carton.sequence,
                    link(carton, carton.unit.number),
                    carton_badge(carton),
                    carton.unit.location or NOTHING,
                    weight(carton.weight_g),
                    carton.tracking_number or NOTHING,
                    carton.pallet or NOTHING,
                    paper("Label", f"/api/v1/cartons/{carton.unit.number}/label"),
                )
                for carton in document.cartons.select_related("unit__location", "pallet__unit").order_by("sequence")
            ],
            empty="No carton yet. The packing bench opens them.",
        )
        yield moves_table(request, document.number)


def carton_badge(carton: Carton) -> SafeString:
    """Whether it is open, closed or on the truck."""
    if carton.loaded_at:
        return badge("Loaded", Tone.DONE)
    return badge("Closed", Tone.READY) if carton.closed_at else badge("Open", Tone.PROGRESS)


@admin.register(Carton)
class CartonAdmin(PageAdmin):
    """Cartons by their SSCC."""

    access = OUTBOUND
    list_display = ("sscc", "stands", "shipment", "sequence", "where", "weighed")
    list_select_related = ("unit__location", "shipment__warehouse")
    list_filter = (("shipment__warehouse", OwnFilter), ("closed_at", admin.EmptyFieldListFilter))
    search_fields = ("unit__number", "unit__sscc", "tracking_number", "shipment__number", "shipment__document")
    first_step = "The packing bench opens cartons; each gets an SSCC of its own."

    @admin.display(description="SSCC", ordering="unit__number")
    def sscc(self, carton: Carton) -> str:
        """Its number."""
        return carton.unit.number

    @admin.display(description="state")
    def stands(self, carton: Carton) -> SafeString:
        """Where it stands."""
        return carton_badge(carton)

    @admin.display(description="where")
    def where(self, carton: Carton) -> object:
        """In which place."""
        return carton.unit.location or NOTHING

    @admin.display(description="weight", ordering="weight_g")
    def weighed(self, carton: Carton) -> str:
        """As weighed."""
        return weight(carton.weight_g)

    def facts(self, document: Carton) -> Iterable[Fact]:
        """Of which shipment, where, how heavy."""
        yield Fact("State", carton_badge(document))
        yield Fact("Shipment", link(document.shipment))
        yield Fact("Number in it", document.sequence)
        yield Fact("Where", document.unit.location or NOTHING)
        yield Fact("Weight", weight(document.weight_g))
        yield Fact("Type", document.carton_type or NOTHING)
        yield Fact("Pallet", document.pallet or NOTHING)
        yield Fact("Tracking number", document.tracking_number or NOTHING)

    def papers(self, document: Carton) -> Iterable[Paper]:
        """Its label, and those of dangerous goods."""
        yield Paper("Label", f"/api/v1/cartons/{document.unit.number}/label")
        if Item.objects.filter(pk__in=document.unit.balances.on_hand().values("item")).hazardous().exists():
            yield Paper("Transport labels", f"/api/v1/cartons/{document.unit.number}/transport-labels")

    def tables(self, request: HttpRequest, document: Carton) -> Iterable[Table]:
        """What is in it."""
        yield balances_table(request, document.unit.balances.filter(on_hand__gt=0).order_by("item__number"))


@admin.register(ShippingPallet)
class ShippingPalletAdmin(PageAdmin):
    """Pallets to ship on, by their SSCC."""

    access = OUTBOUND
    list_display = ("sscc", "cartons_on_it", "warehouse", "built")
    list_select_related = ("unit", "warehouse")
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("unit__number", "cartons__unit__number", "cartons__shipment__number")
    first_step = "The packing bench stacks closed cartons on pallets."

    def get_queryset(self, request: HttpRequest) -> QuerySet[ShippingPallet]:
        """With how many cartons are on it."""
        rows: QuerySet[ShippingPallet] = super().get_queryset(request)
        return rows.select_related("unit", "warehouse").annotate(stacked=Count("cartons"))

    @admin.display(description="SSCC", ordering="unit__number")
    def sscc(self, pallet: ShippingPallet) -> str:
        """Its number."""
        return pallet.unit.number

    @admin.display(description="cartons", ordering="stacked")
    def cartons_on_it(self, pallet: ShippingPallet) -> int:
        """How many."""
        return int(getattr(pallet, "stacked", 0))

    @admin.display(description="built", ordering="created_at")
    def built(self, pallet: ShippingPallet) -> SafeString:
        """When."""
        return moment(pallet.created_at, pallet.warehouse.timezone)

    def facts(self, document: ShippingPallet) -> Iterable[Fact]:
        """Where, how many cartons."""
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Cartons", self.cartons_on_it(document))
        yield Fact("Built", self.built(document))

    def papers(self, document: ShippingPallet) -> Iterable[Paper]:
        """Its label."""
        if getattr(document, "stacked", 0):
            yield Paper("Label", f"/api/v1/pallets/{document.unit.number}/label")

    def tables(self, request: HttpRequest, document: ShippingPallet) -> Iterable[Table]:
        """The cartons on it."""
        del request
        cartons = document.cartons.select_related("unit__location", "shipment")
        yield Table(
            title="Cartons",
            columns=(Column("SSCC"), Column("State"), Column("Shipment"), Column("Ship to"), Column("Where")),
            rows=[
                (
                    link(carton, carton.unit.number),
                    carton_badge(carton),
                    link(carton.shipment),
                    carton.shipment.ship_to,
                    carton.unit.location or NOTHING,
                )
                for carton in cartons.order_by("pk")
            ],
        )
