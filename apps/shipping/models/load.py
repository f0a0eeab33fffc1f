"""Loads: what goes onto one vehicle."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from apps.catalog.models import Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import DockAppointment, Location, Warehouse
from apps.shipping.states import LOAD_FLOW, LoadState

LOAD_NUMBERS = Series("LD")


class LoadQuerySet(ScopedQuerySet["Load"]):
    """Loads of the warehouses a user works in."""

    def open(self) -> LoadQuerySet:
        """Neither gone nor given up."""
        return self.exclude(state__in=(LoadState.DEPARTED, LoadState.CANCELLED))


class Load(Document):
    """The shipments that one vehicle of one carrier takes away, and the proof that it took them."""

    flow = LOAD_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Party, models.PROTECT, related_name="loads")
    state = models.CharField(max_length=10, choices=LoadState.choices, default=LoadState.PLANNED)
    dock = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    appointment = models.OneToOneField(
        DockAppointment, models.PROTECT, null=True, related_name="load", help_text="When its truck stands at the door"
    )
    trailer = models.CharField(max_length=40, blank=True, help_text="Its number plate or number")
    seal = models.CharField(max_length=40, blank=True)
    max_weight_g = models.DecimalField(
        max_digits=15, decimal_places=3, null=True, validators=[MinValueValidator(0)], help_text="What it may carry"
    )
    leaves_at = models.DateTimeField(null=True, help_text="Planned")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    loading_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    departed_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=80, blank=True, help_text="Who took it, as they gave their name")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[LoadQuerySet] = LoadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", LoadState, "load_state_known"),
            models.UniqueConstraint(
                fields=["dock"],
                condition=Q(state__in=(LoadState.LOADING, LoadState.CLOSED)),
                name="load_one_at_a_door",
            ),
            models.CheckConstraint(
                name="load_departed_with_proof",
                condition=~Q(state=LoadState.DEPARTED) | (Q(departed_at__isnull=False) & ~Q(taken_by="")),
            ),
        )
