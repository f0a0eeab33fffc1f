"""How waves are put together, and how much the floor takes at a time."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Party
from apps.core.querysets import ScopedQuerySet
from apps.locations.models import Warehouse, Zone
from apps.orders.models.order import Channel


class WaveTemplateQuerySet(ScopedQuerySet["WaveTemplate"]):
    """Templates of the warehouses a user works in."""

    def in_use(self) -> WaveTemplateQuerySet:
        """Those that are offered."""
        return self.filter(is_active=True)


class WaveTemplate(models.Model):
    """Which orders a wave takes, and how many: what is empty does not matter."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="wave_templates")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    carrier = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    cut_off = models.TimeField(null=True, blank=True, help_text="When its truck leaves, by the warehouse's clock")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="+")
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="+", help_text="All goods of an order stand there"
    )
    min_priority = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Orders of at least this priority")
    due_within_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0: due today or before")
    most_orders = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    most_picks = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    is_active = models.BooleanField(default=True)

    objects: ClassVar[WaveTemplateQuerySet] = WaveTemplateQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "cut_off", "code")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "code"], name="wave_template_code_once_a_warehouse"),
            models.CheckConstraint(
                name="wave_template_takes_something",
                condition=(Q(most_orders=None) | Q(most_orders__gt=0)) & (Q(most_picks=None) | Q(most_picks__gt=0)),
                violation_error_message="A wave takes at least one order and one pick.",
            ),
        )

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """The zone is one of its warehouse."""
        if self.zone is not None and self.zone.warehouse_id != self.warehouse_id:
            raise ValidationError({"zone": "This zone is in another warehouse."})


class FloorLimitQuerySet(ScopedQuerySet["FloorLimit"]):
    """Limits of the warehouses a user works in."""


class FloorLimit(models.Model):
    """No more open picks than this in a zone, or in the whole warehouse; more orders wait for the next release."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="floor_limits")
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: the whole warehouse"
    )
    most_open_picks = models.PositiveIntegerField()

    objects: ClassVar[FloorLimitQuerySet] = FloorLimitQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "zone")
        constraints = (
            models.UniqueConstraint(
                fields=["warehouse", "zone"],
                name="floor_limit_once_a_zone",
                nulls_distinct=False,
                violation_error_message="This has its limit already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.zone or self.warehouse}: {self.most_open_picks}"

    def clean(self) -> None:
        """The zone is one of its warehouse."""
        if self.zone is not None and self.zone.warehouse_id != self.warehouse_id:
            raise ValidationError({"zone": "This zone is in another warehouse."})
