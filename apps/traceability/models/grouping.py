"""Groupings of lots: a question that is asked again and again, saved under a number."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item, Party
from apps.core.querysets import SharedQuerySet

DATES = ("made", "received", "expires")
ASKED_BY = (
    "item",
    "supplier",
    "made_from",
    "made_to",
    "received_from",
    "received_to",
    "expires_from",
    "expires_to",
    "expires_within_days",
)


class LotGrouping(models.Model):
    """Lots that have something in common: all that is said must fit. Which they are is asked anew each time."""

    number = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9][A-Z0-9._-]*$", "Capital letters, digits, dots and hyphens.")],
        help_text="Short, as EXPIRING or SUPPLIER-7",
    )
    name = models.CharField(max_length=80)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    supplier = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    supplier_lot = models.CharField("supplier's lot", max_length=40, blank=True)
    made_from = models.DateField(null=True, blank=True)
    made_to = models.DateField(null=True, blank=True)
    received_from = models.DateField(null=True, blank=True, help_text="In universal time")
    received_to = models.DateField(null=True, blank=True)
    expires_from = models.DateField(null=True, blank=True)
    expires_to = models.DateField(null=True, blank=True)
    expires_within_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="From today on; what has expired is not among them"
    )
    attribute = models.CharField(max_length=40, blank=True, help_text="Name of one of the item's attributes")
    value = models.CharField(max_length=200, blank=True, help_text="What that attribute is")

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="lot_grouping_says_something",
                condition=~Q(**{f"{name}__isnull": True for name in ASKED_BY}, supplier_lot="", attribute=""),
                violation_error_message="Say at least one thing that the lots have in common.",
            ),
            models.CheckConstraint(
                name="lot_grouping_value_of_attribute",
                condition=~Q(attribute="") | Q(value=""),
                violation_error_message="Name the attribute that has this value.",
            ),
            *(
                models.CheckConstraint(
                    name=f"lot_grouping_{name}_in_order",
                    condition=Q(**{f"{name}_from": None})
                    | Q(**{f"{name}_to": None})
                    | Q(**{f"{name}_from__lte": F(f"{name}_to")}),
                    violation_error_message="The first day is after the last.",
                )
                for name in DATES
            ),
        )

    def __str__(self) -> str:
        return self.number
