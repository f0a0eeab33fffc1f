"""How much of flammable liquids may stand in a place of a kind."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from apps.core.querysets import SharedQuerySet, values_check
from apps.safety.choices import AreaKind, LiquidCategory
from apps.safety.rules import Quota

ALL_CATEGORIES = list(LiquidCategory.values)


class LiquidLimit(models.Model):
    """The most litres of some categories of flammable liquids together, by whose word and from which day.

    Held to in litres; gallons are kept as the source states them.
    """

    categories = ArrayField(
        models.PositiveSmallIntegerField(choices=LiquidCategory.choices),
        help_text="Those that count together, in order, with a comma between, as 1,2,3",
    )
    litres = models.DecimalField("most litres", max_digits=12, decimal_places=3, validators=[MinValueValidator(0)])
    gallons = models.DecimalField(
        "US gallons", max_digits=12, decimal_places=3, null=True, blank=True, help_text="As the source states them"
    )
    source = models.CharField(max_length=200, help_text="Regulation and paragraph, or the local code with its edition")
    effective_on = models.DateField()
    is_verified = models.BooleanField("verified", default=False, help_text="Compared with the text by who may do so")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_categories_known",
                condition=models.Q(categories__len__gte=1) & models.Q(categories__contained_by=ALL_CATEGORIES),
                violation_error_message="Categories are 1 to 4, and at least one.",
            ),
            models.CheckConstraint(name="%(app_label)s_%(class)s_not_below_nought", condition=models.Q(litres__gte=0)),
        )

    @property
    def quota(self) -> Quota:
        """What the rules look at."""
        return Quota(
            categories=frozenset(self.categories),
            litres=self.litres,
            source=self.source,
            is_verified=self.is_verified,
        )


class FlammableLimit(LiquidLimit):
    """The law's limit for areas of a kind; of the same categories the text that took effect last counts.

    A limit that nobody qualified has confirmed is held to as strictly, and is marked.
    """

    kind = models.CharField(max_length=8, choices=AreaKind.choices)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(LiquidLimit.Meta):
        ordering = ("kind", "categories", "-effective_on")
        constraints = (
            *LiquidLimit.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "categories", "effective_on"], name="flammable_limit_once_a_day"),
            values_check("kind", AreaKind, "flammable_limit_kind_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.quota.label}"
