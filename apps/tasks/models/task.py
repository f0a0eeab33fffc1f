"""The one queue of warehouse tasks."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from apps.accounts.models import Device
from apps.catalog.models import Item
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models import HandlingUnit, Lot, SerialNumber
from apps.locations.models import Location, Warehouse
from apps.tasks.models.guidance import EquipmentKind, Skill
from apps.tasks.states import TASK_FLOW, TaskKind, TaskState

TASK_NUMBERS = Series("T", 8)

NAMES = (
    *("warehouse__code", "item__number", "item__name", "lot__number", "lot__expires_on", "serial__number"),
    *("unit__number", "unit__kind", "source__code", "target__code", "skill__code", "equipment__code"),
    *("assigned_to__username", "device__number", "done_by__username"),
)
"""What an answer says of what a task names."""


class TaskQuerySet(ScopedQuerySet["WarehouseTask"]):
    """Tasks by what can be done with them."""

    def open(self) -> TaskQuerySet:
        """Ready or in somebody's hands."""
        return self.filter(state__in=(TaskState.READY, TaskState.ASSIGNED))

    def claimable(self, at: datetime) -> TaskQuerySet:
        """Ready, or assigned with a lease that has run out."""
        return self.filter(Q(state=TaskState.READY) | Q(state=TaskState.ASSIGNED, lease_until__lte=at))

    def with_names(self) -> TaskQuerySet:
        """With what an answer says of them, and no more: a task stands between ten tables."""
        own = [field.name for field in self.model._meta.fields if not field.is_relation]
        return self.select_related(
            *("warehouse", "item", "lot", "serial", "unit", "source", "target", "skill", "equipment"),
            *("assigned_to", "device", "done_by"),
        ).only(*own, *NAMES)

    def with_purpose(self) -> TaskQuerySet:
        """With what it was made for, which never changes, and where it is to end; no more of it is read."""
        return self.select_related("lot", "unit").only(
            "number", "kind", "warehouse", "target", "lot__number", "unit__number"
        )

    def in_walking_order(self) -> TaskQuerySet:
        """As a worker passes the places: by urgency, then zone and bin sequence."""
        return self.order_by("-urgency", "sequence", "pk")


def _whole(column: str) -> Cast:
    """As a number that the sum of several fits into."""
    return Cast(column, models.IntegerField())


class WarehouseTask(Document):
    """One thing to do at one place, claimed by one worker at a time; the app that made it knows how to confirm it."""

    flow = TASK_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, db_index=False, related_name="+")
    kind = models.CharField(max_length=12, choices=TaskKind.choices)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.READY)
    document = models.CharField(max_length=40, help_text="Number of the document it serves")
    bundle = models.CharField(
        max_length=40, blank=True, help_text="Number of the document that it is claimed with, as a whole"
    )
    priority = models.PositiveSmallIntegerField(default=50, help_text="Higher goes first")
    points = models.SmallIntegerField(default=0, help_text="What the site's rules add to the priority")
    pressing = models.SmallIntegerField(default=0, help_text="What being due soon, or late, adds to it")
    urgency = models.GeneratedField(
        expression=_whole("priority") + _whole("points") + _whole("pressing"),
        output_field=models.IntegerField(),
        db_persist=True,
        help_text="Higher goes first",
    )
    due_at = models.DateTimeField(null=True)
    sequence = models.BigIntegerField(default=0, help_text="Place on the walk")
    start = models.BigIntegerField(default=0, help_text="Where the work begins, as the walk counts places")
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, db_index=False, related_name="+", help_text="Only who has it may do it"
    )
    equipment = models.ForeignKey(
        EquipmentKind,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        help_text="Only who may use it may do it",
    )
    minutes = models.DecimalField(max_digits=6, decimal_places=2, null=True, help_text="What such a task usually takes")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+", help_text="None: all that is there")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, db_index=False, related_name="+")
    unit = models.ForeignKey(HandlingUnit, models.PROTECT, null=True, db_index=False, related_name="+")
    quantity = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        help_text="Base units; a count is one of its place, a unit of several items is one",
    )
    source = models.ForeignKey(Location, models.PROTECT, related_name="tasks_from")
    target = models.ForeignKey(Location, models.PROTECT, null=True, db_index=False, related_name="tasks_to")
    version = models.PositiveIntegerField(default=1, help_text="Grows with each change; a command names the one it saw")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="tasks"
    )
    not_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        help_text="Another must do it",
    )
    device = models.ForeignKey(Device, models.PROTECT, null=True, db_index=False, related_name="+")
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True, help_text="When whoever has it or did it took it")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-urgency", "sequence", "id")
        verbose_name = "task"
        constraints = (
            values_check("kind", TaskKind, "task_kind_known"),
            values_check("state", TaskState, "task_state_known"),
            models.CheckConstraint(name="task_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="task_names_its_item",
                condition=Q(kind=TaskKind.COUNT)
                | Q(item__isnull=False)
                | Q(kind__in=[TaskKind.PUTAWAY, TaskKind.LOCATE], unit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["unit"],
                name="task_locate_once_a_unit",
                condition=Q(kind=TaskKind.LOCATE, state__in=("ready", "assigned")),
            ),
            models.CheckConstraint(
                name="task_assigned_to_somebody",
                condition=~Q(state=TaskState.ASSIGNED) | Q(assigned_to__isnull=False, lease_until__isnull=False),
            ),
        )
        # A task is written three times in its life, and each time into every index that has it: so each is of the tasks
        # that it is asked for, and there is none for what nobody looks tasks up by (skill, device, who did not do it).
        indexes = (
            models.Index(
                fields=["warehouse", "-urgency", "sequence", "id"],
                name="task_queue",
                condition=Q(state__in=("ready", "assigned")),
            ),
            models.Index(
                fields=["warehouse", "start", "id"], name="task_near", condition=Q(state__in=("ready", "assigned"))
            ),
            models.Index(
                fields=["due_at"], name="task_due", condition=Q(state__in=("ready", "assigned"), due_at__isnull=False)
            ),
            models.Index(fields=["assigned_to"], name="task_in_hand", condition=Q(state="assigned")),
            models.Index(fields=["done_by", "-done_at"], name="task_done", condition=Q(state="done")),
            models.Index(fields=["warehouse", "done_at"], name="task_done_there", condition=Q(state="done")),
            models.Index(fields=["document"]),
            models.Index(fields=["target"], name="task_inbound", condition=Q(state__in=("ready", "assigned"))),
            models.Index(fields=["unit"], name="task_unit", condition=Q(unit__isnull=False)),
            models.Index(fields=["serial"], name="task_serial", condition=Q(serial__isnull=False)),
        )

    @property
    def goods(self) -> Item:
        """The item of a task that moves goods; a count of a place and a unit of several items name none."""
        if self.item is None:
            raise ValueError(self._of_no_item)
        return self.item

    @property
    def goods_id(self) -> int:
        """The same without reading the item."""
        if self.item_id is None:
            raise ValueError(self._of_no_item)
        return self.item_id

    @property
    def worked_minutes(self) -> Decimal | None:
        """How long it took from when it was taken to when it was confirmed; None for one that nobody took before."""
        if self.done_at is None or self.started_at is None:
            return None
        return (Decimal((self.done_at - self.started_at).total_seconds()) / 60).quantize(Decimal("0.01"))

    @property
    def carries_unit(self) -> bool:
        """Whether a handling unit goes whole, put away or found; goods of other tasks may stand on one and leave it."""
        return self.kind in {TaskKind.PUTAWAY, TaskKind.LOCATE} and self.unit_id is not None

    @property
    def _of_no_item(self) -> str:
        return f"{self.number} is of a place or of a unit, not of one item"
