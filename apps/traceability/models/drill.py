"""Mock recalls: how often, and what each found. A drill is evidence; the database refuses to change one."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.core.numbering import Series
from apps.core.querysets import SharedQuerySet
from apps.ledger.models import Lot

DRILL_NUMBERS = Series("DR")


class DrillPlan(models.Model):
    """A mock recall is run by itself every so many months; a schedule is a standard's or a customer's wish."""

    name = models.CharField(max_length=80, unique=True)
    every_months = models.PositiveSmallIntegerField(
        default=6, validators=[MinValueValidator(1), MaxValueValidator(24)], help_text="1 to 24"
    )
    next_on = models.DateField(help_text="The next drill; then every so many months")
    target_minutes = models.PositiveIntegerField(
        default=240, validators=[MinValueValidator(1)], help_text="Tracing both ways is to take no longer"
    )
    tolerance_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="How far from 100 per cent the reconciliation may be",
    )
    source = models.CharField(max_length=120, blank=True, help_text="Who asks for it: a standard, a customer")
    is_active = models.BooleanField(default=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="drill_plan_months", condition=Q(every_months__gte=1) & Q(every_months__lte=24)
            ),
        )

    def __str__(self) -> str:
        return self.name


class RecallDrill(models.Model):
    """A mock recall: which lot was drawn, how long each step took, and how much was found. Never changed."""

    number = models.CharField(max_length=40, unique=True, editable=False)
    plan = models.ForeignKey(DrillPlan, models.PROTECT, null=True, related_name="drills")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    seed = models.CharField(max_length=64, help_text="Draws the same lot again from the same lots")
    lots_to_draw = models.PositiveIntegerField(help_text="Of how many lots that had been shipped")
    steps = models.JSONField(encoder=DjangoJSONEncoder, help_text="Each step and its seconds")
    seconds = models.DecimalField(max_digits=12, decimal_places=3)
    figures = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="What was found: the mass balance, lots, consignees"
    )
    percent_reconciled = models.DecimalField(max_digits=9, decimal_places=4)
    passed = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    run_at = models.DateTimeField()
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.number
