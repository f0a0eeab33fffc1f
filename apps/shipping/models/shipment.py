"""Shipments and the cartons in them, for orders, transfers and supplier returns alike."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Party
from apps.catalog.models.party import Address
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, SharedQuerySet, values_check
from apps.ledger.models import HandlingUnit, StockTransaction
from apps.locations.models import Location, Warehouse
from apps.shipping.models.carrier import CarrierService
from apps.shipping.models.load import Load
from apps.shipping.states import SHIPMENT_FLOW, ShipmentState

SHIPMENT_NUMBERS = Series("SH")


class ShipmentQuerySet(ScopedQuerySet["Shipment"]):
    """Shipments of the warehouses a user works in."""

    def open(self) -> ShipmentQuerySet:
        """Neither gone nor cancelled."""
        return self.exclude(state__in=(ShipmentState.SHIPPED, ShipmentState.CANCELLED))


class Shipment(Document, Address):
    """What leaves together for one consignee; its address is a copy, so that later changes do not touch it."""

    flow = SHIPMENT_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ShipmentState.choices, default=ShipmentState.PACKING)
    document = models.CharField(max_length=40, help_text="Number of the order, transfer or return it serves")
    party = models.ForeignKey(Party, models.PROTECT, related_name="shipments")
    ship_to = models.CharField(max_length=120)
    carrier = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    destination = models.ForeignKey(
        Warehouse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Our own site that it goes to; empty: it goes to a customer",
    )
    service = models.ForeignKey(CarrierService, models.PROTECT, null=True, blank=True, related_name="+")
    load = models.ForeignKey(
        Load, models.PROTECT, null=True, blank=True, related_name="shipments", help_text="The vehicle that takes it"
    )
    dock = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    packed_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True, help_text="The last of its parcels arrived")
    transaction = models.ForeignKey(
        StockTransaction,
        models.PROTECT,
        null=True,
        related_name="shipments",
        related_query_name="shipment",
        help_text="The posting that shipped it, which is that of all of its load",
    )

    objects: ClassVar[ShipmentQuerySet] = ShipmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", ShipmentState, "shipment_state_known"),
            models.CheckConstraint(
                name="shipment_shipped_has_posting",
                condition=~Q(state=ShipmentState.SHIPPED) | Q(transaction__isnull=False, shipped_at__isnull=False),
            ),
            models.CheckConstraint(
                name="shipment_goes_elsewhere", condition=Q(destination=None) | ~Q(destination=F("warehouse"))
            ),
        )
        indexes = (models.Index(fields=["document"]),)


class CartonType(models.Model):
    """A kind of carton on the bench's shelf: what fits into it, what it weighs and costs."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    length_mm = models.PositiveIntegerField("inner length, mm", validators=[MinValueValidator(1)])
    width_mm = models.PositiveIntegerField("inner width, mm", validators=[MinValueValidator(1)])
    height_mm = models.PositiveIntegerField("inner height, mm", validators=[MinValueValidator(1)])
    tare_g = models.DecimalField(
        "weighs empty, g", max_digits=12, decimal_places=3, default=0, validators=[MinValueValidator(0)]
    )
    max_weight_g = models.DecimalField(
        "most it may weigh, g",
        max_digits=12,
        decimal_places=3,
        validators=[MinValueValidator(Decimal("0.001"))],
        help_text="With the carton itself",
    )
    tolerance_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=5,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="By how much the scale may differ from what is computed",
    )
    tolerance_g = models.DecimalField(
        "tolerance, g at least", max_digits=12, decimal_places=3, default=50, validators=[MinValueValidator(0)]
    )
    cost = models.DecimalField(max_digits=18, decimal_places=6, default=0, validators=[MinValueValidator(0)])
    is_active = models.BooleanField(default=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="carton_type_carries_something",
                condition=Q(max_weight_g__gt=models.F("tare_g")),
                violation_error_message="A carton carries more than it weighs itself.",
            ),
        )

    def __str__(self) -> str:
        return self.code


class ShippingPalletQuerySet(ScopedQuerySet["ShippingPallet"]):
    """Pallets of the warehouses a user works in, by their SSCC."""

    def number_field(self) -> str:
        """A pallet is known by its SSCC."""
        return "unit__number"


class ShippingPallet(models.Model):
    """Cartons stacked on one pallet under an SSCC, to be loaded with one scan.

    The ledger goes on knowing each carton by itself, since cartons of several shipments may share a pallet.
    """

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    unit = models.OneToOneField(HandlingUnit, models.PROTECT, related_name="shipping_pallet")
    created_at = models.DateTimeField()

    objects: ClassVar[ShippingPalletQuerySet] = ShippingPalletQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.unit)


class CartonQuerySet(ScopedQuerySet["Carton"]):
    """Cartons of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "shipment__warehouse"

    def number_field(self) -> str:
        """A carton is known by its SSCC."""
        return "unit__number"

    def for_label(self) -> CartonQuerySet:
        """With all that a label says."""
        return self.select_related(
            "unit", "carton_type", "shipment__warehouse", "shipment__carrier", "shipment__service"
        )


class Carton(models.Model):
    """A carton of a shipment: a handling unit with an SSCC, whose contents the ledger knows."""

    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="cartons")
    unit = models.OneToOneField(HandlingUnit, models.PROTECT, related_name="carton")
    sequence = models.PositiveSmallIntegerField()
    carton_type = models.ForeignKey(CartonType, models.PROTECT, null=True, blank=True, related_name="+")
    pallet = models.ForeignKey(ShippingPallet, models.PROTECT, null=True, blank=True, related_name="cartons")
    tracking_number = models.CharField(
        max_length=40, unique=True, null=True, blank=True, help_text="Of the carrier or of our own series"
    )
    routing = models.CharField(max_length=40, blank=True, help_text="What the carrier sorts it by")
    weight_g = models.DecimalField(max_digits=12, decimal_places=3, null=True, help_text="As weighed")
    closed_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField(null=True)

    objects: ClassVar[CartonQuerySet] = CartonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("shipment", "sequence")
        constraints = (models.UniqueConstraint(fields=["shipment", "sequence"], name="carton_sequence_once"),)

    def __str__(self) -> str:
        return str(self.unit)
