"""Transfers, what came of them, and what was decided about goods that never came."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from apps.catalog.models import Item
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import LockingQuerySet, ScopedQuerySet, Viewer, values_check
from apps.ledger.models import HandlingUnit, Lot, SerialNumber, StockBalance, StockTransaction
from apps.ledger.states import StockStatus
from apps.locations.models import Warehouse
from apps.orders.models import OrderShipment, SalesOrder
from apps.orders.states import SalesOrderState
from apps.shipping.models import Shipment
from apps.shipping.states import ShipmentState
from apps.transfers.states import TRANSFER_FLOW, TransferStage, TransferState, TransitOutcome

TRANSFER_NUMBERS = Series("TR")
ON_THE_FLOOR = (SalesOrderState.RELEASED, SalesOrderState.PICKED)
AGREED = (TransferState.APPROVED, TransferState.CLOSED)


class TransferQuerySet(ScopedQuerySet["Transfer"]):
    """Transfers from and to the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "origin"

    def for_user(self, user: Viewer) -> Self:
        """Both sites see a transfer."""
        sites = Warehouse.objects.for_user(user)
        return self.filter(Q(origin__in=sites) | Q(destination__in=sites))

    def to_sites_of(self, user: Viewer) -> Self:
        """Those that come to where the user works: there they are received."""
        return self.filter(destination__in=Warehouse.objects.for_user(user))

    def from_sites_of(self, user: Viewer) -> Self:
        """Those that leave from where the user works: there they are approved."""
        return self.filter(origin__in=Warehouse.objects.for_user(user))

    def in_transit(self) -> Self:
        """With goods on the road."""
        return self.filter(_on_the_road())

    def with_stage(self) -> Self:
        """Annotates `stage`: where it stands."""
        here = TransferArrival.objects.filter(line__transfer=OuterRef("pk"))
        gone = OrderShipment.objects.filter(order=OuterRef("order"), shipment__state=ShipmentState.SHIPPED)
        part = When(Exists(here), then=Value(TransferStage.PART_RECEIVED))
        return self.annotate(
            stage=Case(
                When(~Q(state=TransferState.APPROVED), then=F("state")),
                When(_on_the_road(), then=Case(part, default=Value(TransferStage.IN_TRANSIT))),
                When(Exists(gone), then=Value(TransferStage.RECEIVED)),
                When(order__state=SalesOrderState.CANCELLED, then=Value(TransferStage.CANCELLED)),
                When(order__state__in=ON_THE_FLOOR, then=Value(TransferStage.PICKING)),
                default=Value(TransferStage.APPROVED),
                output_field=models.CharField(choices=TransferStage.choices),
            )
        )


def _on_the_road() -> Exists:
    here = StockBalance.objects.in_transit()
    return Exists(here.filter(unit__carton__shipment__order_shipment__order=OuterRef("order")))


class Transfer(Document):
    """One of our sites asks another for goods; approved, they leave by an order at the sender."""

    flow = TRANSFER_FLOW

    origin = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", verbose_name="from")
    destination = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", verbose_name="to")
    state = models.CharField(max_length=10, choices=TransferState.choices, default=TransferState.DRAFT)
    needed_on = models.DateField(help_text="To be at its destination by")
    reason = models.CharField(max_length=200)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=200, blank=True, help_text="Why it was approved, rejected or cancelled")
    order = models.OneToOneField(
        SalesOrder, models.PROTECT, null=True, related_name="transfer", help_text="By which it leaves"
    )
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[TransferQuerySet] = TransferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", TransferState, "transfer_state_known"),
            models.CheckConstraint(name="transfer_between_two", condition=~Q(origin=F("destination"))),
            models.CheckConstraint(
                name="transfer_approved_by_another",
                condition=~Q(state__in=AGREED)
                | (
                    Q(order__isnull=False, decided_by__isnull=False)
                    & ~Q(decided_by=F("requested_by"))
                    & ~Q(decided_by=F("drafted_by"))
                ),
            ),
        )
        indexes = (models.Index(fields=["state"]),)


class TransferLineQuerySet(ScopedQuerySet["TransferLine"]):
    """Lines of transfers, by the site that sends them."""

    warehouse_path: ClassVar[str] = "transfer__origin"


class TransferLine(models.Model):
    """So much of an item (base units). What left, came and is on the road is derived."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    objects: ClassVar[TransferLineQuerySet] = TransferLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("transfer", "line")
        constraints = (
            models.UniqueConstraint(fields=["transfer", "line"], name="transfer_line_once"),
            models.UniqueConstraint(fields=["transfer", "item"], name="transfer_item_once"),
            models.CheckConstraint(name="transfer_line_quantity_positive", condition=Q(quantity__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.transfer}/{self.line}"


class OffTheRoad(models.Model):
    """Goods of a transfer's line that are no longer in transit, told apart as they left: by carton, lot and serial."""

    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="+")
    unit = models.ForeignKey(HandlingUnit, models.PROTECT, related_name="+", help_text="In which they travelled")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="+")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    transaction = models.ForeignKey(StockTransaction, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class TransferArrival(OffTheRoad):
    """So much of a line came in at its destination, good or damaged."""

    line = models.ForeignKey(TransferLine, models.PROTECT, related_name="arrivals")
    status = models.CharField(max_length=10, choices=StockStatus.choices)
    reason = models.CharField(max_length=200, blank=True, help_text="What happened to what came damaged")
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    objects: ClassVar[LockingQuerySet[TransferArrival]] = LockingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="transfer_arrival_quantity_positive", condition=Q(quantity__gt=0)),
            values_check("status", StockStatus, "transfer_arrival_status_known"),
            models.CheckConstraint(
                name="transfer_arrival_damage_told",
                condition=~Q(status=StockStatus.DAMAGED) | ~Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"


class TransitClosing(OffTheRoad):
    """Somebody who answers for it decided what became of so much of a line that never came as it left."""

    line = models.ForeignKey(TransferLine, models.PROTECT, related_name="closings")
    outcome = models.CharField(max_length=12, choices=TransitOutcome.choices)
    note = models.CharField(max_length=200)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    objects: ClassVar[LockingQuerySet[TransitClosing]] = LockingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="transit_closing_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="transit_closing_explained", condition=~Q(note="")),
            values_check("outcome", TransitOutcome, "transit_closing_outcome_known"),
        )

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}: {self.outcome}"
