"""Assembly orders: what goes in, what was issued, what came out, and which of it holds what."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.assembly.states import ASSEMBLY_ORDER_FLOW, ENDED, ON_FLOOR, AssemblyState, LineRole, WorkKind
from apps.catalog.models import BillLine, BillOfMaterials, Item
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import LockingQuerySet, ScopedQuerySet, values_check
from apps.ledger.models import Lot, Reservation, SerialNumber, StockMove, StockTransaction
from apps.ledger.states import StockStatus
from apps.locations.models import Location, Warehouse
from apps.tasks.models import WarehouseTask

ASSEMBLY_ORDER_NUMBERS = Series("AO")


class AssemblyOrderQuerySet(ScopedQuerySet["AssemblyOrder"]):
    """Assembly orders of the warehouses a user works in."""

    def on_floor(self) -> AssemblyOrderQuerySet:
        """Released and not over."""
        return self.filter(state__in=ON_FLOOR)


class AssemblyOrder(Document):
    """So much of an item is made, taken apart, reworked, repacked, refurbished; or a service is done for an order."""

    flow = ASSEMBLY_ORDER_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=WorkKind.choices)
    state = models.CharField(max_length=10, choices=AssemblyState.choices, default=AssemblyState.DRAFT)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, related_name="assembly_orders", help_text="Empty: a service makes nothing"
    )
    bill = models.ForeignKey(BillOfMaterials, models.PROTECT, null=True, related_name="assembly_orders")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    made = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0), help_text="Or taken apart, or served"
    )
    bench = models.ForeignKey(Location, models.PROTECT, related_name="+", help_text="Where the work is done")
    due_on = models.DateField()
    priority = models.PositiveSmallIntegerField(default=50, help_text="Higher goes first")
    sales_order = models.CharField(max_length=40, blank=True, help_text="For which the work is done")
    origin = models.CharField(max_length=40, blank=True, help_text="The document that asked for the work")
    note = models.CharField(max_length=200, blank=True, help_text="What is to be done, in words")
    end_reason = models.CharField(max_length=200, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[AssemblyOrderQuerySet] = AssemblyOrderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "assembly order"
        constraints = (
            values_check("state", AssemblyState, "assembly_order_state_known"),
            values_check("kind", WorkKind, "assembly_order_kind_known"),
            models.CheckConstraint(
                name="assembly_order_quantities", condition=Q(quantity__gt=0, made__gte=0, made__lte=F("quantity"))
            ),
            models.CheckConstraint(
                name="assembly_order_service_makes_nothing",
                condition=Q(kind=WorkKind.SERVICE, item=None) | (~Q(kind=WorkKind.SERVICE) & Q(item__isnull=False)),
            ),
            models.CheckConstraint(
                name="assembly_order_ended_at",
                condition=Q(state__in=ENDED, ended_at__isnull=False) | (~Q(state__in=ENDED) & Q(ended_at=None)),
            ),
        )
        indexes = (
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["sales_order"], name="assembly_for_order", condition=~Q(sales_order="")),
            models.Index(fields=["origin"], name="assembly_origin", condition=~Q(origin="")),
        )

    @property
    def left(self) -> Decimal:
        """Still to be made."""
        return self.quantity - self.made


class AssemblyLineQuerySet(ScopedQuerySet["AssemblyLine"]):
    """Lines of the orders a user may see."""

    warehouse_path: ClassVar[str] = "order__warehouse"


class AssemblyLine(models.Model):
    """So much of an item goes in, or comes out; base units, what is spoilt on the way counted in."""

    order = models.ForeignKey(AssemblyOrder, models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    role = models.CharField(max_length=10, choices=LineRole.choices)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    net = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, help_text="Of it, what is in the goods; the rest is spoilt"
    )
    done = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0), help_text="What came out of it"
    )
    bill_line = models.ForeignKey(BillLine, models.PROTECT, null=True, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+", help_text="This one and no other")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[AssemblyLineQuerySet] = AssemblyLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("order", "line")
        constraints = (
            models.UniqueConstraint(fields=["order", "line"], name="assembly_line_once"),
            values_check("role", LineRole, "assembly_line_role_known"),
            models.CheckConstraint(
                name="assembly_line_quantities", condition=Q(quantity__gt=0, net__gt=0, done__gte=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.order}/{self.line}"


class AssemblyClaim(models.Model):
    """So much of a component is reserved at a bin, and a task asks for it to be brought to the bench."""

    line = models.ForeignKey(AssemblyLine, models.PROTECT, related_name="claims")
    reservation = models.OneToOneField(Reservation, models.PROTECT, related_name="assembly_claim")
    task = models.OneToOneField(WarehouseTask, models.PROTECT, related_name="assembly_claim")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    objects: ClassVar[LockingQuerySet[AssemblyClaim]] = LockingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.quantity} for {self.line}"


class AssemblyIssue(models.Model):
    """Goods were brought to the bench: they go into the work, back, or to scrap."""

    line = models.ForeignKey(AssemblyLine, models.PROTECT, related_name="issues")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", help_text="The line's, or what stands in for it")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="assembly_issues")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="assembly_issues")
    status = models.CharField(max_length=10, choices=StockStatus.choices, default=StockStatus.AVAILABLE)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    consumed = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    returned = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    scrapped = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    source = models.ForeignKey(Location, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True, help_text="Why more than asked, or something else")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    transaction = models.ForeignKey(StockTransaction, models.PROTECT, related_name="+")
    is_mixed = models.BooleanField(
        default=False,
        help_text="Others of its line stood beside it when goods were made, and nobody told which went in",
    )
    put_back = models.OneToOneField(
        WarehouseTask, models.PROTECT, null=True, related_name="assembly_put_back", help_text="Asks for it to go back"
    )

    objects: ClassVar[LockingQuerySet[AssemblyIssue]] = LockingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            values_check("status", StockStatus, "assembly_issue_status_known"),
            models.CheckConstraint(
                name="assembly_issue_adds_up",
                condition=Q(quantity__gt=0, consumed__gte=0, returned__gte=0, scrapped__gte=0)
                & Q(quantity__gte=F("consumed") + F("returned") + F("scrapped")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} of {self.item_id} for {self.line_id}"

    @property
    def left(self) -> Decimal:
        """What stands at the bench."""
        return self.quantity - self.consumed - self.returned - self.scrapped


class AssemblyOutput(models.Model):
    """So much came out, as one lot or serial number."""

    line = models.ForeignKey(AssemblyLine, models.PROTECT, related_name="outputs")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="assembly_outputs")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="assembly_outputs")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    move = models.OneToOneField(StockMove, models.PROTECT, related_name="assembly_output", db_constraint=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar[LockingQuerySet[AssemblyOutput]] = LockingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(name="assembly_output_positive", condition=Q(quantity__gt=0)),)

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"


class AssemblyGenealogy(models.Model):
    """So much of what went in by a move is in an output, or came from where it came from.

    Of each move that went in, the outputs of each line together account for all of it.
    """

    output = models.ForeignKey(AssemblyOutput, models.PROTECT, related_name="holds")
    issue = models.ForeignKey(AssemblyIssue, models.PROTECT, related_name="went_into")
    input_move = models.ForeignKey(StockMove, models.PROTECT, related_name="assembled_into")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    is_certain = models.BooleanField(
        default=False,
        help_text="There was nothing else, all of it went in, or somebody told; else first in, first used",
    )

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "assembly genealogy"
        constraints = (
            models.UniqueConstraint(fields=["output", "input_move"], name="assembly_genealogy_once"),
            models.CheckConstraint(name="assembly_genealogy_positive", condition=Q(quantity__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.quantity} in {self.output_id}"
