"""The company and its sites."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from apps.catalog.models import Party
from apps.catalog.models.party import Address, OnTheMap
from apps.core.clock import local_date
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.choices import SiteKind


def check_timezone(name: str) -> None:
    """Refuse a zone that the time zone database does not know."""
    if name not in zoneinfo.available_timezones():
        message = f"{name} is no time zone; write it as Europe/Paris."
        raise ValidationError(message)


class EmergencyContact(models.Model):
    """Who is called when dangerous goods that we sent leak or burn on the road; a paper for such goods says so."""

    emergency_phone = models.CharField(
        max_length=40, blank=True, help_text="Answered at all times while dangerous goods are on the road"
    )
    emergency_contact = models.CharField(
        max_length=80, blank=True, help_text="Who answers it, or our contract's number, where that is not ourselves"
    )

    class Meta:
        abstract = True


class Company(Address, EmergencyContact):
    """The one company of this installation."""

    name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3, default="EUR", help_text="ISO 4217")
    gs1_prefix = models.CharField(
        "GS1 company prefix", max_length=12, blank=True, validators=[RegexValidator(r"^\d{4,12}$")]
    )
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "company"
        constraints = (models.CheckConstraint(name="company_is_one", condition=models.Q(id=1)),)

    def __str__(self) -> str:
        return self.name


class WarehouseQuerySet(ScopedQuerySet["Warehouse"]):
    """The sites a user works at."""

    warehouse_path: ClassVar[str] = ""


class Warehouse(Address, OnTheMap, EmergencyContact):
    """A site with stock of its own: a warehouse, a store or a fulfilment partner."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=SiteKind.choices, default=SiteKind.WAREHOUSE)
    timezone = models.CharField(max_length=40, default="UTC", validators=[check_timezone])
    gln = models.CharField("GLN", max_length=13, blank=True)
    party = models.OneToOneField(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="site",
        help_text="The customer that stands for this site where another one sends goods to it",
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[WarehouseQuerySet] = WarehouseQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        constraints = (values_check("kind", SiteKind, "warehouse_kind_known"),)

    def __str__(self) -> str:
        return self.code

    def local_date(self, at: datetime) -> date:
        """The calendar day here at that instant; expiry and cut-offs are judged by it."""
        return local_date(at, self.timezone)


class TransitTimeQuerySet(ScopedQuerySet["TransitTime"]):
    """How long goods travel to the sites a user works at."""

    warehouse_path: ClassVar[str] = "target"


class TransitTime(models.Model):
    """Goods that leave one site for another are there so many days later; of two sites without one, the next day."""

    origin = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    target = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()

    objects: ClassVar[TransitTimeQuerySet] = TransitTimeQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("origin", "target")
        constraints = (
            models.UniqueConstraint(fields=["origin", "target"], name="transit_time_once"),
            models.CheckConstraint(
                name="transit_time_between_two",
                condition=~models.Q(origin=models.F("target")),
                violation_error_message="Goods travel between two sites.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.origin} to {self.target}"
