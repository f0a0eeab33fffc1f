"""What is inspected: kinds of things, their checklists with sources, and the things of each site."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.core.decimals import plain
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, SharedQuerySet, values_check
from apps.locations.models import Aisle, Location, Warehouse, Zone
from apps.workplace.states import LineKind, Period, TakesOut


class AssetKind(models.Model):
    """A kind of thing that is inspected, such as extinguishers, exits or reach trucks."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    takes_out = models.CharField(
        max_length=8,
        choices=TakesOut.choices,
        default=TakesOut.ITSELF,
        help_text="What is out of service while a critical line has failed",
    )
    critical_days = models.PositiveSmallIntegerField(default=1, help_text="To mend what failed a critical line in")
    other_days = models.PositiveSmallIntegerField(default=14, help_text="To mend what failed another line in")

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        constraints = (values_check("takes_out", TakesOut, "asset_kind_takes_out_known"),)

    def __str__(self) -> str:
        return self.name


class Checklist(models.Model):
    """What is looked at on a kind of thing, how often, and the paragraph that asks for it.

    A text that nobody qualified has confirmed is held to as strictly, and is marked.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    kind = models.ForeignKey(AssetKind, models.PROTECT, related_name="checklists")
    every = models.PositiveSmallIntegerField(help_text="So many days or months after the one before")
    period = models.CharField(max_length=8, choices=Period.choices, default=Period.MONTHS)
    source = models.CharField(max_length=200, help_text="Regulation and paragraph, or the site's own rule")
    effective_on = models.DateField(null=True, blank=True, help_text="Empty: not verified")
    is_verified = models.BooleanField("verified", default=False, help_text="Compared with the text by who may do so")
    note = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        constraints = (
            values_check("period", Period, "checklist_period_known"),
            models.CheckConstraint(name="checklist_every_positive", condition=Q(every__gte=1)),
            models.CheckConstraint(
                name="checklist_verified_has_day",
                condition=Q(is_verified=False) | Q(effective_on__isnull=False),
                violation_error_message="A verified rule has the day from which it holds.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ChecklistLine(models.Model):
    """One thing to look at: it passes or fails, or is read off and held against limits."""

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="lines")
    line = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=LineKind.choices, default=LineKind.PASS_FAIL)
    unit = models.CharField(max_length=20, blank=True, help_text="Of a reading, such as bar or in")
    lower = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    upper = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    is_critical = models.BooleanField(default=False, help_text="When it fails, the thing is out of service at once")

    history = HistoricalRecords()

    class Meta:
        ordering = ("checklist", "line")
        constraints = (
            models.UniqueConstraint(fields=["checklist", "line"], name="checklist_line_once"),
            values_check("kind", LineKind, "checklist_line_kind_known"),
            models.CheckConstraint(
                name="checklist_line_limits",
                condition=Q(kind=LineKind.READING) & ~Q(lower=None, upper=None)
                | Q(kind=LineKind.PASS_FAIL, lower=None, upper=None),
                violation_error_message="A reading has a limit; a line that passes or fails has none.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.line}. {self.text}"

    @property
    def limits(self) -> str:
        """What a reading must be, in words; empty for a line that passes or fails."""
        if self.kind != LineKind.READING:
            return ""
        bounds = (("from", self.lower), ("to", self.upper))
        return " ".join([*(f"{word} {plain(value)}" for word, value in bounds if value is not None), self.unit]).strip()


class SiteAssetQuerySet(ScopedQuerySet["SiteAsset"]):
    """Things of the warehouses a user works in."""


class SiteAsset(models.Model):
    """One thing of a site that is inspected: extinguisher no. 7, forklift no. 3, the exit at dock 2."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="site_assets")
    number = models.CharField(max_length=40, unique=True, help_text="As the label on it says; it can be scanned")
    name = models.CharField(max_length=80)
    kind = models.ForeignKey(AssetKind, models.PROTECT, related_name="assets")
    location = models.ForeignKey(Location, models.PROTECT, null=True, blank=True, related_name="+")
    aisle = models.ForeignKey(Aisle, models.PROTECT, null=True, blank=True, related_name="+")
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[SiteAssetQuerySet] = SiteAssetQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "number")
        verbose_name = "thing to inspect"
        verbose_name_plural = "things to inspect"

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """Where it is lies in its warehouse."""
        for name in ("location", "aisle", "zone"):
            where = getattr(self, name)
            if where is not None and where.warehouse_id != self.warehouse_id:
                raise ValidationError({name: "This is in another warehouse."})


class InspectionScheduleQuerySet(ScopedQuerySet["InspectionSchedule"]):
    """Schedules of the warehouses a user works in."""

    warehouse_path = "asset__warehouse"


class InspectionSchedule(models.Model):
    """When a thing is due to be inspected by a checklist; each inspection that is done moves it."""

    asset = models.ForeignKey(SiteAsset, models.CASCADE, related_name="schedules")
    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="schedules")
    due_on = models.DateField()

    objects: ClassVar[InspectionScheduleQuerySet] = InspectionScheduleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("due_on", "asset")
        constraints = (
            models.UniqueConstraint(fields=["asset", "checklist"], name="inspection_schedule_once_a_checklist"),
        )

    def __str__(self) -> str:
        return f"{self.asset} {self.checklist}"
