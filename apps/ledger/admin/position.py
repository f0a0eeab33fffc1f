"""Balances and reservations."""

from __future__ import annotations

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
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment, quantity
from apps.ledger.admin.cells import RESERVATION_TONES, place, status_badge
from apps.ledger.models import Hold, Reservation, StockBalance
from apps.ledger.states import HoldReason, ReservationState

if TYPE_CHECKING:
    from apps.ledger.models.position import StockBalanceQuerySet


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
class StockBalanceAdmin(ReadOnlyAdmin):
    """What stands where, now."""

    access = STOCK
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
    first_step = "Stock comes in by receiving against a purchase order; import opening stock to start with."

    def get_queryset(self, request: HttpRequest) -> QuerySet[StockBalance]:
        """With whether each lot is held."""
        rows: QuerySet[StockBalance] = super().get_queryset(request)
        return rows.select_related(*self.list_select_related).annotate(
            held=Exists(Hold.objects.open().filter(lot=OuterRef("lot")))
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
