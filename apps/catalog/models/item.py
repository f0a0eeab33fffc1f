"""Items with their units, packaging levels and barcodes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from apps.catalog.choices import ItemKind, Lifecycle, PackagingLevel, Tracking
from apps.core.codes import is_valid_gtin
from apps.core.quantities import PLACES
from apps.core.querysets import SharedQuerySet, values_check
from apps.safety.models import HazardClass, ShippingDescription, StorageCondition
from apps.safety.rules import Hazard, TemperatureRange

COLDEST = Decimal("-273.15")
"""Absolute zero in °C."""


class Unit(models.Model):
    """A unit of measure that quantities are counted in."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=40)
    scale = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(PLACES)], help_text="Decimals allowed"
    )

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class Category(models.Model):
    """A group of items, nested by its path: `Food/Dairy`."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class ItemQuerySet(SharedQuerySet["Item"]):
    """Items to buy, to sell, to find."""

    def sellable(self) -> ItemQuerySet:
        """Items an order may ask for."""
        return self.filter(lifecycle__in=(Lifecycle.ACTIVE, Lifecycle.PHASING_OUT))

    def hazardous(self) -> ItemQuerySet:
        """Items that have a hazard at all."""
        return self.filter(models.Q(hazard_class__isnull=False) | models.Q(shipping_description__isnull=False))

    def labelled(self) -> ItemQuerySet:
        """Hazardous items with the labels of their containers, for who asks whether one is missing."""
        return self.hazardous().select_related("container_label")


class Tracked:
    """What follows for its goods from how an item is tracked and how large it is."""

    tracking: Any
    length_mm: Any
    width_mm: Any
    height_mm: Any
    hazards: Any
    flash_point_c: Any

    __slots__ = ()

    @property
    def may_burn(self) -> bool:
        """Whether it might be a flammable liquid: what says so is asked of no other item."""
        return bool(self.hazards) or self.flash_point_c is not None

    @property
    def has_lots(self) -> bool:
        """Whether each unit belongs to a lot."""
        return self.tracking in {Tracking.LOT, Tracking.BOTH}

    @property
    def has_serials(self) -> bool:
        """Whether each unit has a serial number."""
        return self.tracking in {Tracking.SERIAL, Tracking.BOTH}

    @property
    def volume_mm3(self) -> int | None:
        """Volume of one base unit, None when a dimension is unknown."""
        if self.length_mm and self.width_mm and self.height_mm:
            return int(self.length_mm * self.width_mm * self.height_mm)
        return None

    @property
    def chief_hazard(self) -> str:
        """The code of the hazard class that it is told by first; empty when it has none."""
        return self.hazards[0] if self.hazards else ""


class Item(Tracked, models.Model):
    """Something the company holds stock of, counted in one base unit at a fixed number of decimals."""

    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=ItemKind.choices, default=ItemKind.FINISHED)
    lifecycle = models.CharField(max_length=12, choices=Lifecycle.choices, default=Lifecycle.ACTIVE)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="items")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Base unit, in which stock is kept")
    scale = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(PLACES)], help_text="Decimals of a quantity"
    )
    tracking = models.CharField(max_length=8, choices=Tracking.choices, default=Tracking.NONE)
    expires = models.BooleanField(default=False, help_text="Its lots have an expiry date")
    shelf_life_days = models.PositiveIntegerField(null=True, blank=True, help_text="From making to expiry")
    expires_with_parts = models.BooleanField(
        default=False, help_text="Where it is assembled: its lots expire with the part that expires first"
    )
    min_remaining_days = models.PositiveIntegerField(
        null=True, blank=True, help_text="Days of shelf life that must be left when it comes in"
    )
    over_tolerance_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="More than ordered that may come in, unless its supplier's terms say otherwise",
    )
    colour = models.CharField(max_length=40, blank=True)
    size = models.CharField(max_length=40, blank=True)
    length_mm = models.PositiveIntegerField(null=True, blank=True)
    width_mm = models.PositiveIntegerField(null=True, blank=True)
    height_mm = models.PositiveIntegerField(null=True, blank=True)
    weight_g = models.DecimalField(
        max_digits=12, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    attributes = models.JSONField(default=dict, blank=True, help_text="Anything else, by name")
    image = models.ImageField(upload_to="items", blank=True)
    hazard_class = models.ForeignKey(HazardClass, models.PROTECT, null=True, blank=True, related_name="items")
    storage_condition = models.ForeignKey(StorageCondition, models.PROTECT, null=True, blank=True, related_name="items")
    shipping_description = models.ForeignKey(
        ShippingDescription,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        help_text="How it is described to carriers, where it is dangerous",
    )
    hazards = ArrayField(
        models.CharField(max_length=10),
        default=list,
        db_default=[],
        editable=False,
        help_text="Its own class, its description's and the subsidiary ones, noted by the database",
    )
    flash_point_c = models.DecimalField(
        "flash point (°C)",
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Of a liquid, as its safety data sheet says",
    )
    boiling_point_c = models.DecimalField("boiling point (°C)", max_digits=6, decimal_places=2, null=True, blank=True)
    litres_per_unit = models.DecimalField(
        max_digits=12, decimal_places=6, null=True, blank=True, help_text="Litres of liquid in one base unit"
    )
    ships_alone = models.BooleanField(default=False, help_text="Not packed with other items")
    hs_code = models.CharField(
        "HS code",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{6,12}$", "An HS code has 6 to 12 digits.")],
        help_text="Customs tariff number, digits only",
    )
    origin = models.CharField(
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", "A country is two capital letters.")],
        help_text="Country it was made in (ISO 3166-1 alpha-2)",
    )
    standard_cost = models.DecimalField(
        max_digits=18,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Company currency, a base unit",
    )

    objects: ClassVar[ItemQuerySet] = ItemQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords(excluded_fields=["hazards"])

    class Meta:
        ordering = ("number",)
        constraints = (
            values_check("kind", ItemKind, "item_kind_known"),
            values_check("lifecycle", Lifecycle, "item_lifecycle_known"),
            values_check("tracking", Tracking, "item_tracking_known"),
            models.CheckConstraint(
                name="item_expiry_needs_lots",
                condition=models.Q(expires=False) | models.Q(tracking__in=(Tracking.LOT, Tracking.BOTH)),
                violation_error_message="An item that expires is tracked by lot.",
            ),
            models.CheckConstraint(
                name="item_expires_with_parts_expires",
                condition=models.Q(expires_with_parts=False) | models.Q(expires=True),
                violation_error_message="What expires with its parts expires.",
            ),
            models.CheckConstraint(
                name="item_serials_are_whole",
                condition=models.Q(scale=0) | ~models.Q(tracking__in=(Tracking.SERIAL, Tracking.BOTH)),
                violation_error_message="An item with serial numbers is counted in whole units.",
            ),
            models.CheckConstraint(
                name="item_litres_above_nought",
                condition=models.Q(litres_per_unit=None) | models.Q(litres_per_unit__gt=0),
                violation_error_message="A unit holds more than nought litres.",
            ),
            models.CheckConstraint(
                name="item_points_above_absolute_zero",
                condition=(models.Q(flash_point_c=None) | models.Q(flash_point_c__gte=COLDEST))
                & (models.Q(boiling_point_c=None) | models.Q(boiling_point_c__gte=COLDEST)),
                violation_error_message="No temperature is below -273.15 °C.",
            ),
            models.CheckConstraint(name="item_scale_in_range", condition=models.Q(scale__lte=PLACES)),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def needs(self) -> TemperatureRange | None:
        """The temperature that it must be kept at, None when any will do."""
        return self.storage_condition.range if self.storage_condition is not None else None

    @property
    def is_hazardous(self) -> bool:
        """Whether it has a hazard at all; asked of the row alone."""
        return self.hazard_class_id is not None or self.shipping_description_id is not None

    @property
    def hazard(self) -> Hazard | None:
        """What the rules of transport look at: its description, else its class alone; None when it is not dangerous."""
        if self.shipping_description is not None:
            return self.shipping_description.hazard
        return None if self.hazard_class is None else Hazard(code=self.hazard_class.code, name=self.number)


class Packaging(models.Model):
    """A level of an item's packaging: how many base units it holds, exactly, and its own GTIN and dimensions."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="packagings")
    level = models.CharField(max_length=8, choices=PackagingLevel.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Unit that orders may name")
    numerator = models.PositiveIntegerField(default=1, help_text="Base units in it: numerator / denominator")
    denominator = models.PositiveIntegerField(default=1)
    gtin = models.CharField("GTIN", max_length=14, unique=True, null=True, blank=True)
    length_mm = models.PositiveIntegerField(null=True, blank=True)
    width_mm = models.PositiveIntegerField(null=True, blank=True)
    height_mm = models.PositiveIntegerField(null=True, blank=True)
    weight_g = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    stacking_limit = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many may stand on one")

    history = HistoricalRecords()

    class Meta:
        ordering = ("item", "numerator")
        constraints = (
            models.UniqueConstraint(fields=["item", "unit"], name="packaging_unit_once_an_item"),
            values_check("level", PackagingLevel, "packaging_level_known"),
            models.CheckConstraint(
                name="packaging_factor_positive",
                condition=models.Q(numerator__gt=0, denominator__gt=0),
                violation_error_message="A packaging holds more than nothing.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.level} of {self.factor}"

    def clean(self) -> None:
        """Refuse a GTIN with a wrong check digit and keep it as 14 digits."""
        if self.gtin:
            if not is_valid_gtin(self.gtin):
                from django.core.exceptions import ValidationError  # noqa: PLC0415 - only on refusal

                raise ValidationError({"gtin": "The check digit is wrong."})
            self.gtin = self.gtin.zfill(14)

    @property
    def factor(self) -> Fraction:
        """Base units in one of this packaging, exactly."""
        return Fraction(self.numerator, self.denominator)


class Barcode(models.Model):
    """A code that is not a GTIN but stands for an item: a supplier's code, an old label."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="barcodes")
    packaging = models.ForeignKey(Packaging, models.CASCADE, null=True, blank=True, related_name="barcodes")
    code = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code
