"""What carriers report of parcels, and what somebody has to look into."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, values_check
from apps.shipping.choices import EventKind
from apps.shipping.models.shipment import Carton
from apps.shipping.states import PARCEL_EXCEPTION_FLOW, ExceptionState

EXCEPTION_NUMBERS = Series("PX")


class CarrierEventQuerySet(ScopedQuerySet["CarrierEvent"]):
    """Events of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "carton__shipment__warehouse"


class CarrierEvent(models.Model):
    """The carrier says what became of a parcel; told twice, it is kept once."""

    carton = models.ForeignKey(Carton, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    occurred_at = models.DateTimeField(help_text="By the carrier's clock")
    place = models.CharField(max_length=120, blank=True)
    signed_by = models.CharField(max_length=80, blank=True, help_text="Who took it, of a delivery")
    note = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()

    objects: ClassVar[CarrierEventQuerySet] = CarrierEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-occurred_at", "-id")
        constraints = (
            values_check("kind", EventKind, "carrier_event_kind_known"),
            models.UniqueConstraint(fields=["carton", "kind", "occurred_at"], name="carrier_event_once"),
            models.CheckConstraint(
                name="carrier_event_delivery_has_proof",
                condition=~Q(kind=EventKind.DELIVERED) | ~Q(signed_by=""),
                violation_error_message="A delivery says who took it.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.carton} {self.get_kind_display().lower()}"


class ParcelExceptionQuerySet(ScopedQuerySet["ParcelException"]):
    """Exceptions of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "carton__shipment__warehouse"

    def open(self) -> ParcelExceptionQuerySet:
        """What somebody has to do something about."""
        return self.filter(state=ExceptionState.OPEN)


class ParcelException(Document):
    """A parcel is late, damaged or lost: somebody finds out, tells the customer and says how it ended."""

    flow = PARCEL_EXCEPTION_FLOW

    carton = models.ForeignKey(Carton, models.PROTECT, related_name="exceptions")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    state = models.CharField(max_length=10, choices=ExceptionState.choices, default=ExceptionState.OPEN)
    note = models.CharField(max_length=200, blank=True, help_text="What the carrier said")
    resolution = models.CharField(max_length=200, blank=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[ParcelExceptionQuerySet] = ParcelExceptionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", ExceptionState, "parcel_exception_state_known"),
            values_check("kind", EventKind, "parcel_exception_kind_known"),
            models.UniqueConstraint(
                fields=["carton", "kind"], condition=Q(state=ExceptionState.OPEN), name="parcel_exception_open_once"
            ),
            models.CheckConstraint(
                name="parcel_exception_resolved_says_how",
                condition=~Q(state=ExceptionState.RESOLVED)
                | (~Q(resolution="") & Q(resolved_at__isnull=False, resolved_by__isnull=False)),
            ),
        )
