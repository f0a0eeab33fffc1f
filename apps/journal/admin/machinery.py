"""The command log, the outbox and the schedule of jobs."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django_celery_beat.admin import PeriodicTaskForm
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.accounts.access import MACHINERY, SCHEDULES
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.admin import DeskAdmin, ReadOnlyAdmin, worker_of
from apps.core.admin.cells import Tone, badge, moment
from apps.journal.models import Command, OutboxMessage


@admin.register(Command)
class CommandAdmin(ReadOnlyAdmin):
    """Every command that came in, with its answer or its refusal."""

    access = MACHINERY
    list_display = ("when", "operation", "outcome", "user", "actor")
    first_step = "Every command that comes in is kept here with its answer."
    list_select_related = ("user",)
    search_fields = ("key", "operation", "user__username")

    @admin.display(description="when", ordering="at")
    def when(self, command: Command) -> SafeString:
        """In universal time."""
        return moment(command.at)

    @admin.display(description="outcome")
    def outcome(self, command: Command) -> SafeString:
        """Done, or why not."""
        if command.refusal:
            return badge(command.refusal.get("code", "refused"), Tone.BLOCKED)
        return badge("Done", Tone.DONE)


class DeliveryFilter(admin.SimpleListFilter):
    """By whether an effect has happened."""

    title = "delivery"
    parameter_name = "delivery"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """Given up first: those need a person."""
        del request, model_admin
        return [
            ("dead", "Given up"),
            ("failing", "Failed, will be tried again"),
            ("pending", "Waiting"),
            ("done", "Done"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> QuerySet[OutboxMessage]:
        """The messages in that condition."""
        del request
        waiting = queryset.filter(delivered_at=None, dead_at=None)
        return {
            "dead": queryset.exclude(dead_at=None),
            "failing": waiting.filter(attempts__gt=0),
            "pending": waiting,
            "done": queryset.exclude(delivered_at=None),
        }.get(self.value() or "", queryset)


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    """Effects that follow a commit: printing, mail, feeds."""

    access = MACHINERY
    list_display = ("job", "delivery", "attempts", "due", "last_error")
    first_step = "What must follow a command, such as printing, waits here until it is done."
    list_filter = (DeliveryFilter, "job")
    search_fields = ("job", "last_error")
    actions = ("try_again",)

    @admin.display(description="delivery")
    def delivery(self, message: OutboxMessage) -> SafeString:
        """Where it stands."""
        if message.delivered_at:
            return badge("Done", Tone.DONE)
        if message.dead_at:
            return badge("Given up", Tone.BLOCKED)
        return badge("Failing", Tone.LATE) if message.attempts else badge("Waiting", Tone.WAITING)

    @admin.display(description="due", ordering="due_at")
    def due(self, message: OutboxMessage) -> SafeString:
        """When it is tried next."""
        return moment(message.due_at)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Whoever looks after the installation."""
        return worker_of(request).has_role(Role.ADMIN)

    @admin.action(description="Try again", permissions=["retry"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[OutboxMessage]) -> None:
        """Given up or put off: due now, as if never tried."""
        count = chosen.filter(delivered_at=None).update(attempts=0, dead_at=None, due_at=clock.now())
        messages.success(request, f"{count} will be tried again within a minute.")


for model in (PeriodicTask, CrontabSchedule, IntervalSchedule, ClockedSchedule, SolarSchedule):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class ScheduleForm(PeriodicTaskForm):  # type: ignore[misc]
    """Beat's own form, dressed as the rest."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].widget = UnfoldAdminTextInputWidget()
        self.fields["regtask"].widget = UnfoldAdminSelectWidget(choices=self.fields["regtask"].choices)


@admin.register(PeriodicTask)
class PeriodicTaskAdmin(DeskAdmin):
    """Jobs that run by the clock."""

    access = SCHEDULES
    form = ScheduleForm
    list_display = ("name", "task", "enabled", "scheduler", "last_run_at", "one_off")
    first_step = "The jobs of the day are loaded with the reference data; add one of your own here."
    list_filter = ("enabled",)
    list_select_related = ("interval", "crontab", "solar", "clocked")
    search_fields = ("name", "task")
    readonly_fields = ("last_run_at", "total_run_count")
    fieldsets = (
        (None, {"fields": ("name", "regtask", "task", "enabled", "description")}),
        ("When", {"fields": ("interval", "crontab", "clocked", "solar", "start_time", "one_off")}),
        ("With what", {"fields": ("args", "kwargs")}),
        ("So far", {"fields": ("last_run_at", "total_run_count")}),
    )


@admin.register(IntervalSchedule)
class IntervalAdmin(DeskAdmin):
    """Every so often."""

    access = SCHEDULES
    first_step = "Add an interval for a job."


@admin.register(CrontabSchedule)
class CrontabAdmin(DeskAdmin):
    """At times of the day."""

    access = SCHEDULES
    first_step = "Add a time of the day for a job."
    list_display = ("__str__", "human_readable")
