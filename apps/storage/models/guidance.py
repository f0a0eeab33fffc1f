"""What a warehouse says about where goods should live: its putaway rules, and how fast its items move."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Category, Item
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.states import StockStatus
from apps.locations.choices import LocationKind, Velocity
from apps.locations.models import Warehouse, Zone
from apps.safety.models import HazardClass, StorageCondition
from apps.storage.choices import ComesOn, Strength

MOST_POINTS = 150
"""Less than an own pick face is worth, whatever a rule would rather."""


class PutawayRuleQuerySet(ScopedQuerySet["PutawayRule"]):
    """Rules of the warehouses a user works in."""

    def in_use(self) -> PutawayRuleQuerySet:
        """Those that are followed."""
        return self.filter(is_active=True)


class PutawayRule(models.Model):
    """Goods that are like this go to places that are like that, and nowhere else or rather there."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="putaway_rules")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    priority = models.PositiveSmallIntegerField(default=50, help_text="Higher goes first")
    strength = models.CharField(max_length=6, choices=Strength.choices, default=Strength.PREFER)
    points = models.PositiveSmallIntegerField(
        default=40,
        validators=[MaxValueValidator(MOST_POINTS)],
        help_text="What it is worth when it only prefers; an own pick face is worth 200, one trip 45",
    )
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="+")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", help_text="With all below it"
    )
    hazard_class = models.ForeignKey(HazardClass, models.PROTECT, null=True, blank=True, related_name="+")
    storage_condition = models.ForeignKey(
        StorageCondition, models.PROTECT, null=True, blank=True, related_name="+", help_text="That the item needs"
    )
    status = models.CharField(max_length=10, choices=StockStatus.choices, blank=True, help_text="Of the goods")
    comes_on = models.CharField(max_length=9, choices=ComesOn.choices, blank=True, help_text="What the goods stand on")
    velocity = models.CharField(max_length=1, choices=Velocity.choices, blank=True, help_text="Of the item here")
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="+")
    location_kind = models.CharField(max_length=12, choices=LocationKind.choices, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="Who says so: a law, a contract, a study")
    note = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[PutawayRuleQuerySet] = PutawayRuleQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "-priority", "code")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "code"], name="putaway_rule_code_once_a_warehouse"),
            values_check("strength", Strength, "putaway_rule_strength_known"),
            models.CheckConstraint(
                name="putaway_rule_says_where",
                condition=Q(zone__isnull=False) | ~Q(location_kind=""),
                violation_error_message="Name a zone, a kind of place, or both.",
            ),
            models.CheckConstraint(
                name="putaway_rule_points",
                condition=Q(points__lte=MOST_POINTS),
                violation_error_message=f"A rule is worth no more than {MOST_POINTS} points.",
            ),
        )

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """The zone is one of its warehouse."""
        if self.zone is not None and self.zone.warehouse_id != self.warehouse_id:
            raise ValidationError({"zone": "This zone is in another warehouse."})


class ItemVelocityQuerySet(ScopedQuerySet["ItemVelocity"]):
    """How fast items move in the warehouses a user works in."""


class ItemVelocity(models.Model):
    """How fast an item moves in a warehouse: A is picked most."""

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    velocity = models.CharField(max_length=1, choices=Velocity.choices)
    is_fixed = models.BooleanField("fixed", default=True, help_text="Said by hand: planning leaves it as it is")

    objects: ClassVar[ItemVelocityQuerySet] = ItemVelocityQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "item velocities"
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "item"], name="item_velocity_once_a_warehouse"),
            values_check("velocity", Velocity, "item_velocity_known"),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.velocity}"
