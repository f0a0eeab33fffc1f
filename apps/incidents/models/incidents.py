"""Incidents: what happened where, what lay behind it, and what is done about it. Nothing about who was hurt."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, values_check
from apps.incidents.states import INCIDENT_FLOW, IncidentKind, IncidentState, RootCause
from apps.locations.models import Location, Warehouse
from apps.workplace.models import CorrectiveAction

INCIDENT_NUMBERS = Series("IN")


class IncidentQuerySet(ScopedQuerySet["Incident"]):
    """Incidents of the warehouses a user works in."""


class Incident(Document):
    """Something went wrong at a site, or nearly: told, investigated, and closed by another person.

    What an injured person told stands in the injury case, which only the safety role reads; here it stays empty.
    """

    flow = INCIDENT_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=IncidentKind.choices)
    state = models.CharField(max_length=12, choices=IncidentState.choices, default=IncidentState.REPORTED)
    occurred_at = models.DateTimeField()
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="+")
    what_happened = models.TextField(max_length=2000, blank=True, help_text="Empty for an injury: its case has it")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Empty: anonymous"
    )
    findings = models.TextField(max_length=2000, blank=True, help_text="What was found out; nothing about a person")
    root_cause = models.CharField(max_length=12, choices=RootCause.choices, blank=True)
    investigated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    investigated_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True, help_text="Why it can be closed")

    objects: ClassVar[IncidentQuerySet] = IncidentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-occurred_at", "-number")
        constraints = (
            values_check("state", IncidentState, "incident_state_known"),
            values_check("kind", IncidentKind, "incident_kind_known"),
            models.CheckConstraint(
                name="incident_anonymous_near_miss_only",
                condition=Q(kind=IncidentKind.NEAR_MISS) | Q(reported_by__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_injury_told_in_its_case",
                condition=Q(kind=IncidentKind.INJURY, what_happened="")
                | (~Q(kind=IncidentKind.INJURY) & ~Q(what_happened="")),
            ),
            models.CheckConstraint(
                name="incident_investigated_by_somebody",
                condition=Q(state=IncidentState.REPORTED, investigated_by=None, investigated_at=None, root_cause="")
                | (
                    ~Q(state=IncidentState.REPORTED)
                    & Q(investigated_by__isnull=False, investigated_at__isnull=False)
                    & ~Q(root_cause="")
                ),
            ),
            models.CheckConstraint(
                name="incident_closed_by_another",
                condition=(~Q(state=IncidentState.CLOSED) & Q(closed_by=None, closed_at=None))
                | (
                    Q(state=IncidentState.CLOSED, closed_by__isnull=False, closed_at__isnull=False)
                    & ~Q(closed_by=F("investigated_by"))
                    & (Q(reported_by=None) | ~Q(closed_by=F("reported_by")))
                ),
            ),
        )
        indexes = (models.Index(fields=["warehouse", "state", "-occurred_at"], name="incident_board"),)


class IncidentActionQuerySet(ScopedQuerySet["IncidentAction"]):
    """What is done about incidents of the warehouses a user works in."""

    warehouse_path = "incident__warehouse"


class IncidentAction(models.Model):
    """A corrective action that an incident led to."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="actions")
    action = models.OneToOneField(CorrectiveAction, models.PROTECT, related_name="incident_action")

    objects: ClassVar[IncidentActionQuerySet] = IncidentActionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("incident", "action")

    def __str__(self) -> str:
        return f"{self.incident} {self.action}"
