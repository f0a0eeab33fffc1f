"""Who was hurt, how, and for how many days: personal medical data, which nobody but the safety role reads."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, Viewer, VisibleQuerySet, values_check
from apps.incidents.models.incidents import Incident
from apps.incidents.states import InjuryKind, LostKind, PrivacyReason, SevereKind

CASE_NUMBERS = Series("IC")
M = TypeVar("M", bound=models.Model)


def reads_medical(user: object) -> bool:
    """Whether this person has the safety role itself: a superuser without it reads no medical data."""
    return isinstance(user, User) and user.is_active and Role.SAFETY.value in user.roles


class MedicalQuerySet(ScopedQuerySet[M]):
    """Rows that nobody but the safety role of their warehouse sees."""

    def for_user(self, user: Viewer) -> Self:
        """None for everybody else, whatever other roles they hold."""
        return super().for_user(user) if reads_medical(user) else self.none()

    def by_number(self, number: str, user: Viewer) -> M:
        """As of what has no warehouse: the statement that is prepared for handhelds knows places and no roles."""
        return VisibleQuerySet.by_number(self, number, user)


class InjuryCaseQuerySet(MedicalQuerySet["InjuryCase"]):
    """Injury cases of the warehouses where a user has the safety role."""

    warehouse_path = "incident__warehouse"


class InjuryCase(models.Model):
    """One person's injury or illness by one incident, as the 301 form asks for it. Never printed with its trail."""

    number = models.CharField(max_length=40, unique=True, editable=False)
    incident = models.OneToOneField(Incident, models.PROTECT, related_name="case")
    created_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField(help_text="Of the injury, by the site's calendar; the case stays in it")
    occurred_on = models.DateField(help_text="Day of the injury or onset, by the site's calendar")
    case_number = models.PositiveIntegerField(null=True, help_text="On the year's log; kept when it was given once")

    person = models.CharField(max_length=120)
    job_title = models.CharField(max_length=80, blank=True)
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=40, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    born_on = models.DateField(null=True)
    hired_on = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)

    told = models.TextField(max_length=2000, help_text="As it was reported")
    work_began = models.TimeField(null=True)
    is_time_unknown = models.BooleanField(default=False)
    doing_before = models.TextField(max_length=1000, blank=True)
    what_happened = models.TextField(max_length=1000, blank=True)
    harm = models.CharField(max_length=400, blank=True, help_text="Injury or illness and the part of the body")
    harmed_by = models.CharField(max_length=200, blank=True, help_text="Object or substance")
    kind = models.CharField(max_length=12, choices=InjuryKind.choices, default=InjuryKind.INJURY)
    physician = models.CharField(max_length=120, blank=True)
    clinic = models.CharField(max_length=200, blank=True)
    in_emergency_room = models.BooleanField(default=False)
    in_patient = models.BooleanField(default=False)

    is_work_related = models.BooleanField(default=False)
    is_new_case = models.BooleanField(default=False)
    is_treated = models.BooleanField(default=False, help_text="Medical treatment beyond first aid")
    is_unconscious = models.BooleanField(default=False, help_text="Loss of consciousness")
    is_significant = models.BooleanField(
        default=False, help_text="Significant diagnosis, or recordable by a case of its own"
    )
    died_on = models.DateField(null=True)
    privacy = models.CharField(max_length=10, choices=PrivacyReason.choices, blank=True)
    completed_by = models.CharField(max_length=120, blank=True)
    completed_on = models.DateField(null=True)

    objects: ClassVar[InjuryCaseQuerySet] = InjuryCaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-year", "-number")
        constraints = (
            values_check("kind", InjuryKind, "injury_case_kind_known"),
            models.CheckConstraint(name="injury_case_sex_known", condition=Q(sex__in=["", "F", "M"])),
            models.CheckConstraint(
                name="injury_case_privacy_known", condition=Q(privacy="") | Q(privacy__in=PrivacyReason.values)
            ),
            models.CheckConstraint(name="injury_case_year_of_its_day", condition=Q(occurred_on__year=F("year"))),
            models.CheckConstraint(
                name="injury_case_died_after", condition=Q(died_on=None) | Q(died_on__gte=F("occurred_on"))
            ),
        )
        indexes = (models.Index(fields=["year", "case_number"], name="injury_case_log"),)

    def __str__(self) -> str:
        return self.number


class LostDaysQuerySet(MedicalQuerySet["LostDays"]):
    """Lost days of the warehouses where a user has the safety role."""

    warehouse_path = "case__incident__warehouse"


class LostDays(models.Model):
    """Days on which somebody was away or restricted, the first and last included; without a last day it goes on."""

    case = models.ForeignKey(InjuryCase, models.CASCADE, related_name="lost_days")
    kind = models.CharField(max_length=10, choices=LostKind.choices)
    first = models.DateField()
    last = models.DateField(null=True)
    is_estimate = models.BooleanField(default=False, help_text="The last day is an estimate")

    objects: ClassVar[LostDaysQuerySet] = LostDaysQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("case", "first")
        constraints = (
            values_check("kind", LostKind, "lost_days_kind_known"),
            models.CheckConstraint(name="lost_days_in_order", condition=Q(last=None) | Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="lost_days_estimate_has_day", condition=Q(is_estimate=False) | Q(last__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.first}"


class SevereEventQuerySet(MedicalQuerySet["SevereEvent"]):
    """Severe events of the warehouses where a user has the safety role."""

    warehouse_path = "case__incident__warehouse"


class SevereEvent(models.Model):
    """What is to be reported to the authority by the hour, from when it was learned of, and whether it was."""

    case = models.ForeignKey(InjuryCase, models.CASCADE, related_name="severe_events")
    kind = models.CharField(max_length=10, choices=SevereKind.choices)
    happened_at = models.DateTimeField()
    learned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="Empty: outside the window in which it is reported")
    reported_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=80, blank=True, help_text="How it was reported, and its number")

    objects: ClassVar[SevereEventQuerySet] = SevereEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("due_at", "pk")
        constraints = (
            values_check("kind", SevereKind, "severe_event_kind_known"),
            models.UniqueConstraint(fields=["case", "kind"], name="severe_event_once_a_case"),
            models.CheckConstraint(name="severe_event_learned_after", condition=Q(learned_at__gte=F("happened_at"))),
            models.CheckConstraint(
                name="severe_event_reported_with_reference",
                condition=Q(reported_at=None, reference="") | (Q(reported_at__isnull=False) & ~Q(reference="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"
