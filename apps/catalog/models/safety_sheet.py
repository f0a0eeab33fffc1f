"""Safety data sheets of items: every revision is kept, and none is changed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from apps.catalog.models.item import Item
from apps.core.numbering import Series
from apps.core.querysets import SharedQuerySet

SHEET_NUMBERS = Series("SDS")


class SheetRule(models.Model):
    """For how long a sheet is believed after its revision where nobody said otherwise; the last in force counts."""

    months = models.PositiveSmallIntegerField(help_text="From the day of the revision")
    source = models.CharField(max_length=200, help_text="Regulation, or rule of the site")
    effective_on = models.DateField(unique=True)
    is_verified = models.BooleanField("verified", default=False, help_text="Compared with the text by who may do so")

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-effective_on",)
        constraints = (
            models.CheckConstraint(name="sheet_rule_is_some_months", condition=models.Q(months__range=(1, 120))),
        )

    def __str__(self) -> str:
        return f"{self.months} months as from {self.effective_on}"


class SafetySheetQuerySet(SharedQuerySet["SafetySheet"]):
    """Sheets of all revisions."""

    def newest(self) -> SafetySheetQuerySet:
        """Of each item and language the last revision."""
        last = (
            SafetySheet.objects.filter(item=models.OuterRef("item"), language=models.OuterRef("language"))
            .order_by("-revised_on", "-pk")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(last))

    def in_force(self, on: date) -> SafetySheetQuerySet:
        """Of each item and language the last revision, if it is believed on that day: its last day included."""
        return self.newest().filter(review_by__gte=on)


class SafetySheet(models.Model):
    """One revision of an item's sheet in one language; its PDF is on the shelf of papers under the sum of its bytes."""

    number = models.CharField(max_length=40, unique=True, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="safety_sheets")
    language = models.CharField(
        max_length=2, validators=[RegexValidator(r"^[a-z]{2}$", "Two letters.")], help_text="ISO 639-1, as en"
    )
    revision = models.CharField(max_length=20, help_text="As the sheet names it")
    revised_on = models.DateField()
    review_by = models.DateField(help_text="The last day on which it is believed")
    supplier = models.CharField(max_length=120, help_text="Who answers for it, as the sheet names them")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the PDF")
    size = models.PositiveIntegerField(help_text="Bytes")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects: ClassVar[SafetySheetQuerySet] = SafetySheetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("item", "language", "-revised_on", "-pk")
        verbose_name = "safety data sheet"
        constraints = (
            models.UniqueConstraint(fields=["item", "language", "revision"], name="safety_sheet_once_a_revision"),
            models.CheckConstraint(
                name="safety_sheet_believed_from_its_revision",
                condition=models.Q(review_by__gte=models.F("revised_on")),
            ),
        )

    def __str__(self) -> str:
        return self.number
