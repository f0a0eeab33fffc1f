"""Who got recalled goods: whether they were told, what they answered, and whether a check found it so."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.catalog.models import Party
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import SharedQuerySet
from apps.ledger.models import Lot
from apps.traceability.models.case import RecallCase
from apps.traceability.states import CheckResult, ContactMethod


class RecallConsignee(models.Model):
    """A customer who was sent some of a case's lots; what and when, the ledger says."""

    case = models.ForeignKey(RecallCase, models.PROTECT, related_name="consignees")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    method = models.CharField(max_length=6, choices=ContactMethod.choices, blank=True)
    notified_at = models.DateTimeField(null=True)
    notified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    responded_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["case", "party"], name="recall_consignee_once"),
            models.CheckConstraint(
                name="recall_consignee_told_somehow",
                condition=Q(notified_at=None, method="", notified_by=None)
                | (Q(notified_at__isnull=False, notified_by__isnull=False) & ~Q(method="")),
            ),
            models.CheckConstraint(
                name="recall_consignee_told_first", condition=Q(responded_at=None) | Q(notified_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.party} of {self.case}"


class RecallResponse(models.Model):
    """What a consignee says of one lot, in base units; said again, the last word counts and the trail keeps both."""

    consignee = models.ForeignKey(RecallConsignee, models.CASCADE, related_name="responses")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    on_hand = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="When they were told")
    returned = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    destroyed = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    corrected = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    said_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["consignee", "lot"], name="recall_response_once_a_lot"),
            models.CheckConstraint(
                name="recall_response_not_negative",
                condition=Q(on_hand__gte=0, returned__gte=0, destroyed__gte=0, corrected__gte=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.consignee}: {self.lot}"


class EffectivenessCheck(models.Model):
    """A consignee who was drawn is asked whether they were told and have acted."""

    consignee = models.OneToOneField(RecallConsignee, models.CASCADE, related_name="check_drawn")
    result = models.CharField(max_length=11, choices=CheckResult.choices, blank=True)
    method = models.CharField(max_length=6, choices=ContactMethod.choices, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="effectiveness_check_done_by_somebody",
                condition=Q(checked_at=None, checked_by=None, result="")
                | (Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(result="")),
            ),
        )

    def __str__(self) -> str:
        return f"Check of {self.consignee}"
