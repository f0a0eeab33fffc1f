"""Inspections of the workplace with what was found, corrective actions, and the places that they close."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Location, Warehouse
from apps.workplace.models.checklists import Checklist, SiteAsset
from apps.workplace.states import ACTION_FLOW, CHECK_FLOW, ActionState, CheckState

CHECK_NUMBERS = Series("WI")
ACTION_NUMBERS = Series("CA")
PHOTO_NUMBERS = Series("CP")


class WorkplaceInspectionQuerySet(ScopedQuerySet["WorkplaceInspection"]):
    """Inspections of the warehouses a user works in."""


class WorkplaceInspection(Document):
    """One look at a thing by its checklist: due, or done by somebody who passed or failed it."""

    flow = CHECK_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    asset = models.ForeignKey(SiteAsset, models.PROTECT, related_name="inspections")
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="inspections")
    state = models.CharField(max_length=8, choices=CheckState.choices, default=CheckState.DUE)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[WorkplaceInspectionQuerySet] = WorkplaceInspectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("due_on", "number")
        constraints = (
            values_check("state", CheckState, "workplace_inspection_state_known"),
            models.UniqueConstraint(
                fields=["asset", "checklist"],
                condition=Q(state=CheckState.DUE),
                name="workplace_inspection_due_once",
            ),
            models.CheckConstraint(
                name="workplace_inspection_done_by_somebody",
                condition=Q(state=CheckState.DUE, done_at=None, done_by=None)
                | (~Q(state=CheckState.DUE) & Q(done_at__isnull=False, done_by__isnull=False)),
            ),
        )
        indexes = (models.Index(fields=["warehouse", "state", "due_on"], name="workplace_inspection_board"),)


class CheckResult(models.Model):
    """What was found at a line, with the line as it read then."""

    inspection = models.ForeignKey(WorkplaceInspection, models.PROTECT, related_name="results")
    line = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    is_critical = models.BooleanField()
    unit = models.CharField(max_length=20, blank=True)
    lower = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    upper = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    passed = models.BooleanField()
    reading = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("inspection", "line")
        constraints = (models.UniqueConstraint(fields=["inspection", "line"], name="check_result_once_a_line"),)

    def __str__(self) -> str:
        return f"{self.line}. {self.text}"


class CheckPhotoQuerySet(ScopedQuerySet["CheckPhoto"]):
    """Photos of the warehouses a user works in."""

    warehouse_path = "result__inspection__warehouse"


class CheckPhoto(models.Model):
    """What a line looked like: a picture on the shelf where papers are kept, under the sum of its bytes."""

    number = models.CharField(max_length=40, unique=True, editable=False)
    result = models.ForeignKey(CheckResult, models.PROTECT, related_name="photos")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the picture as it is kept")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects: ClassVar[CheckPhotoQuerySet] = CheckPhotoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("result", "number")
        constraints = (models.UniqueConstraint(fields=["result", "digest"], name="check_photo_once_a_line"),)

    def __str__(self) -> str:
        return self.number


class CorrectiveActionQuerySet(ScopedQuerySet["CorrectiveAction"]):
    """Actions of the warehouses a user works in."""

    def open(self) -> CorrectiveActionQuerySet:
        """Still to be done."""
        return self.filter(state=ActionState.OPEN)


class CorrectiveAction(Document):
    """What failed, or led to an incident, is mended by its owner until a day; another looks and closes it.

    One of an inspection names the line that failed, and what it took out is in service again when it is closed.
    """

    flow = ACTION_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    asset = models.ForeignKey(SiteAsset, models.PROTECT, null=True, related_name="actions")
    result = models.OneToOneField(CheckResult, models.PROTECT, null=True, related_name="action")
    task = models.CharField(max_length=200, blank=True, help_text="What is to be done, where no checklist asks for it")
    state = models.CharField(max_length=8, choices=ActionState.choices, default=ActionState.OPEN)
    takes_out = models.BooleanField("out of service", help_text="The thing, or its places, until it is closed")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=400, blank=True, help_text="What was done and seen")

    objects: ClassVar[CorrectiveActionQuerySet] = CorrectiveActionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("due_on", "number")
        constraints = (
            values_check("state", ActionState, "corrective_action_state_known"),
            models.CheckConstraint(
                name="corrective_action_of_a_line_or_told",
                condition=Q(result__isnull=False, asset__isnull=False, task="")
                | (Q(result=None, asset=None, takes_out=False) & ~Q(task="")),
            ),
            models.CheckConstraint(
                name="corrective_action_closed_by_another",
                condition=Q(state=ActionState.OPEN, closed_by=None, closed_at=None)
                | (
                    Q(state=ActionState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(note="")
                    & ~Q(closed_by=F("owner"))
                ),
            ),
        )
        indexes = (
            models.Index(
                fields=["asset"], name="corrective_action_out", condition=Q(state=ActionState.OPEN, takes_out=True)
            ),
        )

    @property
    def what(self) -> str:
        """The line that failed, or what is to be done."""
        return self.task if self.result is None else self.result.text

    @property
    def thing(self) -> str:
        """The number of what failed; empty where it is no thing."""
        return "" if self.asset is None else self.asset.number


class ClosedPlaceQuerySet(ScopedQuerySet["ClosedPlace"]):
    """Closed places of the warehouses a user works in."""

    warehouse_path = "location__warehouse"


class ClosedPlace(models.Model):
    """A place to which nobody is sent while an action is open."""

    action = models.ForeignKey(CorrectiveAction, models.CASCADE, related_name="closed_places")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")

    objects: ClassVar[ClosedPlaceQuerySet] = ClosedPlaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("action", "location")
        constraints = (models.UniqueConstraint(fields=["action", "location"], name="closed_place_once_an_action"),)

    def __str__(self) -> str:
        return f"{self.location} {self.action}"
