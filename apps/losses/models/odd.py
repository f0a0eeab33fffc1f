"""When an adjustment is odd, and which odd ones somebody has found to be none."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from apps.core.querysets import ScopedQuerySet, SharedQuerySet, values_check
from apps.ledger.models import StockTransaction
from apps.losses.states import Oddity


class OddRule(models.Model):
    """From a day on, how far off an adjustment is to be told, and among how many; the last in effect counts."""

    effective_on = models.DateField(unique=True)
    score = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.1"))],
        help_text="Modified z-score from which a value or a person's number of write-offs is odd",
    )
    fewest = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(3)], help_text="Among fewer, nothing is said to be odd by its score"
    )
    repeats = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(2)], help_text="So many write-offs of an item at one place are odd"
    )
    window_days = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)], help_text="So many days before are looked at as well"
    )
    match_days = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)], help_text="The same quantity found elsewhere so soon is told as misplaced"
    )
    source = models.CharField(max_length=200)
    is_verified = models.BooleanField("verified", default=False)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-effective_on",)

    def __str__(self) -> str:
        return f"{self.score} from {self.effective_on}"


class OddDismissalQuerySet(ScopedQuerySet["OddDismissal"]):
    """Dismissals at the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "posting__warehouse"


class OddDismissal(models.Model):
    """Somebody looked at an odd adjustment and says why it is none. Never changed."""

    posting = models.ForeignKey(StockTransaction, models.PROTECT, related_name="odd_dismissals")
    kind = models.CharField(max_length=8, choices=Oddity.choices)
    reason = models.CharField(max_length=200)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField()

    objects: ClassVar[OddDismissalQuerySet] = OddDismissalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-dismissed_at", "-id")
        constraints = (
            values_check("kind", Oddity, "oddity_known"),
            models.UniqueConstraint(fields=["posting", "kind"], name="odd_dismissed_once"),
        )

    def __str__(self) -> str:
        return f"{self.posting}: {self.get_kind_display()}"
