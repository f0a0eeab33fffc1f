"""An inspection: which goods, what was found, and what becomes of them."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.catalog.models import Item, Party
from apps.compliance.models.plan import Characteristic, InspectionPlan
from apps.compliance.models.sampling import SamplingTable
from apps.compliance.states import (
    INSPECTION_FLOW,
    CharacteristicKind,
    InspectionDisposition,
    InspectionState,
    Severity,
)
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import LockingQuerySet, ScopedQuerySet, values_check
from apps.ledger.models import Lot, SerialNumber
from apps.locations.models import Location, Warehouse

INSPECTION_NUMBERS = Series("QI")


class InspectionQuerySet(ScopedQuerySet["Inspection"]):
    """Inspections of the warehouses a user works in."""


class Inspection(Document):
    """Goods of one lot that came in together are looked at before they may be used; base units.

    What is looked at is copied from the plan, so that later changes of that change nothing here. Without a plan, the
    goods are judged as a whole.
    """

    flow = INSPECTION_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=InspectionState.choices, default=InspectionState.OPEN)
    document = models.CharField(max_length=40, blank=True, help_text="Of what brought the goods; empty: held in stock")
    item = models.ForeignKey(Item, models.PROTECT, related_name="inspections")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="inspections")
    serials = models.ManyToManyField(SerialNumber, related_name="inspections")
    supplier = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", help_text="Where they stood at first")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    plan = models.ForeignKey(InspectionPlan, models.PROTECT, null=True, related_name="inspections")
    table = models.ForeignKey(SamplingTable, models.PROTECT, null=True, related_name="+")
    severity = models.CharField(max_length=9, choices=Severity.choices, default=Severity.NORMAL)
    basis = models.CharField(max_length=120, blank=True, help_text="By what the sample was found")
    sample_size = models.PositiveIntegerField(default=0)
    accept_number = models.PositiveIntegerField(default=0)
    reject_number = models.PositiveIntegerField(default=1)
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="again", help_text="After whose rework it is inspected again"
    )
    cause = models.CharField(max_length=200, blank=True, help_text="Why goods in stock were held")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True, help_text="How the lot counts in its supplier's history")
    in_doubt = models.BooleanField(default=False, help_text="Accepted above the acceptance number")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was decided so")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approval_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[InspectionQuerySet] = InspectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", InspectionState, "inspection_state_known"),
            values_check("severity", Severity, "inspection_severity_known"),
            models.CheckConstraint(name="inspection_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="inspection_numbers_in_order", condition=Q(reject_number__gt=F("accept_number"))
            ),
            models.CheckConstraint(
                name="inspection_decided_by_somebody",
                condition=~Q(state__in=(InspectionState.WAITING, InspectionState.DECIDED))
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="inspection_approved_by_another",
                condition=Q(approved_by=None) | (Q(decided_by__isnull=False) & ~Q(approved_by=F("decided_by"))),
                violation_error_message="Whoever asked for a concession cannot approve it.",
            ),
        )
        indexes = (
            models.Index(fields=["state"]),
            models.Index(fields=["document"]),
            models.Index(fields=["plan", "supplier", "item", "-id"], name="inspection_series"),
        )

    @property
    def putaway_document(self) -> str:
        """The document whose putaways its goods are: of what brought them, else its own."""
        return self.document or self.number


class InspectionCharacteristic(Characteristic):
    """What is looked at in an inspection, as its plan said when it began."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="characteristics")

    class Meta:
        ordering = ("inspection", "line")
        constraints = (
            models.UniqueConstraint(fields=["inspection", "line"], name="inspection_characteristic_once"),
            values_check("kind", CharacteristicKind, "inspection_characteristic_kind_known"),
        )


class InspectionResult(models.Model):
    """What somebody found of one characteristic at one unit of the sample; one that was replaced is kept."""

    characteristic = models.ForeignKey(InspectionCharacteristic, models.PROTECT, related_name="results")
    sample = models.PositiveIntegerField(help_text="Which unit of the sample, from 1")
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, help_text="As measured")
    passed = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects: ClassVar[LockingQuerySet[InspectionResult]] = LockingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("characteristic", "sample", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["characteristic", "sample"], condition=Q(replaced_at=None), name="inspection_result_one_counts"
            ),
            models.CheckConstraint(name="inspection_result_sample_from_one", condition=Q(sample__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.characteristic_id} {self.sample}"


class InspectionDecision(models.Model):
    """This becomes of so much of what was inspected, or of one serial unit of it."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="decisions")
    disposition = models.CharField(max_length=9, choices=InspectionDisposition.choices)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="+")
    returned = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0), help_text="Of what is rejected: gone back"
    )

    objects: ClassVar[LockingQuerySet[InspectionDecision]] = LockingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            values_check("disposition", InspectionDisposition, "inspection_decision_disposition_known"),
            models.UniqueConstraint(
                fields=["inspection", "disposition", "serial"],
                nulls_distinct=False,
                name="inspection_decision_once",
            ),
            models.CheckConstraint(
                name="inspection_decision_quantities",
                condition=Q(quantity__gt=0, returned__gte=0, returned__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="inspection_decision_returned_is_rejected",
                condition=Q(returned=0) | Q(disposition=InspectionDisposition.REJECT),
            ),
        )

    def __str__(self) -> str:
        return f"{self.disposition} {self.quantity}"
