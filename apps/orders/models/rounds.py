"""Pick rounds: which picks one picker walks together, and into which tote of the cart each goes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Location, Warehouse, Zone
from apps.orders.models.fulfilment import Pick, Wave
from apps.orders.models.order import SalesOrder
from apps.orders.states import ROUND_FLOW, PickMethod, RoundState, WalkKind

ROUND_NUMBERS = Series("RN")


class PickRoundQuerySet(ScopedQuerySet["PickRound"]):
    """Pick rounds of the warehouses a user works in."""


class PickRound(Document):
    """Picks of a wave that one picker walks together, with a cart, in one order."""

    flow = ROUND_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="rounds")
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, related_name="+", help_text="Of a round in one zone")
    method = models.CharField(max_length=10, choices=PickMethod.choices)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.READY)
    walk = models.CharField(max_length=10, choices=WalkKind.choices, default=WalkKind.SEQUENCE)
    length_mm = models.PositiveBigIntegerField(null=True, help_text="Of the walk; None: not measured")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    picker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[PickRoundQuerySet] = PickRoundQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "pick round"
        constraints = (
            values_check("state", RoundState, "pick_round_state_known"),
            values_check("method", PickMethod, "pick_round_method_known"),
            values_check("walk", WalkKind, "pick_round_walk_known"),
            models.CheckConstraint(
                name="pick_round_picked_by_somebody",
                condition=~Q(state=RoundState.PICKING) | Q(picker__isnull=False, claimed_at__isnull=False),
            ),
        )


class RoundSlot(models.Model):
    """A place on the cart for a tote: of one order, or of all orders of a round that is sorted afterwards."""

    round = models.ForeignKey(PickRound, models.PROTECT, related_name="slots")
    slot = models.PositiveSmallIntegerField()
    order = models.ForeignKey(SalesOrder, models.PROTECT, null=True, related_name="+")
    tote = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    is_over = models.BooleanField(default=False, help_text="The round is done: its tote may go on another cart")

    class Meta:
        ordering = ("round", "slot")
        constraints = (
            models.UniqueConstraint(fields=["round", "slot"], name="round_slot_once"),
            models.UniqueConstraint(fields=["round", "order"], name="round_slot_once_an_order"),
            models.UniqueConstraint(fields=["tote"], condition=Q(is_over=False), name="round_slot_tote_on_one_cart"),
        )

    def __str__(self) -> str:
        return f"{self.round}/{self.slot}"


class RoundPick(models.Model):
    """A pick's turn on its round, and the slot it goes into."""

    round = models.ForeignKey(PickRound, models.PROTECT, related_name="stops")
    slot = models.ForeignKey(RoundSlot, models.PROTECT, related_name="stops")
    pick = models.OneToOneField(Pick, models.PROTECT, related_name="stop")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("round", "position", "id")

    def __str__(self) -> str:
        return f"{self.round}: {self.pick}"


class Consolidation(models.Model):
    """Where the parts of an order that was picked in several zones come together."""

    order = models.ForeignKey(SalesOrder, models.PROTECT, related_name="consolidations")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="+")
    place = models.ForeignKey(Location, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, help_text="When the last part came")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["order", "wave"], name="consolidation_once_a_wave"),)

    def __str__(self) -> str:
        return f"{self.order} at {self.place}"
