"""The rules that records are kept by, as dated rows; and what a site says of itself on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.core.querysets import ScopedQuerySet, SharedQuerySet
from apps.locations.models import Warehouse


class RecordRule(models.Model):
    """One figure of a regulation with its paragraph and the day from which it holds; the latest before a day counts.

    A text that nobody qualified has confirmed is held to as strictly, and is marked.
    """

    code = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    source = models.CharField(max_length=200, help_text="Regulation and paragraph")
    effective_on = models.DateField(null=True, blank=True, help_text="Empty: not known here, holds for all days")
    is_verified = models.BooleanField("verified", default=False, help_text="Compared with the text by who may do so")
    note = models.CharField(max_length=200, blank=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code", "effective_on")
        constraints = (
            models.UniqueConstraint(
                fields=["code", "effective_on"], name="record_rule_once_a_day", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="record_rule_verified_has_day",
                condition=Q(is_verified=False) | Q(effective_on__isnull=False),
                violation_error_message="A verified rule has the day from which it holds.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class EstablishmentQuerySet(ScopedQuerySet["Establishment"]):
    """Establishments of the warehouses a user works in."""


class Establishment(models.Model):
    """What a site is called on its injury records. The codes are those of the authority's template of the year."""

    warehouse = models.OneToOneField(Warehouse, models.PROTECT, related_name="establishment")
    name = models.CharField(max_length=100)
    company_name = models.CharField(max_length=100, blank=True)
    ein = models.CharField("EIN", max_length=9, blank=True)
    street = models.CharField(max_length=100)
    city = models.CharField(max_length=100)
    region = models.CharField("state", max_length=2)
    postcode = models.CharField("ZIP", max_length=10)
    naics_code = models.CharField("NAICS", max_length=6)
    industry = models.CharField(max_length=300, blank=True)
    size_code = models.CharField(max_length=3, blank=True, help_text="As the authority's template has it; not verified")
    type_code = models.CharField(max_length=3, blank=True, help_text="As the authority's template has it; not verified")

    objects: ClassVar[EstablishmentQuerySet] = EstablishmentQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse",)

    def __str__(self) -> str:
        return self.name


class EstablishmentYear(models.Model):
    """How many people worked there in a year, for how many hours, and who certified the summary."""

    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    average_employees = models.PositiveIntegerField()
    hours_worked = models.PositiveIntegerField(help_text="By all, the supervised temporary workers too; no leave")
    executive = models.CharField(max_length=100, blank=True)
    executive_title = models.CharField("title", max_length=100, blank=True)
    executive_phone = models.CharField("phone", max_length=40, blank=True)
    certified_on = models.DateField(null=True, blank=True)
    change_reason = models.CharField(max_length=100, blank=True, help_text="When a summary that was sent is changed")

    history = HistoricalRecords()

    class Meta:
        ordering = ("establishment", "-year")
        constraints = (models.UniqueConstraint(fields=["establishment", "year"], name="establishment_year_once"),)

    def __str__(self) -> str:
        return f"{self.establishment} {self.year}"
