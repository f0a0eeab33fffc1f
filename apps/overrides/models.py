"""Overrides, and each time that goods went past a rule under one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum

from apps.catalog.models import Item
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Location, Warehouse, Zone
from apps.overrides.states import OVERRIDE_FLOW, OverrideOf, OverrideState
from apps.safety.models import HazardClass

OVERRIDE_NUMBERS = Series("HO")
STORED, CARRIED, FLAMMABLE = map(str, OverrideOf)


class HazardOverrideQuerySet(ScopedQuerySet["HazardOverride"]):
    """Overrides of the warehouses a user works in."""

    def in_force(self, on: date) -> HazardOverrideQuerySet:
        """Approved, and for that day of the site."""
        return self.filter(state=OverrideState.APPROVED, since__lte=on, until__gte=on)


class HazardOverride(Document):
    """A hazard rule or a limit that an item may go past at one site, for some days, as another approved.

    What is stored apart, and a limit of flammable liquids, is gone past in one zone or one place; what is not carried
    together, on every vehicle and in every container of the site. The other goods are as bound as before: when they
    are brought to the item, they need an override of their own.
    """

    flow = OVERRIDE_FLOW

    state = models.CharField(max_length=8, choices=OverrideState.choices, default=OverrideState.ASKED)
    of = models.CharField("lets it go past", max_length=9, choices=OverrideOf.choices)
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", help_text="The goods that are brought")
    other_class = models.ForeignKey(
        HazardClass, models.PROTECT, null=True, related_name="+", help_text="The hazard that it may come near to"
    )
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    most = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, null=True, help_text="Base units that may be brought under it in all"
    )
    since = models.DateField(help_text="The first day, by the calendar of the site")
    until = models.DateField(help_text="The last day")
    reason = models.CharField(max_length=200)
    safeguards = models.CharField(max_length=400, help_text="What is done instead, so that nobody is in danger")
    authority = models.CharField(
        max_length=120, blank=True, help_text="Special permit, letter of the fire official: what allows it"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=200, blank=True, help_text="Of whoever decided or ended it")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[HazardOverrideQuerySet] = HazardOverrideQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", OverrideState, "override_state_known"),
            values_check("of", OverrideOf, "override_of_known"),
            models.CheckConstraint(
                name="override_decided_by_another",
                condition=~Q(state__in=[str(OverrideState.APPROVED), str(OverrideState.ENDED)])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                violation_error_message="Another than who asked for an override approves it.",
            ),
            models.CheckConstraint(name="override_days_in_order", condition=Q(since__lte=F("until"))),
            models.CheckConstraint(
                name="override_names_a_hazard",
                condition=Q(of=FLAMMABLE, other_class=None) | Q(of__in=[STORED, CARRIED], other_class__isnull=False),
            ),
            models.CheckConstraint(
                name="override_names_a_place",
                condition=Q(of=CARRIED, zone=None, location=None)
                | Q(of__in=[STORED, FLAMMABLE], zone=None, location__isnull=False)
                | Q(of__in=[STORED, FLAMMABLE], zone__isnull=False, location=None),
            ),
            models.CheckConstraint(
                name="override_bounded",
                condition=Q(of=CARRIED, most=None) | Q(of=STORED, most=None) | (~Q(of=CARRIED) & Q(most__gt=0)),
            ),
            models.CheckConstraint(
                name="override_of_the_law_names_who_allows", condition=~Q(of=CARRIED) | ~Q(authority="")
            ),
        )
        indexes = (models.Index(fields=["warehouse", "item"], name="override_item", condition=Q(state="approved")),)

    @property
    def where(self) -> str:
        """The zone or place that it is for; empty for what is carried."""
        return str(self.zone or self.location or "")

    @property
    def used(self) -> Decimal:
        """Base units that were brought under it so far."""
        return self.uses.aggregate(all=Sum("quantity"))["all"] or Decimal(0)


class OverrideUseQuerySet(ScopedQuerySet["OverrideUse"]):
    """Uses of the overrides a user may see."""

    warehouse_path: ClassVar[str] = "override__warehouse"


class OverrideUse(models.Model):
    """Goods went past a rule under an override: when, by whom, with which work. Never changed."""

    override = models.ForeignKey(HazardOverride, models.PROTECT, related_name="uses")
    used_at = models.DateTimeField()
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    document = models.CharField(max_length=40, help_text="The task, order or load")
    where = models.CharField(max_length=40, help_text="The place, container or load that they came to")
    quantity = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, null=True, help_text="Base units; none of what is carried"
    )
    rule = models.CharField(max_length=400, help_text="What would have refused it")

    objects: ClassVar[OverrideUseQuerySet] = OverrideUseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-used_at", "-id")

    def __str__(self) -> str:
        return f"{self.override}: {self.document}"
