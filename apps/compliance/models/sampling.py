"""Tables of single sampling plans, each version with its source."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.compliance.states import InspectionLevel, Severity
from apps.core.querysets import SharedQuerySet, values_check


class SamplingTableQuerySet(SharedQuerySet["SamplingTable"]):
    """Versions of sampling tables."""

    def in_force(self, day: date) -> SamplingTable | None:
        """The version that took effect last, of those in use."""
        return self.filter(is_active=True, effective_on__lte=day).order_by("-effective_on", "-pk").first()


class SamplingTable(models.Model):
    """A version of a sampling table; what was sampled by it keeps its name, also after a newer one took effect."""

    code = models.CharField(max_length=40, unique=True)
    source = models.CharField(max_length=200, help_text="Standard, edition and tables")
    effective_on = models.DateField()
    is_verified = models.BooleanField("verified", default=False, help_text="Held against the text by who may do so")
    is_active = models.BooleanField("in use", default=True)
    note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[SamplingTableQuerySet] = SamplingTableQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("-effective_on", "code")

    def __str__(self) -> str:
        return self.code


class CodeLetter(models.Model):
    """From this lot size on, an inspection level has this code letter."""

    table = models.ForeignKey(SamplingTable, models.CASCADE, related_name="letters")
    level = models.CharField(max_length=4, choices=InspectionLevel.choices)
    lot_from = models.PositiveIntegerField()
    letter = models.CharField(max_length=2)

    class Meta:
        ordering = ("table", "level", "lot_from")
        constraints = (
            models.UniqueConstraint(fields=["table", "level", "lot_from"], name="code_letter_once"),
            values_check("level", InspectionLevel, "code_letter_level_known"),
        )

    def __str__(self) -> str:
        return f"{self.level} from {self.lot_from}: {self.letter}"


class SingleSampling(models.Model):
    """A single sampling plan: sample size, acceptance and rejection number; arrows of the print are followed."""

    table = models.ForeignKey(SamplingTable, models.CASCADE, related_name="plans")
    severity = models.CharField(max_length=9, choices=Severity.choices)
    letter = models.CharField(max_length=2)
    aql = models.DecimalField("AQL", max_digits=6, decimal_places=3, help_text="Percent defective")
    sample_size = models.PositiveIntegerField()
    accept_number = models.PositiveIntegerField()
    reject_number = models.PositiveIntegerField()

    class Meta:
        ordering = ("table", "severity", "letter", "aql")
        constraints = (
            models.UniqueConstraint(fields=["table", "severity", "letter", "aql"], name="single_sampling_once"),
            values_check("severity", Severity, "single_sampling_severity_known"),
            models.CheckConstraint(
                name="single_sampling_numbers",
                condition=Q(sample_size__gt=0, reject_number__gt=F("accept_number")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.severity} {self.letter} {self.aql}: {self.sample_size}"
