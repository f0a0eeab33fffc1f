"""Balances and reservations."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from apps.accounts.access import STOCK
from apps.core import clock
from apps.core.admin import OwnFilter, ReadOnlyAdmin, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment, named, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.page import PageAdmin
from apps.ledger.admin.cells import RESERVATION_TONES, changed, place, recorded, status_badge
from apps.ledger.models import Hold, Reservation, StockBalance
from apps.ledger.queries.why import moves_of, steps_of
from apps.ledger.states import HoldReason, ReservationState

if TYPE_CHECKING:
    from apps.ledger.models.position import StockBalanceQuerySet

STEPS = 50
"""Moves on one page of a balance."""
CLAIMS = 100
DIGITS = 18
"""Of a number that can be a move's."""


class StockedFilter(admin.SimpleListFilter):
    """By whether anything is there."""

    title = "stock"
    parameter_name = "stock"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """A balance that was emptied stays as a row of nothing."""
        del request, model_admin
        return [
            ("standing", "At the site"),
            ("free", "Free to reserve"),
            ("available", "Free and not expired"),
            ("reserved", "Reserved"),
            ("transit", "On the road"),
            ("empty", "Empty too"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[StockBalance]) -> QuerySet[StockBalance]:
        """Those with goods, unless empty ones are asked for."""
        del request
        balances = cast("StockBalanceQuerySet", queryset)
        chosen = {
            "empty": balances,
            "free": balances.pickable(),
            "available": balances.available(clock.now()),
            "standing": balances.standing(),
            "transit": balances.in_transit(),
            "reserved": balances.on_hand().filter(reserved__gt=0),
        }
        return chosen.get(self.value() or "", balances.on_hand())


class HoldReasonFilter(admin.SimpleListFilter):
    """By why the lot may not leave; of several open holds the first counts."""

    title = "hold"
    parameter_name = "hold"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The reasons, and none."""
        del request, model_admin
        return [*((reason.value, str(reason.label)) for reason in HoldReason), ("none", "Not held")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[StockBalance]) -> QuerySet[StockBalance]:
        """The balances of lots so held."""
        del request
        if not self.value():
            return queryset
        balances = cast("StockBalanceQuerySet", queryset)
        reason = "" if self.value() == "none" else self.value()
        return balances.with_hold().filter(**{self.parameter_name: reason})


@admin.register(StockBalance)
class StockBalanceAdmin(PageAdmin):
    """What stands where, now; the page of one tells why."""

    access = STOCK
    change_form_template = "admin/stillage/balance.html"
    list_display = (
        "item_number",
        "item_name",
        "where",
        "warehouse",
        "lot_number",
        "expiry",
        "condition",
        "on_hand_units",
        "reserved_units",
        "free_units",
    )
    list_display_links = ("item_number",)
    list_select_related = ("item__unit", "location", "warehouse", "lot", "unit")
    list_filter = (
        StockedFilter,
        HoldReasonFilter,
        ("warehouse", OwnFilter),
        ("status", StateFilter),
        ("item", AutocompleteSelectFilter),
        "location__kind",
    )
    search_fields = ("item__number", "item__name", "location__code", "lot__number", "unit__number", "serial__number")
    ordering = ("item__number", "location__code")
    first_step = (
        "Stock comes in by receiving against a purchase order; "
        "`import_opening_stock` brings in what stands there on the first day."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[StockBalance]:
        """With whether each lot is held."""
        rows: QuerySet[StockBalance] = super().get_queryset(request)
        return rows.select_related(*self.list_select_related).annotate(
            held=Exists(Hold.objects.open().filter(lot=OuterRef("lot")))
        )

    def trail_number(self, document: StockBalance) -> str:
        """No document and no decision is about a balance alone."""
        del document
        return ""

    def facts(self, document: StockBalance) -> Iterable[Fact]:
        """What it counts, and the count."""
        yield Fact("Item", link(document.item, f"{document.item.number} {document.item.name}"))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Location", link(document.location))
        yield Fact("Lot", self.lot_number(document))
        if document.serial:
            yield Fact("Serial number", link(document.serial))
        if document.unit:
            yield Fact("In", link(document.unit))
        if document.owner:
            yield Fact("Owner", document.owner)
        yield Fact("Status", self.condition(document))
        yield Fact("On hand", self.on_hand_units(document))
        yield Fact("Reserved", self.reserved_units(document))

    def tables(self, request: HttpRequest, document: StockBalance) -> Iterable[Table]:
        """What is reserved of it, and all moves that made it what it is, newest first, a page at a time."""
        unit = document.item.unit
        pending = document.reservations.filter(state=ReservationState.PENDING).order_by("pk")
        yield Table(
            title="Reserved",
            columns=(Column("For"), Column("Since"), Column("Quantity", number=True)),
            rows=[
                (
                    named(claim.document),
                    moment(claim.reserved_at, document.warehouse.timezone),
                    quantity(claim.quantity, unit),
                )
                for claim in pending[:CLAIMS]
            ],
            empty="Nothing of it is spoken for.",
        )
        before = request.GET.get("before", "")
        moves = moves_of(document).order_by("-pk")
        if before.isdecimal() and len(before) <= DIGITS:
            moves = moves.filter(pk__lt=int(before))
        page = list(moves[: STEPS + 1])
        yield Table(
            title="Why",
            columns=(
                Column("When"),
                Column("Posting"),
                Column("Document"),
                Column("Reason"),
                Column("From"),
                Column("To"),
                Column("Change", number=True),
                Column("On hand", number=True),
                Column("By"),
                Column("Device"),
            ),
            rows=[
                (
                    recorded(step.move.transaction, document.warehouse.timezone),
                    link(step.move.transaction, step.move.transaction.get_kind_display()),
                    named(step.move.transaction.document),
                    step.move.transaction.reason or NOTHING,
                    place(step.move.source, step.move.source_unit),
                    place(step.move.target, step.move.target_unit),
                    changed(step.change, unit),
                    quantity(step.on_hand, unit),
                    step.move.transaction.by,
                    step.move.transaction.device or NOTHING,
                )
                for step in steps_of(document, page[:STEPS])
            ],
            empty="Nothing ever came here.",
            more=f"?before={page[STEPS - 1].pk}" if len(page) > STEPS else "",
        )

    @admin.display(description="item", ordering="item__number")
    def item_number(self, balance: StockBalance) -> str:
        """The item."""
        return balance.item.number

    @admin.display(description="name", ordering="item__name")
    def item_name(self, balance: StockBalance) -> str:
        """What it is called."""
        return balance.item.name

    @admin.display(description="location", ordering="location__code")
    def where(self, balance: StockBalance) -> SafeString:
        """The bin, and the pallet or carton in it."""
        return place(balance.location, balance.unit)

    @admin.display(description="lot", ordering="lot__number")
    def lot_number(self, balance: StockBalance) -> SafeString:
        """The lot, leading to its holds."""
        return link(balance.lot)

    @admin.display(description="expires", ordering="lot__expires_on")
    def expiry(self, balance: StockBalance) -> str:
        """When the lot expires."""
        return day(balance.lot.expires_on) if balance.lot else NOTHING

    @admin.display(description="status", ordering="status")
    def condition(self, balance: StockBalance) -> SafeString:
        """The goods' status; a hold on their lot goes before it."""
        if getattr(balance, "held", False):
            return badge("Lot on hold", Tone.HELD)
        return status_badge(balance.status)

    @admin.display(description="on hand", ordering="on_hand")
    def on_hand_units(self, balance: StockBalance) -> SafeString:
        """All that is there."""
        return quantity(balance.on_hand, balance.item.unit)

    @admin.display(description="reserved", ordering="reserved")
    def reserved_units(self, balance: StockBalance) -> SafeString:
        """Spoken for."""
        return quantity(balance.reserved, balance.item.unit)

    @admin.display(description="free")
    def free_units(self, balance: StockBalance) -> SafeString:
        """Not spoken for, and its lot not held."""
        return quantity(Decimal(0) if getattr(balance, "held", False) else balance.free, balance.item.unit)


@admin.register(Reservation)
class ReservationAdmin(ReadOnlyAdmin):
    """Stock that is spoken for."""

    access = STOCK
    list_display = ("document", "stands", "item", "where", "amount", "since", "warehouse")
    list_select_related = ("warehouse", "balance__item__unit", "balance__location", "balance__lot")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter))
    search_fields = ("document", "balance__item__number", "balance__location__code")
    first_step = "Allocating a sales order reserves stock at its bins."

    @admin.display(description="state", ordering="state")
    def stands(self, reservation: Reservation) -> SafeString:
        """Whether it still binds."""
        return badge(reservation.get_state_display(), RESERVATION_TONES[ReservationState(reservation.state)])

    @admin.display(description="item")
    def item(self, reservation: Reservation) -> str:
        """Of what."""
        return reservation.balance.item.number

    @admin.display(description="where")
    def where(self, reservation: Reservation) -> SafeString:
        """At which bin, of which lot."""
        return place(reservation.balance.location, reservation.balance.lot)

    @admin.display(description="quantity", ordering="quantity")
    def amount(self, reservation: Reservation) -> SafeString:
        """How much."""
        return quantity(reservation.quantity, reservation.balance.item.unit)

    @admin.display(description="since", ordering="reserved_at")
    def since(self, reservation: Reservation) -> SafeString:
        """From when on."""
        return moment(reservation.reserved_at, reservation.warehouse.timezone)
