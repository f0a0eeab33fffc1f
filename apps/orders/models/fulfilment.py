"""Getting an order out: allocation, wave, picks, and what of them went into which carton."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict, cast

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models import Reservation, StockTransaction
from apps.locations.models import Location, Warehouse
from apps.orders.models.order import SalesOrder, SalesOrderLine
from apps.orders.models.wave import WaveTemplate
from apps.orders.states import PICK_FLOW, WAVE_FLOW, PickState, WaveState
from apps.shipping.models import Carton, Shipment
from apps.shipping.states import ShipmentState
from apps.tasks.models import WarehouseTask

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

WAVE_NUMBERS = Series("W")
PICK_NUMBERS = Series("PK", 8)


class AllocationQuerySet(ScopedQuerySet["Allocation"]):
    """Allocations of the orders a user may see."""

    warehouse_path: ClassVar[str] = "line__order__warehouse"


class Allocation(models.Model):
    """A quantity of one bin and lot is reserved for an order line."""

    line = models.ForeignKey(SalesOrderLine, models.PROTECT, related_name="allocations")
    reservation = models.OneToOneField(Reservation, models.PROTECT, related_name="allocation")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    allocated_at = models.DateTimeField()
    override_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[AllocationQuerySet] = AllocationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(name="allocation_quantity_positive", condition=Q(quantity__gt=0)),)

    def __str__(self) -> str:
        return f"{self.line} {self.quantity}"


class WaveQuerySet(ScopedQuerySet["Wave"]):
    """Waves of the warehouses a user works in."""


class Wave(Document):
    """Orders released to the floor together; their picks are walked in one order."""

    flow = WAVE_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=WaveState.choices, default=WaveState.RELEASED)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    template = models.ForeignKey(WaveTemplate, models.SET_NULL, null=True, related_name="waves")
    cut_off_at = models.DateTimeField(null=True, help_text="When its truck leaves")
    is_waveless = models.BooleanField(default=False, help_text="Released by itself, by its orders' rules")
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[WaveQuerySet] = WaveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (values_check("state", WaveState, "wave_state_known"),)


def _per_pick(related: Any) -> Coalesce:
    """A sum over what belongs to the pick at hand: what is in cartons, what is to be put back."""
    rows = Pick.objects.filter(pk=models.OuterRef("pk")).order_by().values("pk")
    total = rows.annotate(total=models.Sum(related)).values("total")
    return Coalesce(models.Subquery(total), models.Value(Decimal(0)))


def _standing() -> CombinedExpression:
    """What of a pick stands in its tote."""
    return models.F("picked") - models.F("returned") - _per_pick("packings__quantity")


class Unpacked(TypedDict):
    """How much of a pick is in no carton."""

    unpacked: Decimal


class PickQuerySet(ScopedQuerySet["Pick"]):
    """Picks of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "wave__warehouse"

    def for_reading(self) -> PickQuerySet:
        """With what they show of wave, order, task and goods; annotates `unpacked`, what is in no carton yet."""
        return self.select_related(
            "wave", "tote", "task__item__unit", "task__lot", "task__source", "allocation__line__order"
        ).with_unpacked()

    def with_unpacked(self) -> PickQuerySet:
        """Annotates `unpacked`: what is picked, wanted, and in no carton yet."""
        back = _per_pick(models.F("put_backs__quantity") - models.F("put_backs__returned"))
        return self.annotate(unpacked=_standing() - back)

    def unpacked(self) -> QuerySet[WithAnnotations[Pick, Unpacked]]:
        """Those of which something that is wanted is in no carton yet, with `unpacked`, how much."""
        rows: Any = self.with_unpacked()
        return cast("QuerySet[WithAnnotations[Pick, Unpacked]]", rows.filter(unpacked__gt=0))

    def standing(self) -> PickQuerySet:
        """Those with goods in their tote, wanted or to be put back; annotates `standing`, how much."""
        return self.annotate(standing=_standing()).filter(standing__gt=0)

    def on_their_way_out(self) -> PickQuerySet:
        """Of open orders, with goods taken that have not left; annotates `remaining`, how much."""
        gone = (
            PackedPick.objects.filter(pick=models.OuterRef("pk"), carton__shipment__state=ShipmentState.SHIPPED)
            .order_by()
            .values("pick")
            .annotate(total=models.Sum("quantity"))
            .values("total")
        )
        return (
            self.filter(picked__gt=0, allocation__line__order__in=SalesOrder.objects.open())
            .annotate(
                remaining=models.F("picked")
                - Coalesce(models.Subquery(gone), models.Value(Decimal(0)))
                - models.F("returned")
            )
            .filter(remaining__gt=0)
        )


class Pick(Document):
    """Take an allocated quantity from its bin to a tote; `picked` is what was really there."""

    flow = PICK_FLOW

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="picks")
    allocation = models.OneToOneField(Allocation, models.PROTECT, related_name="pick")
    task = models.OneToOneField(WarehouseTask, models.PROTECT, related_name="pick")
    state = models.CharField(max_length=10, choices=PickState.choices, default=PickState.TO_PICK)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    picked = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    returned = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, default=0, help_text="Of what was picked, brought back to a bin"
    )
    tote = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    short_reason = models.CharField(max_length=80, blank=True)
    bin_empty = models.BooleanField(null=True, help_text="What the picker saw left: counting reads it")
    transaction = models.OneToOneField(StockTransaction, models.PROTECT, null=True, related_name="pick")

    objects: ClassVar[PickQuerySet] = PickQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            values_check("state", PickState, "pick_state_known"),
            models.CheckConstraint(
                name="pick_quantities", condition=Q(quantity__gt=0, picked__gte=0, picked__lte=models.F("quantity"))
            ),
            models.CheckConstraint(
                name="pick_returned_was_picked", condition=Q(returned__gte=0, returned__lte=models.F("picked"))
            ),
            models.CheckConstraint(
                name="pick_picked_has_posting",
                condition=Q(picked=0) | Q(transaction__isnull=False),
            ),
        )


class OrderShipment(models.Model):
    """A shipment takes goods of an order."""

    order = models.ForeignKey(SalesOrder, models.PROTECT, related_name="order_shipments")
    shipment = models.OneToOneField(Shipment, models.PROTECT, related_name="order_shipment")

    def __str__(self) -> str:
        return f"{self.order} by {self.shipment}"


class PackedPick(models.Model):
    """So much of a pick went into a carton, by one posting."""

    pick = models.ForeignKey(Pick, models.PROTECT, related_name="packings")
    carton = models.ForeignKey(Carton, models.PROTECT, related_name="contents")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    transaction = models.ForeignKey(StockTransaction, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(name="packed_pick_quantity_positive", condition=Q(quantity__gt=0)),)

    def __str__(self) -> str:
        return f"{self.quantity} of {self.pick} in {self.carton}"
