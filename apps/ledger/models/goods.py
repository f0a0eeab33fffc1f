"""What tells units of an item apart: lots, serial numbers, the handling units they stand in, and holds on lots."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item, Party
from apps.core.errors import NotFound
from apps.core.querysets import ScopedQuerySet, SharedQuerySet, Viewer, storable, values_check
from apps.ledger.states import HoldReason, UnitKind
from apps.locations.models import Location, Warehouse

if TYPE_CHECKING:
    from datetime import date


class LotQuerySet(SharedQuerySet["Lot"]):
    """Lots, with whether they are held."""

    def with_held(self) -> LotQuerySet:
        """Annotates `held`: whether any hold is open."""
        return self.annotate(held=Exists(Hold.objects.filter(lot=OuterRef("pk"), closed_at=None)))


class Lot(models.Model):
    """A batch of an item, the same in every warehouse. Whether it may leave, its holds say."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="lots")
    number = models.CharField(max_length=40)
    supplier = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="lots")
    supplier_lot = models.CharField(max_length=40, blank=True)
    made_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar[LotQuerySet] = LotQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("item", "number")
        constraints = (models.UniqueConstraint(fields=["item", "number"], name="lot_number_once_an_item"),)
        indexes = (models.Index(fields=["number"]), models.Index(fields=["expires_on"]))

    def __str__(self) -> str:
        return self.number

    def expired(self, today: date) -> bool:
        """Whether it may no longer be shipped: on its expiry date itself it may not."""
        return self.expires_on is not None and self.expires_on <= today


class SerialNumber(models.Model):
    """One unit of an item, by the number on it; it stands in at most one place."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="serials")
    number = models.CharField(max_length=40)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, blank=True, related_name="serials")
    created_at = models.DateTimeField()

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("item", "number")
        constraints = (models.UniqueConstraint(fields=["item", "number"], name="serial_number_once_an_item"),)
        indexes = (models.Index(fields=["number"]),)

    def __str__(self) -> str:
        return self.number


class HandlingUnitQuerySet(ScopedQuerySet["HandlingUnit"]):
    """Handling units of the warehouses a user works in, by any label that they bear or bore."""

    def by_number(self, number: str, user: Viewer) -> HandlingUnit:
        """The unit with this number, or which had it before it was relabelled. Raises `NotFound`."""
        text = storable(number)
        labels = UnitLabel.objects.filter(number=text).values("unit")
        rows = self.for_user(user).filter(Q(number=text) | Q(sscc=text) | Q(pk__in=labels))
        unit = rows.first()
        if unit is None:
            raise NotFound(kind="handling unit", number=number)
        return unit


class HandlingUnit(models.Model):
    """A pallet, carton or tote that is moved as one; it stands in one place or inside another unit."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True, help_text="SSCC where it has one, else our own number")
    kind = models.CharField(max_length=9, choices=UnitKind.choices)
    sscc = models.CharField("SSCC", max_length=18, unique=True, null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    location = models.ForeignKey(Location, models.PROTECT, null=True, blank=True, related_name="units")
    document = models.CharField(max_length=40, blank=True, help_text="The document that it serves and that changes it")
    created_at = models.DateTimeField()
    nested_at = models.DateTimeField(null=True, blank=True, help_text="When it last went into or out of another")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Takes nothing until it is opened")
    retired_at = models.DateTimeField(null=True, blank=True, help_text="Out of use")

    objects: ClassVar[HandlingUnitQuerySet] = HandlingUnitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("number",)
        constraints = (
            values_check("kind", UnitKind, "handling_unit_kind_known"),
            models.CheckConstraint(
                name="handling_unit_not_in_itself", condition=Q(parent=None) | ~Q(parent=models.F("id"))
            ),
            models.CheckConstraint(
                name="handling_unit_retired_is_nowhere",
                condition=Q(retired_at=None) | Q(location=None, parent=None),
            ),
        )

    def __str__(self) -> str:
        return self.number


class UnitLabelQuerySet(ScopedQuerySet["UnitLabel"]):
    """Labels of the units of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "unit__warehouse"


class UnitLabel(models.Model):
    """A number that a handling unit bore before it got another; whoever scans it finds the unit still."""

    unit = models.ForeignKey(HandlingUnit, models.PROTECT, related_name="labels")
    number = models.CharField(max_length=40, unique=True)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[UnitLabelQuerySet] = UnitLabelQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-replaced_at", "-id")

    def __str__(self) -> str:
        return self.number


class HoldQuerySet(SharedQuerySet["Hold"]):
    """Holds, open or closed."""

    def open(self) -> HoldQuerySet:
        """Those that still bind."""
        return self.filter(closed_at=None)


class Hold(models.Model):
    """A lot may not be reserved, picked or shipped while any hold on it is open."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=12, choices=HoldReason.choices)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=40, blank=True, help_text="Number of the document that asked for it")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    close_note = models.CharField(max_length=200, blank=True)

    objects: ClassVar[HoldQuerySet] = HoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-opened_at",)
        constraints = (
            values_check("reason", HoldReason, "hold_reason_known"),
            models.CheckConstraint(
                name="hold_closed_by_somebody",
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["lot"], name="hold_open", condition=Q(closed_at=None)),)

    def __str__(self) -> str:
        return f"{self.lot} ({self.get_reason_display()})"
