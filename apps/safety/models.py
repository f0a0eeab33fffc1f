"""Hazard classes, which of them are stored apart, and storage conditions, which items need and bins offer."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from apps.core.querysets import SharedQuerySet, values_check
from apps.safety.choices import Apart
from apps.safety.rules import TemperatureRange


class HazardClass(models.Model):
    """A hazard class or division of dangerous goods in transport (49 CFR 173.2)."""

    code = models.CharField(max_length=10, unique=True, help_text="Class or division, as 3 or 5.1")
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=120, help_text="Regulation and paragraph")
    effective_on = models.DateField()

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        verbose_name_plural = "hazard classes"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SegregationRule(models.Model):
    """How far apart goods of two hazard classes are stored; of a pair the text that took effect last counts.

    A rule that nobody qualified has confirmed is held to as strictly, and is marked.
    """

    first = models.ForeignKey(HazardClass, models.PROTECT, related_name="+")
    second = models.ForeignKey(HazardClass, models.PROTECT, related_name="+")
    apart = models.CharField(max_length=8, choices=Apart.choices)
    source = models.CharField(max_length=200, help_text="Regulation and paragraph, or the site's own rule")
    effective_on = models.DateField()
    is_verified = models.BooleanField("verified", default=False, help_text="Confirmed for this site by who may do so")
    note = models.CharField(max_length=200, blank=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("first__code", "second__code", "-effective_on")
        constraints = (
            models.UniqueConstraint(fields=["first", "second", "effective_on"], name="segregation_rule_once_a_day"),
            values_check("apart", Apart, "segregation_apart_known"),
        )

    def __str__(self) -> str:
        return f"{self.first.code} and {self.second.code}: {self.get_apart_display().lower()}"


class StorageCondition(models.Model):
    """A temperature band in °C, with its source; an item needs one, a zone or bin keeps one."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    min_celsius = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    max_celsius = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    effective_on = models.DateField()

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="storage_condition_band_is_ordered",
                condition=models.Q(min_celsius__lte=models.F("max_celsius"))
                | models.Q(min_celsius=None)
                | models.Q(max_celsius=None),
                violation_error_message="The lower temperature is above the upper one.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def range(self) -> TemperatureRange:
        """The band as a value that rules compare."""
        return TemperatureRange(low=self.min_celsius, high=self.max_celsius)
