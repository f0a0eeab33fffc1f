"""Who asked whether a unit is genuine, and what was answered. The database refuses to change one."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apps.accounts.models import Device
from apps.catalog.models import Item
from apps.core.numbering import Series
from apps.core.querysets import SharedQuerySet, values_check
from apps.ledger.models import SerialNumber
from apps.traceability.states import Authenticity

AUTHENTICITY_NUMBERS = Series("AQ")


class AuthenticityCheck(models.Model):
    """One asking about one unit, answered from the ledger as it stood. Never changed."""

    number = models.CharField(max_length=40, unique=True, editable=False)
    code = models.CharField(max_length=200, help_text="As it was scanned or typed")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="authenticity_checks")
    place = models.CharField(max_length=80, help_text="Where the unit is, in the words of who asks")
    is_outside = models.BooleanField(help_text="Held by a customer or another, not at a site of ours")
    verdict = models.CharField(max_length=10, choices=Authenticity.choices)
    because = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (values_check("verdict", Authenticity, "authenticity_verdict_known"),)
        indexes = (models.Index(fields=["asked_at"], name="authenticity_asked"),)

    def __str__(self) -> str:
        return self.number
