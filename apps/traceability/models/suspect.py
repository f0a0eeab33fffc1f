"""Goods that somebody doubts: held at once, investigated, then cleared or found illegitimate by two."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.catalog.models import Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import SharedQuerySet, values_check
from apps.ledger.models import Hold, Lot, SerialNumber
from apps.traceability.models.authenticity import AuthenticityCheck
from apps.traceability.states import (
    SUSPECT_FLOW,
    ContactMethod,
    PartnerRole,
    SuspectSource,
    SuspectState,
    SuspectStepKind,
    SuspectVerdict,
)

SUSPECT_NUMBERS = Series("SU")
OPEN_STATES = (SuspectState.OPEN, SuspectState.JUDGED)


class SuspectCaseQuerySet(SharedQuerySet["SuspectCase"]):
    """Cases: a lot is the same in every warehouse, so the case is too."""

    def open(self) -> SuspectCaseQuerySet:
        """Without a verdict."""
        return self.filter(state__in=OPEN_STATES)


class SuspectCase(Document):
    """A doubt about a lot, or about some units of it; holds are by lot, so that the whole lot is held."""

    flow = SUSPECT_FLOW

    state = models.CharField(max_length=12, choices=SuspectState.choices, default=SuspectState.OPEN)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="suspect_cases")
    serials = models.ManyToManyField(SerialNumber, related_name="suspect_cases", help_text="None: the whole lot")
    raised_by = models.ForeignKey(
        AuthenticityCheck, models.PROTECT, null=True, related_name="suspect_cases", verbose_name="raised by check"
    )
    source = models.CharField(max_length=12, choices=SuspectSource.choices)
    reason = models.CharField(max_length=200)
    holds = models.ManyToManyField(Hold, related_name="suspect_cases")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=SuspectVerdict.choices, blank=True)
    verdict_note = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[SuspectCaseQuerySet] = SuspectCaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", SuspectState, "suspect_state_known"),
            models.UniqueConstraint(
                fields=["lot"], name="suspect_lot_once", condition=Q(state__in=[*map(str, OPEN_STATES)])
            ),
            models.CheckConstraint(
                name="suspect_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")),
                violation_error_message="Another than who asked for the verdict approves it.",
            ),
        )


class SuspectStep(models.Model):
    """What was done about a doubt, by whom, as it was told. Never changed."""

    case = models.ForeignKey(SuspectCase, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=SuspectStepKind.choices)
    done_at = models.DateTimeField()
    who = models.CharField(max_length=120, help_text="Who was asked, answered, looked or was told")
    said = models.CharField(max_length=400, help_text="What was asked, answered or found")
    reference = models.CharField(max_length=80, blank=True, help_text="Of the letter, message or report")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("done_at", "id")
        constraints = (values_check("kind", SuspectStepKind, "suspect_step_kind_known"),)

    def __str__(self) -> str:
        return f"{self.case}: {self.get_kind_display()}"


class SuspectPartner(models.Model):
    """Who supplied goods that were found illegitimate, or was sent some, and when they were told."""

    case = models.ForeignKey(SuspectCase, models.PROTECT, related_name="partners")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=PartnerRole.choices)
    method = models.CharField(max_length=6, choices=ContactMethod.choices, blank=True)
    notified_at = models.DateTimeField(null=True)
    notified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["case", "party", "role"], name="suspect_partner_once"),
            models.CheckConstraint(
                name="suspect_partner_told_somehow",
                condition=Q(notified_at=None, method="", notified_by=None)
                | (Q(notified_at__isnull=False, notified_by__isnull=False) & ~Q(method="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.party} of {self.case}"
