"""What carriers offer: services with their collections, limits and prices."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Party
from apps.core.querysets import SharedQuerySet, values_check
from apps.shipping.choices import ServiceKind, Weekday


class CarrierService(models.Model):
    """A way a carrier takes goods: by parcel, pallet or truck, with its transit time and its limits."""

    carrier = models.ForeignKey(Party, models.PROTECT, related_name="services", limit_choices_to={"is_carrier": True})
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=6, choices=ServiceKind.choices, default=ServiceKind.PARCEL)
    transit_days = models.PositiveSmallIntegerField(default=1, help_text="Days on the way after the collection")
    delivers_weekends = models.BooleanField(default=False, help_text="Saturdays and Sundays count and are delivered on")
    max_weight_g = models.DecimalField(
        max_digits=12, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0)], help_text="A piece"
    )
    max_longest_mm = models.PositiveIntegerField(null=True, blank=True, help_text="Longest side of a piece")
    max_girth_mm = models.PositiveIntegerField(
        null=True, blank=True, help_text="Longest side plus twice the two others, of a piece"
    )
    routing = models.CharField(max_length=20, blank=True, help_text="What the carrier wants on the label, as its depot")
    label_adapter = models.CharField(max_length=20, default="own", help_text="Who makes its labels")
    is_active = models.BooleanField(default=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        constraints = (values_check("kind", ServiceKind, "carrier_service_kind_known"),)

    def __str__(self) -> str:
        return self.name


class ServiceCutOff(models.Model):
    """Until when on a weekday goods must be ready for that day's collection; a weekday without one has none."""

    service = models.ForeignKey(CarrierService, models.CASCADE, related_name="cut_offs")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices, validators=[MaxValueValidator(6)])
    until = models.TimeField(help_text="By the warehouse's clock")

    class Meta:
        ordering = ("service", "weekday")
        constraints = (
            models.UniqueConstraint(fields=["service", "weekday"], name="service_cut_off_once_a_weekday"),
            models.CheckConstraint(name="service_cut_off_weekday_known", condition=Q(weekday__lte=6)),
        )

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.until:%H:%M}"


class ServiceRate(models.Model):
    """A price of a service: to a zone, for a piece of up to a weight, from a day on until a later list begins."""

    service = models.ForeignKey(CarrierService, models.CASCADE, related_name="rates")
    valid_from = models.DateField(help_text="The list of this day counts until the next list's day")
    zone = models.CharField(max_length=20, help_text="The carrier's name of the zone")
    country = models.CharField(max_length=60, blank=True, help_text="As addresses write it; empty: any")
    postal_prefix = models.CharField(max_length=10, blank=True, help_text="What postal codes begin with; empty: any")
    up_to_g = models.DecimalField(max_digits=12, decimal_places=3, validators=[MinValueValidator(Decimal("0.001"))])
    price = models.DecimalField(max_digits=18, decimal_places=6, validators=[MinValueValidator(0)])
    currency = models.CharField(max_length=3, default="EUR")

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("service", "-valid_from", "zone", "up_to_g")
        constraints = (
            models.UniqueConstraint(
                fields=["service", "valid_from", "country", "postal_prefix", "up_to_g"], name="service_rate_once"
            ),
            models.CheckConstraint(name="service_rate_weight_positive", condition=Q(up_to_g__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.service} {self.zone} up to {self.up_to_g} g"
