"""Goods that came back and left for good: scrapped or given away, each with its certificate."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet
from apps.returns.models.customer import ReturnInspection

DISPOSAL_NUMBERS = Series("DC")


class DisposalCertificateQuerySet(ScopedQuerySet["DisposalCertificate"]):
    """Certificates of the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "inspection__line__customer_return__warehouse"


class DisposalCertificate(models.Model):
    """Says that goods were scrapped or given away: by whom, before whom, and to whom."""

    number = models.CharField(max_length=40, unique=True, editable=False)
    inspection = models.OneToOneField(ReturnInspection, models.PROTECT, related_name="certificate")
    issued_at = models.DateTimeField()
    disposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    witness = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Empty: signs by hand"
    )
    beneficiary = models.CharField(max_length=120, blank=True, help_text="Who got it; empty: it was scrapped")

    objects: ClassVar[DisposalCertificateQuerySet] = DisposalCertificateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "disposal certificate"
        constraints = (
            models.CheckConstraint(
                name="disposal_witnessed_by_another",
                condition=Q(witness=None) | ~Q(witness=F("disposed_by")),
                violation_error_message="Whoever disposes of goods is no witness to it.",
            ),
        )

    def __str__(self) -> str:
        return self.number
