"""Kinds of certificates as versioned rules, and who holds which."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.numbering import Series
from apps.core.querysets import SharedQuerySet, Viewer
from apps.locations.models import Warehouse, WarehouseAccess

CERTIFICATE_NUMBERS = Series("CT")
SEES_OTHERS = (Role.SAFETY, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.AUDITOR, Role.ADMIN)
"""Who sees what colleagues have learned; everybody sees their own."""


class CertificateKind(models.Model):
    """What somebody is trained and evaluated for, and for how long that counts, with the paragraph it comes from.

    A text that nobody qualified has confirmed is held to as strictly, and is marked.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    valid_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="From the day of the evaluation; empty: it does not expire"
    )
    source = models.CharField(max_length=200, help_text="Regulation and paragraph, or the site's own rule")
    effective_on = models.DateField(null=True, blank=True, help_text="Empty: not verified")
    is_verified = models.BooleanField("verified", default=False, help_text="Compared with the text by who may do so")
    note = models.CharField(max_length=200, blank=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="certificate_kind_months", condition=Q(valid_months=None) | Q(valid_months__gte=1)
            ),
            models.CheckConstraint(
                name="certificate_kind_verified_has_day",
                condition=Q(is_verified=False) | Q(effective_on__isnull=False),
                violation_error_message="A verified rule has the day from which it holds.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class CertificateQuerySet(SharedQuerySet["Certificate"]):
    """Certificates by whether they count, shown to whoever works with their holder."""

    def for_user(self, user: Viewer) -> Self:
        """One's own; those who answer for others also see who works where they do."""
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        if not (isinstance(user, User) and user.has_role(*SEES_OTHERS)):
            return self.filter(person=user.pk)
        here = Warehouse.objects.for_user(user).order_by().values("pk")
        colleagues = WarehouseAccess.objects.filter(warehouse__in=here).values("user")
        return self.filter(Q(person__in=colleagues) | Q(person=user.pk))

    def in_force(self, on: date) -> CertificateQuerySet:
        """Those that count on a day."""
        lasting = Q(expires_on=None) | Q(expires_on__gte=on)
        return self.filter(lasting, revoked_at=None, evaluated_on__lte=on)

    def expired(self, on: date) -> CertificateQuerySet:
        """Those whose last day is over."""
        return self.filter(revoked_at=None, expires_on__lt=on)


class Certificate(models.Model):
    """Somebody was trained and evaluated for something, by whom and when; entered once, revoked with a reason."""

    number = models.CharField(max_length=40, unique=True, editable=False)
    kind = models.ForeignKey(CertificateKind, models.PROTECT, related_name="certificates")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    trained_on = models.DateField()
    evaluated_on = models.DateField()
    evaluator = models.CharField(max_length=120, help_text="Who evaluated them, by name")
    expires_on = models.DateField(null=True, help_text="Its last day; empty: it does not expire")
    created_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was revoked")

    objects: ClassVar[CertificateQuerySet] = CertificateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("expires_on", "number")
        constraints = (
            models.CheckConstraint(
                name="certificate_trained_before_evaluated", condition=Q(trained_on__lte=F("evaluated_on"))
            ),
            models.CheckConstraint(
                name="certificate_revoked_with_reason",
                condition=Q(revoked_at=None, revoked_by=None, reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(name="certificate_not_by_oneself", condition=~Q(person=F("entered_by"))),
        )
        indexes = (models.Index(fields=["person", "kind"], name="certificate_held", condition=Q(revoked_at=None)),)

    def __str__(self) -> str:
        return self.number


class CertificateReminder(models.Model):
    """Somebody is told that a certificate will expire: once for each certificate and threshold."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField(help_text="Threshold: so many days before it expires, or fewer")
    made_on = models.DateField()

    class Meta:
        ordering = ("certificate", "-days")
        constraints = (
            models.UniqueConstraint(fields=["certificate", "days"], name="certificate_reminder_once_a_threshold"),
        )

    def __str__(self) -> str:
        return f"{self.certificate} {self.days}"
