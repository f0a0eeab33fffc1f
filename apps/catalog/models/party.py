"""Parties: suppliers, customers, owners of stock, carriers."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from apps.core.paper import formats as paper
from apps.core.querysets import SharedQuerySet


class Address(models.Model):
    """Where somebody or something is; a base of parties and warehouses, and of what a document copies."""

    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def address_lines(self) -> list[str]:
        """The address as printed, without empty lines."""
        town = " ".join(filter(None, (self.postal_code, self.city)))
        return [line for line in (self.street, town, self.region, self.country) if line]

    def on_paper(self, name: str, contact: str = "") -> paper.Address:
        """The address as documents print it, under a name."""
        return paper.Address(name=name, lines=tuple(self.address_lines), contact=contact)


class OnTheMap(models.Model):
    """Where it is on the map, as far as somebody knows: distances are measured by it."""

    latitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees north",
    )
    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees east",
    )

    class Meta:
        abstract = True


class Party(Address, OnTheMap):
    """A business partner in one or more roles."""

    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    is_supplier = models.BooleanField(default=False)
    is_customer = models.BooleanField(default=False)
    is_owner = models.BooleanField(default=False, help_text="Owns stock that we keep")
    is_carrier = models.BooleanField(default=False)
    contact = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    gln = models.CharField("GLN", max_length=13, blank=True)
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217; empty: the company's")
    min_remaining_days = models.PositiveIntegerField(
        default=0,
        validators=[MinValueValidator(0)],
        help_text="Days of shelf life that must be left when the customer gets the goods",
    )
    is_active = models.BooleanField(default=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.number
