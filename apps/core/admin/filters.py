"""Filters of lists: by what a person may see, and by when things are due where they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.db.models import DateField, DateTimeField, F, Func, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from apps.core import clock
from apps.core.admin.access import rows_of, visible


def today_at(zone: str, at: datetime) -> Cast:
    """The calendar day at an instant in the time zone that a field of the row names."""
    return _day(zone, Value(at, output_field=DateTimeField()))


def day_of(zone: str, instant: str) -> Cast:
    """The calendar day of a row's own instant in the time zone that a field of the row names."""
    return _day(zone, F(instant))


def _day(zone: str, instant: Any) -> Cast:
    return Cast(Func(F(zone), instant, function="timezone", output_field=DateTimeField()), DateField())


class OwnFilter(RelatedDropdownFilter):  # type: ignore[misc]
    """By what a row belongs to; offers only what the person may see."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        """Their own, by name."""
        del model_admin
        rows = visible(rows_of(field.remote_field.model), request)
        return [(row.pk, str(row)) for row in rows]


class StateFilter(ChoicesDropdownFilter):  # type: ignore[misc]
    """By where things stand."""


class DueFilter(SimpleListFilter):
    """Open work by when it is due, by the calendar of its warehouse."""

    title = "due"
    parameter_name = "due"
    open_states: ClassVar[Iterable[str]] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What people ask for in the morning."""
        del request, model_admin
        return [("late", "Late"), ("today", "Today"), ("open", "All open")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows still open, and due as asked."""
        del request
        today = today_at("warehouse__timezone", clock.now())
        rows = queryset.filter(state__in=list(self.open_states)) if self.value() else queryset
        if self.value() == "late":
            return rows.filter(due_on__lt=today)
        return rows.filter(due_on=today) if self.value() == "today" else rows


def due_filter(states: Iterable[str]) -> type[DueFilter]:
    """A filter by due date for documents that are open in these states."""
    return type("DueFilter", (DueFilter,), {"open_states": tuple(states)})
