"""Shipments and the cartons in them, for orders, transfers and supplier returns alike."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.catalog.models import Packaging, Party
from apps.catalog.models.party import Address
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models import HandlingUnit, StockTransaction
from apps.locations.models import Location, Warehouse
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
    destination = models.ForeignKey(
        Warehouse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Our own site that it goes to; empty: it goes to a customer",
    )
    carrier = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    dock = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    packed_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)
    transaction = models.OneToOneField(
        StockTransaction, models.PROTECT, null=True, related_name="shipment", help_text="The posting that shipped it"
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


class CartonQuerySet(ScopedQuerySet["Carton"]):
    """Cartons of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "shipment__warehouse"

    def number_field(self) -> str:
        """A carton is known by its SSCC."""
        return "unit__number"

    def for_label(self) -> CartonQuerySet:
        """With all that a label says."""
        return self.select_related("unit", "shipment__warehouse", "shipment__carrier")


class Carton(models.Model):
    """A carton of a shipment: a handling unit with an SSCC, whose contents the ledger knows."""

    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="cartons")
    unit = models.OneToOneField(HandlingUnit, models.PROTECT, related_name="carton")
    sequence = models.PositiveSmallIntegerField()
    packaging = models.ForeignKey(Packaging, models.PROTECT, null=True, blank=True, related_name="+")
    weight_g = models.DecimalField(max_digits=12, decimal_places=3, null=True, help_text="As weighed")
    closed_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField(null=True)

    objects: ClassVar[CartonQuerySet] = CartonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("shipment", "sequence")
        constraints = (models.UniqueConstraint(fields=["shipment", "sequence"], name="carton_sequence_once"),)

    def __str__(self) -> str:
        return str(self.unit)
