"""The queue of the floor, as a supervisor sees it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from apps.accounts.access import FLOOR
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.admin import OwnFilter, StateFilter, visible
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, named, progress, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.core.decimals import plain
from apps.journal.admin.page import Button, DocumentForm, PageAdmin
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import give_task, hand_back_task
from apps.tasks.operations.claim import MAY_GIVE
from apps.tasks.states import TaskState

TASK_TONES = {
    TaskState.READY: Tone.READY,
    TaskState.ASSIGNED: Tone.PROGRESS,
    TaskState.DONE: Tone.DONE,
    TaskState.CANCELLED: Tone.WAITING,
}
MOST_TASKS = 200


def task_badge(task: WarehouseTask) -> SafeString:
    """Where the task stands, in its colour."""
    return badge(task.get_state_display(), TASK_TONES[TaskState(task.state)])


def amount_of(task: WarehouseTask) -> SafeString:
    """How much of the item; a count and a unit of several items name none."""
    return quantity(task.quantity, task.item.unit) if task.item is not None else NOTHING


def what_of(task: WarehouseTask) -> object:
    """What is moved: an item, a whole handling unit, or all that is at a place."""
    if task.carries_unit and task.unit is not None:
        return f"{task.unit.get_kind_display()} {task.unit.number}"
    return task.item or NOTHING


def tasks_table(request: HttpRequest, *documents: str) -> Table:
    """The tasks that serve documents, as they are walked."""
    tasks = visible(WarehouseTask.objects.filter(document__in=documents).in_walking_order(), request)
    return Table(
        title="Tasks",
        columns=(
            Column("Task"),
            Column("State"),
            Column("Kind"),
            Column("Item"),
            Column("Lot"),
            Column("Quantity", number=True),
            Column("From"),
            Column("To"),
            Column("Who"),
        ),
        rows=[
            (
                link(task),
                task_badge(task),
                task.get_kind_display(),
                what_of(task),
                task.lot or NOTHING,
                amount_of(task),
                task.source,
                task.target or NOTHING,
                task.done_by or task.assigned_to or NOTHING,
            )
            for task in tasks.select_related("item__unit", "unit", "lot", "source", "target", "done_by", "assigned_to")[
                :MOST_TASKS
            ]
        ],
        empty="No work on the floor yet.",
    )


def tasks_done(document: str) -> SafeString:
    """How many of a document's tasks are done, of those that were not cancelled."""
    tasks = WarehouseTask.objects.filter(document=document).exclude(state=TaskState.CANCELLED)
    counts = tasks.aggregate(done=Count("pk", filter=Q(state=TaskState.DONE)), all=Count("pk"))
    return progress(Decimal(counts["done"]), Decimal(counts["all"]))


class GiveForm(DocumentForm):
    """Who is to do it: whoever works at its site."""

    def __init__(self, data: Any, *, document: WarehouseTask) -> None:
        super().__init__(data, document=document)
        workers = User.objects.filter(is_active=True, warehouse_access__warehouse=document.warehouse_id)
        self.fields["worker"] = forms.ModelChoiceField(workers.order_by("username"), widget=UnfoldAdminSelectWidget())

    def clean(self) -> dict[str, Any]:
        """By id, as the operation takes it."""
        given = self.cleaned_data
        return {"worker_id": given["worker"].pk} if "worker" in given else given


@admin.register(WarehouseTask)
class WarehouseTaskAdmin(PageAdmin):
    """What is to be done on the floor, by whom."""

    access = FLOOR
    list_display = (
        "number",
        "stands",
        "kind",
        "document",
        "what",
        "amount",
        "source",
        "target",
        "urgency",
        "worker",
        "warehouse",
    )
    list_select_related = ("item__unit", "unit", "source", "target", "assigned_to", "done_by", "warehouse")
    list_filter = (("state", StateFilter), ("kind", StateFilter), ("warehouse", OwnFilter))
    search_fields = (
        "number",
        "document",
        "item__number",
        "unit__number",
        "source__code",
        "target__code",
        "assigned_to__username",
    )
    ordering = (F("done_at").desc(nulls_first=True), "-urgency", "sequence", "id")  # what is open comes first
    first_step = "Closing a receipt makes putaway tasks; releasing a wave makes picks; a count asks for one."
    buttons = (
        Button(
            name="give",
            label="Give to a worker",
            operation=give_task,
            argument="task_id",
            form=GiveForm,
            done="It is theirs now.",
            roles=MAY_GIVE,
            states=(TaskState.READY,),
            icon="person_add",
        ),
        Button(
            name="hand-back",
            label="Hand back to the queue",
            operation=hand_back_task,
            argument="task_id",
            done="Back in the queue.",
            roles=(Role.SUPERVISOR, Role.ADMIN),
            when=lambda task: (
                task.state == TaskState.ASSIGNED and task.lease_until is not None and task.lease_until <= clock.now()
            ),
            icon="undo",
        ),
    )

    @admin.display(description="state", ordering="state")
    def stands(self, task: WarehouseTask) -> SafeString:
        """Where it stands."""
        return task_badge(task)

    @admin.display(description="item", ordering="item__number")
    def what(self, task: WarehouseTask) -> object:
        """An item, or a handling unit."""
        return what_of(task)

    @admin.display(description="quantity", ordering="quantity")
    def amount(self, task: WarehouseTask) -> SafeString:
        """How much."""
        return amount_of(task)

    @admin.display(description="who")
    def worker(self, task: WarehouseTask) -> object:
        """Whoever has it or did it."""
        return task.done_by or task.assigned_to or NOTHING

    def facts(self, document: WarehouseTask) -> Iterable[Fact]:
        """What, where, how much, who."""
        zone = document.warehouse.timezone
        yield Fact("State", task_badge(document))
        yield Fact("Kind", document.get_kind_display())
        yield Fact("For", named(document.document))
        yield Fact("Item", link(document.item, document.item and f"{document.item.number} {document.item.name}"))
        yield Fact("Lot", link(document.lot))
        yield Fact("Handling unit", link(document.unit))
        yield Fact("Quantity", amount_of(document))
        yield Fact("From", link(document.source))
        yield Fact("To", link(document.target))
        yield Fact("Urgency", _urgency_of(document))
        if document.due_at:
            yield Fact("Due", moment(document.due_at, zone))
        if document.skill or document.equipment:
            yield Fact("Needs", ", ".join(str(need) for need in (document.skill, document.equipment) if need))
        if document.assigned_to:
            yield Fact("With", document.assigned_to)
            yield Fact("Until", moment(document.lease_until, zone))
        if document.done_at:
            yield Fact("Done", moment(document.done_at, zone))
            yield Fact("By", document.done_by)
        if document.worked_minutes is not None:
            usual = f" of {plain(document.minutes)} usual" if document.minutes is not None else ""
            yield Fact("Took", f"{plain(document.worked_minutes)} minutes{usual}")


def _urgency_of(task: WarehouseTask) -> str:
    """The points that make it up, where there is more than the priority."""
    parts = [
        f"{points:+d} {why}" for points, why in ((task.points, "by the site's rules"), (task.pressing, "due")) if points
    ]
    return f"{task.urgency}: priority {task.priority}, {', '.join(parts)}" if parts else str(task.urgency)
