"""What a site says about its work: which goes first, how long it takes, and who may do it with what."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Category
from apps.core.prepared import Prepared
from apps.core.querysets import ScopedQuerySet, SharedQuerySet
from apps.locations.models import Warehouse, Zone
from apps.safety.models import HazardClass
from apps.tasks.states import TaskKind
from apps.workplace.models import AssetKind, CertificateKind

MOST_POINTS = 100
"""What a rule may add to or take from a task's priority, which is 50 unless its document says otherwise."""
POINTS = (MinValueValidator(-MOST_POINTS), MaxValueValidator(MOST_POINTS))


class SkillQuerySet(SharedQuerySet["Skill"]):
    """Skills by their code."""


class Skill(models.Model):
    """What a worker must have learned for certain tasks, and who has."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    workers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="skills")
    certificate = models.ForeignKey(
        CertificateKind, models.PROTECT, null=True, blank=True, related_name="+", help_text="It must be in force too"
    )

    objects: ClassVar[SkillQuerySet] = SkillQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords(m2m_fields=[workers])

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class EquipmentKindQuerySet(SharedQuerySet["EquipmentKind"]):
    """Kinds of equipment by their code."""


class EquipmentKind(models.Model):
    """What certain tasks are done with, such as a reach truck, and who may use it."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    workers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="equipment")
    certificate = models.ForeignKey(
        CertificateKind, models.PROTECT, null=True, blank=True, related_name="+", help_text="It must be in force too"
    )
    asset_kind = models.ForeignKey(
        AssetKind,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="As it is inspected: while all of a site's are out of service, nobody works with it there",
    )

    objects: ClassVar[EquipmentKindQuerySet] = EquipmentKindQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords(m2m_fields=[workers])

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class TaskPolicyQuerySet(ScopedQuerySet["TaskPolicy"]):
    """Policies of the warehouses a user works in."""

    def of(self, warehouse_id: int) -> TaskPolicy:
        """The warehouse's policy; what is usual where it has none."""
        return _POLICY.first(warehouse_id) or TaskPolicy(warehouse_id=warehouse_id)


_POLICY: Prepared[TaskPolicy] = Prepared(
    lambda warehouse: TaskPolicy.objects.filter(warehouse=warehouse).order_by(), int
)


class TaskPolicy(models.Model):
    """How a warehouse hands out its tasks."""

    warehouse = models.OneToOneField(Warehouse, models.CASCADE, related_name="task_policy")
    lease_minutes = models.PositiveSmallIntegerField(
        default=30,
        validators=[MinValueValidator(1)],
        help_text="A task that nobody confirms, and whose worker gives no sign, goes back to the queue after this",
    )
    offline_minutes = models.PositiveSmallIntegerField(
        "lease out of reach (minutes)",
        default=120,
        validators=[MinValueValidator(1)],
        help_text="Tasks that a handheld takes along are its worker's for this long, with or without an answer",
    )
    near_within = models.PositiveSmallIntegerField(
        "nearness decides within",
        default=0,
        validators=[MaxValueValidator(MOST_POINTS)],
        help_text="Tasks that are less urgent than the most urgent one by no more points are taken by nearness",
    )
    due_soon_minutes = models.PositiveSmallIntegerField(default=60, help_text="What is due within this is due soon")
    due_points = models.PositiveSmallIntegerField(
        default=10,
        validators=[MaxValueValidator(MOST_POINTS)],
        help_text="What being due soon adds to a task's urgency; being late adds it once more",
    )

    objects: ClassVar[TaskPolicyQuerySet] = TaskPolicyQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse",)
        verbose_name_plural = "task policies"
        constraints = (
            models.CheckConstraint(
                name="task_policy_limits",
                condition=Q(lease_minutes__gte=1, near_within__lte=MOST_POINTS, due_points__lte=MOST_POINTS),
            ),
            models.CheckConstraint(name="task_policy_offline_lease", condition=Q(offline_minutes__gte=1)),
        )

    def __str__(self) -> str:
        return f"Tasks of {self.warehouse}"


class TaskRuleQuerySet(ScopedQuerySet["TaskRule"]):
    """Rules of the warehouses a user works in."""

    def in_use(self) -> TaskRuleQuerySet:
        """Those that are followed, as they are read: the first that names a skill, equipment or minutes decides."""
        return self.filter(is_active=True).order_by("rank", "code")


class TaskRule(models.Model):
    """Tasks that are like this are so much more or less urgent, take so long, and need this skill and equipment."""

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="task_rules")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    rank = models.PositiveSmallIntegerField(default=50, help_text="Rules are read from the lowest on")
    kind = models.CharField(max_length=12, choices=TaskKind.choices, blank=True, help_text="Empty: every kind")
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="+", help_text="Of the bin: a putaway's is its target"
    )
    min_level = models.PositiveSmallIntegerField(
        "from level", null=True, blank=True, help_text="Of the bin; 0 is the floor"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", help_text="Of the item, with all below it"
    )
    hazard_class = models.ForeignKey(HazardClass, models.PROTECT, null=True, blank=True, related_name="+")
    min_weight_g = models.DecimalField(
        "from weight (g)", max_digits=14, decimal_places=3, null=True, blank=True, help_text="Of all that is moved"
    )
    points = models.SmallIntegerField(default=0, validators=POINTS, help_text="Added to the task's priority")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    equipment = models.ForeignKey(EquipmentKind, models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, blank=True, help_text="What such a task usually takes"
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[TaskRuleQuerySet] = TaskRuleQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "rank", "code")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "code"], name="task_rule_code_once_a_warehouse"),
            models.CheckConstraint(name="task_rule_kind_known", condition=Q(kind__in=["", *TaskKind.values])),
            models.CheckConstraint(
                name="task_rule_points",
                condition=Q(points__gte=-MOST_POINTS, points__lte=MOST_POINTS),
                violation_error_message=f"A rule adds or takes no more than {MOST_POINTS} points.",
            ),
            models.CheckConstraint(
                name="task_rule_says_something",
                condition=~Q(points=0) | Q(skill__isnull=False) | Q(equipment__isnull=False) | Q(minutes__isnull=False),
                violation_error_message="Say what such a task gets: points, a skill, equipment or minutes.",
            ),
            models.CheckConstraint(name="task_rule_minutes_positive", condition=Q(minutes=None) | Q(minutes__gt=0)),
        )

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """The zone is one of its warehouse."""
        if self.zone is not None and self.zone.warehouse_id != self.warehouse_id:
            raise ValidationError({"zone": "This zone is in another warehouse."})
