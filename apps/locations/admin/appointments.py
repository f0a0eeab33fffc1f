"""Dock appointments at the desk: booked by a form, handled by buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import F
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from apps.accounts.access import DOCKS
from apps.core import clock
from apps.core.admin import OwnFilter, StateFilter, day_of, today_at, visible
from apps.core.admin.cells import MINUTE, NOTHING, Tone, badge, duration, link, moment, named
from apps.core.admin.page import Fact
from apps.core.querysets import storable
from apps.journal.admin.draft import DraftAdmin, choose, text_field
from apps.journal.admin.page import AskReason, Button
from apps.locations.admin.appointment_forms import (
    AskMove,
    AskTruck,
    DoorField,
    minutes_field,
    site_instant,
    time_field,
)
from apps.locations.choices import Direction
from apps.locations.models import DockAppointment, Location
from apps.locations.models.appointment import MOST_DOCUMENTS
from apps.locations.operations import (
    MAY_BOOK,
    MAY_HANDLE,
    book_appointment,
    cancel_appointment,
    check_in_truck,
    finish_appointment,
    note_no_show,
    reschedule_appointment,
    start_appointment,
)
from apps.locations.rules import next_quarter
from apps.locations.states import AppointmentState

TONES = {
    AppointmentState.BOOKED: Tone.WAITING,
    AppointmentState.ARRIVED: Tone.READY,
    AppointmentState.AT_DOCK: Tone.PROGRESS,
    AppointmentState.DONE: Tone.DONE,
    AppointmentState.NO_SHOW: Tone.BLOCKED,
    AppointmentState.CANCELLED: Tone.WAITING,
}


def alarm_of(appointment: DockAppointment, at: datetime) -> str:
    """How late the truck is while it is waited for, or how long it overstays at a door; empty when neither."""
    if appointment.state == AppointmentState.BOOKED and (late := appointment.minutes_late(at)):
        return f"{duration(late)} late"
    over = appointment.minutes_over(at)
    return f"{duration(over)} over" if over else ""


def appointment_badge(appointment: DockAppointment, at: datetime) -> SafeString:
    """Where the truck stands, and what is wrong with its time."""
    stands = badge(appointment.get_state_display(), TONES[AppointmentState(appointment.state)])
    alarm = alarm_of(appointment, at)
    return format_html("{} {}", stands, badge(alarm, Tone.LATE)) if alarm else stands


class WhenFilter(SimpleListFilter):
    """What the gate asks for, by the clock of each warehouse."""

    title = "when"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Late first."""
        del request, model_admin
        return [("late", "Late"), ("today", "Today"), ("here", "Here now")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows as asked."""
        del request
        at = clock.now()
        if self.value() == "late":
            return queryset.filter(state=AppointmentState.BOOKED, starts_at__lt=at)
        if self.value() == "here":
            return queryset.here()
        if self.value() == "today":
            there = queryset.alias(local_day=day_of("warehouse__timezone", "starts_at"))
            return there.alias(today=today_at("warehouse__timezone", at)).filter(local_day=F("today"))
        return queryset


@admin.register(DockAppointment)
class DockAppointmentAdmin(DraftAdmin):
    """Trucks that are to stand at a door, stand there, or stood there."""

    access = DOCKS
    drafted_by = MAY_BOOK
    draft_label = "Book the door"
    drafted = "The door is booked."
    list_display = ("number", "stands", "when", "dock", "direction", "who", "carries", "warehouse")
    list_select_related = ("warehouse", "dock", "party", "booked_by")
    list_filter = (WhenFilter, ("state", StateFilter), ("direction", StateFilter), ("warehouse", OwnFilter))
    search_fields = ("number", "dock__code", "party__name", "carrier", "vehicle", "driver", "documents")
    first_step = "Book a door for a truck; the dock board shows who stands where, and who is late."
    buttons = (
        Button(
            name="check-in",
            label="Check in",
            operation=check_in_truck,
            argument="appointment_id",
            done="%s is in the yard.",
            roles=MAY_HANDLE,
            states=(AppointmentState.BOOKED,),
            form=AskTruck,
            icon="login",
        ),
        Button(
            name="start",
            label="Stands at the door",
            operation=start_appointment,
            argument="appointment_id",
            done="%s stands at the door.",
            roles=MAY_HANDLE,
            states=(AppointmentState.BOOKED, AppointmentState.ARRIVED),
            icon="dock",
        ),
        Button(
            name="finish",
            label="Has left",
            operation=finish_appointment,
            argument="appointment_id",
            done="%s has left; the door is free.",
            roles=MAY_HANDLE,
            states=(AppointmentState.AT_DOCK,),
            icon="logout",
        ),
        Button(
            name="reschedule",
            label="Move",
            operation=reschedule_appointment,
            argument="appointment_id",
            done="%s is moved.",
            roles=MAY_BOOK,
            states=(AppointmentState.BOOKED, AppointmentState.ARRIVED),
            form=AskMove,
            icon="edit_calendar",
        ),
        Button(
            name="no-show",
            label="Never came",
            operation=note_no_show,
            argument="appointment_id",
            done="%s never came; its door is free.",
            roles=(*MAY_HANDLE, *MAY_BOOK),
            states=(AppointmentState.BOOKED,),
            when=lambda appointment: clock.now() > appointment.starts_at,
            icon="person_off",
            grave=True,
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_appointment,
            argument="appointment_id",
            done="%s is cancelled.",
            roles=MAY_BOOK,
            states=(AppointmentState.BOOKED, AppointmentState.ARRIVED),
            form=AskReason,
            icon="close",
            grave=True,
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Which door, when, and who comes; the board's free times fill in the first two."""
        doors = visible(Location.objects.doors(), request).select_related("warehouse")
        given = {name: storable(request.GET.get(name, "")) for name in ("dock", "starts_at", "documents")}
        dock = doors.filter(pk=int(given["dock"])).first() if given["dock"].isdecimal() else None
        soon = next_quarter(clock.now()).astimezone(ZoneInfo(dock.warehouse.timezone if dock else "UTC"))
        return {
            "dock": DoorField(doors, label="Door", initial=dock and dock.pk),
            "direction": forms.ChoiceField(choices=Direction.choices, widget=UnfoldAdminSelectWidget()),
            "starts_at": time_field(
                label="Starts",
                initial=given["starts_at"] or f"{soon:{MINUTE}}",
                help_text="By the clock of the warehouse",
            ),
            "minutes": minutes_field(initial=60),
            "party": choose(
                DockAppointment, "party", request, required=False, help_text="The carrier or the supplier, if known"
            ),
            "carrier": text_field(required=False, max_length=80),
            "vehicle": text_field(required=False, max_length=40, help_text="Number plate"),
            "driver": text_field(required=False, max_length=80),
            "documents": text_field(
                required=False,
                max_length=400,
                initial=given["documents"],
                help_text="Numbers of what it brings or fetches, with spaces between: PO-000012 ASN-000003",
            ),
            "note": text_field(required=False, max_length=200),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """The door is booked."""
        del lines
        dock, party = head["dock"], head["party"]
        begin = site_instant(head["starts_at"], dock.warehouse.timezone)
        documents = head["documents"].replace(",", " ").split()
        return book_appointment, {
            "dock_id": dock.pk,
            "direction": head["direction"],
            "starts_at": begin,
            "ends_at": begin + timedelta(minutes=head["minutes"]),
            "party_id": party.pk if party is not None else None,
            "documents": [number[:40] for number in documents[:MOST_DOCUMENTS]],
            **{name: head[name] for name in ("carrier", "vehicle", "driver", "note")},
        }

    @admin.display(description="state", ordering="state")
    def stands(self, appointment: DockAppointment) -> SafeString:
        """Where it stands, and how late it is."""
        return appointment_badge(appointment, clock.now())

    @admin.display(description="when", ordering="starts_at")
    def when(self, appointment: DockAppointment) -> SafeString:
        """From when to when, by the clock of the warehouse."""
        end = appointment.ends_at.astimezone(ZoneInfo(appointment.warehouse.timezone))
        begin = moment(appointment.starts_at, appointment.warehouse.timezone)
        return format_html("{}\N{EN DASH}{}", begin, f"{end:%H:%M}")

    @admin.display(description="who")
    def who(self, appointment: DockAppointment) -> str:
        """Who drives, or for whom, and with what."""
        party = appointment.party.name if appointment.party is not None else ""
        return " · ".join(filter(None, (appointment.carrier, party, appointment.vehicle))) or str(NOTHING)

    @admin.display(description="documents")
    def carries(self, appointment: DockAppointment) -> SafeString:
        """What it brings or fetches."""
        return format_html_join(", ", "{}", ((named(number),) for number in appointment.documents)) or NOTHING

    def facts(self, document: DockAppointment) -> Iterable[Fact]:
        """When and where, who, and what has happened so far."""
        zone = document.warehouse.timezone
        yield Fact("State", self.stands(document))
        yield Fact("When", self.when(document))
        yield Fact("Door", link(document.dock))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Direction", document.get_direction_display())
        if document.party is not None:
            yield Fact("For", link(document.party, document.party.name))
        yield Fact("Carrier", document.carrier or NOTHING)
        yield Fact("Vehicle", document.vehicle or NOTHING)
        yield Fact("Driver", document.driver or NOTHING)
        yield Fact("Documents", self.carries(document))
        yield Fact("Arrived", moment(document.arrived_at, zone))
        yield Fact("At the door", moment(document.at_dock_at, zone))
        yield Fact("Left", moment(document.departed_at, zone))
        yield Fact("Booked by", document.booked_by)
        if document.note:
            yield Fact("Note", document.note)
