"""What customers ask for."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item, Party
from apps.catalog.models.party import Address, OnTheMap
from apps.core.errors import NotFound
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, SharedQuerySet, Viewer, storable, values_check
from apps.locations.models import Warehouse
from apps.orders.models.kit import OrderedKit
from apps.orders.states import SALES_ORDER_FLOW, SalesOrderState

SALES_ORDER_NUMBERS = Series("SO")


class ChannelKind(models.TextChoices):
    """Where orders come from."""

    WEB = "web", "Web shop"
    STORE = "store", "Store"
    MARKETPLACE = "marketplace", "Marketplace"
    PARTNER = "partner", "Partner"
    SITE = "site", "Own sites"


class ChannelQuerySet(SharedQuerySet["Channel"]):
    """Channels by their code."""

    def by_code(self, code: str, user: Viewer) -> Channel:
        """The channel with this code. Raises `NotFound` when there is none."""
        channel = self.for_user(user).filter(code=storable(code)).first()
        if channel is None:
            raise NotFound(kind="channel", number=code)
        return channel


class Channel(models.Model):
    """A way orders come in."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=ChannelKind.choices)
    is_active = models.BooleanField(default=True)
    sites = models.ManyToManyField(
        Warehouse, blank=True, related_name="+", help_text="Whose stock it is told of; none: every site's in use"
    )

    objects: ClassVar[ChannelQuerySet] = ChannelQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        constraints = (values_check("kind", ChannelKind, "channel_kind_known"),)

    def __str__(self) -> str:
        return self.name


class SalesOrderQuerySet(ScopedQuerySet["SalesOrder"]):
    """Sales orders by what can be done with them."""

    def with_on_hold(self) -> SalesOrderQuerySet:
        """Annotates `on_hold`: whether any hold on it is open."""
        return self.annotate(on_hold=Exists(OrderHold.objects.open().filter(order=OuterRef("pk"))))

    def open(self) -> SalesOrderQuerySet:
        """Confirmed and not yet wholly shipped."""
        return self.exclude(state__in=(SalesOrderState.DRAFT, SalesOrderState.SHIPPED, SalesOrderState.CANCELLED))

    def sales(self) -> SalesOrderQuerySet:
        """What customers ordered: what one of our own sites asked for is no sale."""
        return self.exclude(channel__kind=ChannelKind.SITE)

    def releasable(self) -> SalesOrderQuerySet:
        """Those that may go to the floor as soon as goods are reserved for them: no hold stops them."""
        return self.filter(
            state__in=(SalesOrderState.CONFIRMED, SalesOrderState.ALLOCATED, SalesOrderState.PART_SHIPPED)
        ).exclude(pk__in=OrderHold.objects.open().values("order"))


class SalesOrder(Document, Address, OnTheMap):
    """A customer's order to one warehouse; its address is a copy, so that later changes do not touch it."""

    flow = SALES_ORDER_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="orders")
    customer = models.ForeignKey(Party, models.PROTECT, related_name="sales_orders")
    state = models.CharField(max_length=12, choices=SalesOrderState.choices, default=SalesOrderState.DRAFT)
    reference = models.CharField(max_length=80, blank=True, help_text="The channel's number")
    ship_to = models.CharField(max_length=120)
    carrier = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    currency = models.CharField(max_length=3)
    placed_at = models.DateTimeField()
    priority = models.PositiveSmallIntegerField(default=50, help_text="Higher goes first")
    requested_on = models.DateField(null=True, help_text="When the customer wanted it to leave")
    due_on = models.DateField(help_text="To leave the warehouse by")
    ship_complete = models.BooleanField(default=False, help_text="All of it leaves at once, or nothing")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="children",
        help_text="The customer's order, of which this part is served by another site",
    )
    sent = models.JSONField(default=dict, help_text="As the channel sent it, to know it again")
    min_remaining_days = models.PositiveIntegerField(
        default=0, help_text="Shelf life that must be left when the customer gets the goods"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)

    objects: ClassVar[SalesOrderQuerySet] = SalesOrderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", SalesOrderState, "sales_order_state_known"),
            models.UniqueConstraint(
                fields=["channel", "reference"], condition=~Q(reference=""), name="sales_order_reference_once"
            ),
        )
        indexes = (models.Index(fields=["state", "due_on"]),)


class SalesOrderLineQuerySet(ScopedQuerySet["SalesOrderLine"]):
    """Lines of the orders a user may see."""

    warehouse_path: ClassVar[str] = "order__warehouse"


class SalesOrderLine(models.Model):
    """A quantity of an item for a customer, in base units. What is picked or shipped of it is derived.

    A line that was removed stays with nothing. What a line grew by is a line of its own: it queues anew.
    """

    order = models.ForeignKey(SalesOrder, models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    price = models.DecimalField(max_digits=18, decimal_places=6, default=Decimal(0), validators=[MinValueValidator(0)])
    promised_on = models.DateField(null=True, help_text="When it was promised to leave; empty: no date was known")
    grows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="growth", help_text="The line that asked for less at first"
    )
    kit = models.ForeignKey(
        OrderedKit, models.CASCADE, null=True, related_name="parts", help_text="The kit that it is a part of"
    )

    objects: ClassVar[SalesOrderLineQuerySet] = SalesOrderLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("order", "line")
        constraints = (
            models.UniqueConstraint(fields=["order", "line"], name="sales_order_line_once"),
            models.CheckConstraint(name="sales_order_line_quantity_not_negative", condition=Q(quantity__gte=0)),
        )

    def __str__(self) -> str:
        return f"{self.order}/{self.line}"


class HoldKind(models.TextChoices):
    """Why an order waits."""

    CREDIT = "credit", "Credit"
    ADDRESS = "address", "Address"
    FRAUD = "fraud", "Fraud"
    MANUAL = "manual", "Manual"


class OrderHoldQuerySet(ScopedQuerySet["OrderHold"]):
    """Holds of the orders a user may see."""

    warehouse_path: ClassVar[str] = "order__warehouse"

    def open(self) -> OrderHoldQuerySet:
        """Those that still bind."""
        return self.filter(released_at=None)


class OrderHold(models.Model):
    """An order is not allocated, released or shipped while any of its holds is open; its promises stay."""

    order = models.ForeignKey(SalesOrder, models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=8, choices=HoldKind.choices)
    reason = models.CharField(max_length=200)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    release_note = models.CharField(max_length=200, blank=True)

    objects: ClassVar[OrderHoldQuerySet] = OrderHoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "order hold"
        constraints = (
            values_check("kind", HoldKind, "order_hold_kind_known"),
            models.CheckConstraint(
                name="order_hold_released_by_somebody",
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["order", "kind"],
                condition=Q(released_at=None),
                name="order_hold_once_a_kind",
                violation_error_message="The order is on such a hold already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.order} ({self.get_kind_display()})"
