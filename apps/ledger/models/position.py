"""Where stock stands now and what is spoken for: a projection of the moves, kept by the same function."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from apps.catalog.models import Item, Party
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models.goods import HandlingUnit, Hold, Lot, SerialNumber
from apps.ledger.models.movement import StockMove
from apps.ledger.states import ReservationState, StockStatus
from apps.locations.choices import PICKABLE, LocationKind
from apps.locations.models import Location, Warehouse


def _or_zero(field: str) -> Coalesce:
    return Coalesce(F(field), Value(0), output_field=models.BigIntegerField())


KEY: tuple[str | Coalesce, ...] = (
    "warehouse",
    "item",
    "location",
    _or_zero("lot"),
    "status",
    *(_or_zero(name) for name in ("serial", "owner", "unit")),
)
"""The full key of a balance; what may be nothing counts as 0, so that SQL can look for the whole of it."""
GOODS = ("warehouse", "item__unit", "location", "lot", "serial", "owner", "unit")
"""What a balance is shown with."""


class StockBalanceQuerySet(ScopedQuerySet["StockBalance"]):
    """Balances by what can be done with them."""

    def on_hand(self) -> StockBalanceQuerySet:
        """Those with goods."""
        return self.filter(on_hand__gt=0)

    def pickable(self) -> StockBalanceQuerySet:
        """What may be promised: available, in a bin that is picked from, its lot not held, not all of it reserved."""
        return self.filter(
            ~Exists(Hold.objects.open().filter(lot=OuterRef("lot"))),
            status=StockStatus.AVAILABLE,
            location__kind__in=PICKABLE,
            location__is_active=True,
            on_hand__gt=F("reserved"),
        )

    def standing(self) -> StockBalanceQuerySet:
        """Goods that are at the site, not on the road to it."""
        return self.on_hand().exclude(location__kind=LocationKind.TRANSIT)

    def in_transit(self) -> StockBalanceQuerySet:
        """Goods on the road from another site."""
        return self.on_hand().filter(location__kind=LocationKind.TRANSIT)

    def available(self, at: datetime) -> StockBalanceQuerySet:
        """What may be promised and has not expired by the calendar of its warehouse."""
        today = Func(
            F("warehouse__timezone"),
            Value(at, output_field=models.DateTimeField()),
            function="timezone",
            output_field=models.DateTimeField(),
        )
        return self.pickable().exclude(lot__expires_on__lte=Cast(today, models.DateField()))

    def with_hold(self) -> StockBalanceQuerySet:
        """Annotates `hold`: why the lot may not leave, empty when it may; of several open holds the first counts."""
        first = Hold.objects.open().filter(lot=OuterRef("lot")).order_by("opened_at", "pk")
        return self.annotate(hold=Coalesce(Subquery(first.values("reason")[:1]), Value("")))


class StockBalance(models.Model):
    """On hand and reserved of one full key in a physical location, in base units."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="balances", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, related_name="balances", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="balances", db_index=False)
    status = models.CharField(max_length=10, choices=StockStatus.choices)
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="balances", db_index=False)
    owner = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(HandlingUnit, models.PROTECT, null=True, related_name="balances", db_index=False)
    on_hand = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    reserved = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    last_move = models.ForeignKey(
        StockMove, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )

    objects: ClassVar[StockBalanceQuerySet] = StockBalanceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(*KEY, name="stock_balance_key"),
            models.UniqueConstraint(
                fields=["serial"], condition=Q(serial__isnull=False, on_hand__gt=0), name="stock_balance_serial_once"
            ),
            models.CheckConstraint(
                name="stock_balance_covered",
                condition=Q(on_hand__gte=0, reserved__gte=0, reserved__lte=F("on_hand")),
            ),
            models.CheckConstraint(name="stock_balance_serial_is_one", condition=Q(serial=None) | Q(on_hand__lte=1)),
            values_check("status", StockStatus, "stock_balance_status_known"),
        )
        # None but the key finds empty balances: while a table is small another index looks as good to the planner, and
        # a plan of that time would read all of a place, or of an item, for each move when it has grown.
        indexes = (
            models.Index(fields=["item"], name="stock_balance_item", condition=Q(on_hand__gt=0)),
            models.Index(fields=["location"], name="stock_balance_location", condition=Q(on_hand__gt=0)),
            models.Index(fields=["lot"], name="stock_balance_lot", condition=Q(on_hand__gt=0, lot__isnull=False)),
            models.Index(fields=["unit"], name="stock_balance_unit", condition=Q(on_hand__gt=0, unit__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.item} at {self.location}"

    @property
    def free(self) -> Decimal:
        """On hand and not spoken for."""
        return self.on_hand - self.reserved


class ReservationQuerySet(ScopedQuerySet["Reservation"]):
    """Reservations by their state."""

    def pending(self) -> ReservationQuerySet:
        """Those that still bind stock."""
        return self.filter(state=ReservationState.PENDING)


class Reservation(models.Model):
    """A quantity of one balance is spoken for until it is consumed or released, exactly once.

    A part that ends earlier, or moves to another bin, becomes a row of its own with `origin` naming the first.
    """

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", db_index=False)
    balance = models.ForeignKey(StockBalance, models.PROTECT, related_name="reservations", db_index=False)
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    state = models.CharField(max_length=8, choices=ReservationState.choices, default=ReservationState.PENDING)
    document = models.CharField(max_length=40)
    reserved_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=80, blank=True)

    objects: ClassVar[ReservationQuerySet] = ReservationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="reservation_quantity_positive", condition=Q(quantity__gt=0)),
            values_check("state", ReservationState, "reservation_state_known"),
            models.CheckConstraint(
                name="reservation_ended_or_pending",
                condition=Q(state=ReservationState.PENDING, ended_at=None)
                | (~Q(state=ReservationState.PENDING) & Q(ended_at__isnull=False)),
            ),
        )
        indexes = (
            models.Index(fields=["balance"], name="reservation_pending", condition=Q(state=ReservationState.PENDING)),
            models.Index(fields=["document"]),
            models.Index(
                fields=["expires_at"],
                name="reservation_expiring",
                condition=Q(state=ReservationState.PENDING, expires_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.document} {self.quantity}"
