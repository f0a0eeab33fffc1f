"""Which goods are inspected when they come in, how many of them, and what is looked at."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Category, Item, Party
from apps.compliance.models.sampling import SingleSampling
from apps.compliance.states import CharacteristicKind, InspectionLevel, SamplingKind, Severity
from apps.core.decimals import plain
from apps.core.querysets import SharedQuerySet, values_check

DIGITS, PLACES = 18, 6
"""Of what is measured."""


class InspectionPlan(models.Model):
    """Goods of an item or a category, perhaps only of one supplier, are inspected so.

    The plan of an item goes before that of its category, that of a supplier before that for all; of several the one
    that is valid last.
    """

    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="inspection_plans")
    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, related_name="+", help_text="With all below it"
    )
    supplier = models.ForeignKey(
        Party, models.CASCADE, null=True, blank=True, related_name="+", help_text="Empty: whoever delivers"
    )
    sampling = models.CharField(max_length=7, choices=SamplingKind.choices, default=SamplingKind.ALL)
    amount = models.DecimalField(
        max_digits=9,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.001"))],
        help_text="How many, or how many percent",
    )
    level = models.CharField(
        max_length=4, choices=InspectionLevel.choices, default=InspectionLevel.II, help_text="By a table"
    )
    aql = models.DecimalField(
        "AQL", max_digits=6, decimal_places=3, null=True, blank=True, help_text="By a table: percent defective"
    )
    starts = models.CharField(
        max_length=9,
        choices=Severity.choices,
        default=Severity.NORMAL,
        help_text="How the first lot of a supplier is sampled; the results of its lots decide from then on",
    )
    skip_after = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(20)], help_text="Accepted lots in a row before any is skipped; 0: none"
    )
    inspect_every = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(20)], help_text="Then only every so-many-th"
    )
    valid_from = models.DateField()
    is_active = models.BooleanField(default=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("item", "category", "supplier", "-valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=["item", "category", "supplier", "valid_from"],
                nulls_distinct=False,
                name="inspection_plan_once_a_day",
            ),
            models.CheckConstraint(
                name="inspection_plan_of_one_thing",
                condition=Q(item=None, category__isnull=False) | Q(item__isnull=False, category=None),
                violation_error_message="A plan is for an item or for a category.",
            ),
            models.CheckConstraint(
                name="inspection_plan_says_how_many",
                condition=Q(sampling=SamplingKind.ALL)
                | Q(sampling__in=(SamplingKind.COUNT, SamplingKind.PERCENT), amount__isnull=False, amount__gt=0)
                | Q(sampling=SamplingKind.TABLE, aql__isnull=False),
                violation_error_message="Say how many, how many percent, or by which AQL.",
            ),
            models.CheckConstraint(name="inspection_plan_skips_some", condition=Q(inspect_every__gte=1)),
            values_check("sampling", SamplingKind, "inspection_plan_sampling_known"),
            values_check("level", InspectionLevel, "inspection_plan_level_known"),
            values_check("starts", Severity, "inspection_plan_severity_known"),
        )

    def __str__(self) -> str:
        goods = self.item or self.category
        return f"{goods} of {self.supplier}" if self.supplier_id else str(goods)

    @property
    def table_aql(self) -> Decimal | None:
        """The AQL by which a table says how many; None where no table is asked."""
        return self.aql if self.sampling == SamplingKind.TABLE else None

    def clean(self) -> None:
        """Refuse an AQL that no table knows, and a number of units that is no whole one."""
        if self.table_aql is not None:
            known = SingleSampling.objects.filter(table__is_active=True, aql=self.table_aql)
            if not known.exists():
                raise ValidationError({"aql": "No sampling table in use has this AQL."})
        if self.sampling == SamplingKind.COUNT and self.amount is not None and self.amount % 1:
            raise ValidationError({"amount": "A number of units is a whole one."})


CHARACTERISTIC_FIELDS = ("line", "name", "kind", "unit", "lower", "upper", "instruction", "is_critical")
"""What a characteristic says: a plan's are copied with it into an inspection, and shown with it."""


class Characteristic(models.Model):
    """Something that is looked at: it passes or fails, or its measured value keeps limits."""

    line = models.PositiveSmallIntegerField(help_text="Its place on the sheet")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=9, choices=CharacteristicKind.choices, default=CharacteristicKind.PASS_FAIL)
    unit = models.CharField(max_length=12, blank=True, help_text="Of what is measured")
    lower = models.DecimalField("lower limit", max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    upper = models.DecimalField("upper limit", max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    instruction = models.CharField(max_length=200, blank=True)
    is_critical = models.BooleanField("critical", default=False, help_text="One such defect rejects the lot")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def limits(self) -> str:
        """What a measured value must keep, in words."""
        bounds = [
            f"{word} {plain(bound)}" for word, bound in (("from", self.lower), ("to", self.upper)) if bound is not None
        ]
        return " ".join([*bounds, self.unit]) if bounds else ""


class PlanCharacteristic(Characteristic):
    """What a plan asks to look at. A plan without any is judged as a whole."""

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="characteristics")

    history = HistoricalRecords()

    class Meta:
        ordering = ("plan", "line")
        constraints = (
            models.UniqueConstraint(fields=["plan", "line"], name="plan_characteristic_once"),
            values_check("kind", CharacteristicKind, "plan_characteristic_kind_known"),
            models.CheckConstraint(
                name="plan_characteristic_limits",
                condition=Q(lower=None) | Q(upper=None) | Q(lower__lte=F("upper")),
                violation_error_message="The lower limit is above the upper one.",
            ),
            models.CheckConstraint(
                name="plan_characteristic_measured_has_a_limit",
                condition=~Q(kind=CharacteristicKind.MEASURED) | Q(lower__isnull=False) | Q(upper__isnull=False),
                violation_error_message="What is measured has at least one limit.",
            ),
        )
