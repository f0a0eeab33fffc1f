"""Cameras, doors and shifts as they are set up, what happened at doors, and what shows an incident."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from apps.accounts.access import LOSSES
from apps.core.admin import MasterDataAdmin, OwnFilter, ReadOnlyAdmin, worker_of
from apps.core.admin.cells import NOTHING, badge, moment
from apps.core.admin.page import Table
from apps.incidents.admin.incidents import IncidentAdmin
from apps.incidents.models import Incident
from apps.losses.cells import DOOR_TONES, footage_table
from apps.losses.models import WEEKDAYS, Camera, Door, DoorEvent, WorkShift
from apps.losses.operations import MAY_READ_LOSSES
from apps.losses.queries import footage_of_incident
from apps.losses.states import DoorEventKind


@admin.register(Camera)
class CameraAdmin(MasterDataAdmin):
    """Which zones a camera sees, and where its pictures are."""

    access = LOSSES
    list_display = ("asset", "channel", "sees", "keeps_days", "margin_minutes")
    list_select_related = ("asset__warehouse",)
    list_filter = (("asset__warehouse", OwnFilter),)
    search_fields = ("asset__number", "asset__name", "channel", "zones__code")
    autocomplete_fields = ("asset", "zones")
    fieldsets: ClassVar = ((None, {"fields": (("asset", "channel"), "zones", ("keeps_days", "margin_minutes"))}),)
    first_step = "Add a camera with the zones that it sees: losses and incidents there name it, and from when to when."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Camera]:
        """With what each sees."""
        rows: QuerySet[Camera] = super().get_queryset(request)
        return rows.prefetch_related("zones")

    @admin.display(description="sees")
    def sees(self, camera: Camera) -> str:
        """Its zones."""
        return ", ".join(zone.code for zone in camera.zones.all()) or NOTHING


@admin.register(Door)
class DoorAdmin(MasterDataAdmin):
    """Doors that tell when they are opened."""

    access = LOSSES
    list_display = ("code", "name", "warehouse", "zone", "location", "is_active")
    list_select_related = ("warehouse", "zone__warehouse", "location")
    list_filter = (("warehouse", OwnFilter), "is_active")
    search_fields = ("code", "name", "zone__code")
    autocomplete_fields = ("zone", "location")
    first_step = "Add a door; what happens at it is told by POST /api/v1/door-events."


@admin.register(DoorEvent)
class DoorEventAdmin(ReadOnlyAdmin):
    """What happened at doors, by whose badge."""

    access = LOSSES
    list_display = ("happened", "what", "door", "badge", "told")
    list_select_related = ("door__warehouse",)
    list_filter = ("kind", ("door__warehouse", OwnFilter))
    search_fields = ("door__code", "badge", "event_id")
    first_step = "Door controllers tell what happens by the API."

    @admin.display(description="happened", ordering="happened_at")
    def happened(self, event: DoorEvent) -> SafeString:
        """In universal time."""
        return moment(event.happened_at)

    @admin.display(description="what", ordering="kind")
    def what(self, event: DoorEvent) -> SafeString:
        """Forced and denied stand out."""
        return badge(event.get_kind_display(), DOOR_TONES[DoorEventKind(event.kind)])

    @admin.display(description="told", ordering="told_at")
    def told(self, event: DoorEvent) -> SafeString:
        """When it came in."""
        return moment(event.told_at)


class WorkShiftForm(forms.ModelForm):  # type: ignore[type-arg]
    """A shift, with its weekdays to tick."""

    weekdays = forms.TypedMultipleChoiceField(
        choices=WEEKDAYS, coerce=int, widget=UnfoldAdminCheckboxSelectMultipleWidget(), help_text="On which it begins"
    )


@admin.register(WorkShift)
class WorkShiftAdmin(MasterDataAdmin):
    """Shifts by the site's own clock."""

    access = LOSSES
    form = WorkShiftForm
    fieldsets: ClassVar = ((None, {"fields": (("warehouse", "name"), ("begins", "ends"), "weekdays")}),)
    list_display = ("name", "warehouse", "begins", "ends", "begins_on")
    list_select_related = ("warehouse",)
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("name",)
    first_step = "Add the shifts of a site: losses are added up by them."

    @admin.display(description="begins on")
    def begins_on(self, shift: WorkShift) -> str:
        """Its weekdays, short."""
        return ", ".join(name[:3] for number, name in WEEKDAYS if number in shift.weekdays)


class SeenIncidentAdmin(IncidentAdmin):
    """An incident, with the pictures that show it."""

    def tables(self, request: HttpRequest, document: Incident) -> Iterable[Table]:
        """For those who look into losses."""
        yield from super().tables(request, document)
        if worker_of(request).has_role(*MAY_READ_LOSSES):
            yield footage_table(footage_of_incident(document))


# The page of an incident is of an app below, which knows nothing of cameras.
admin.site.unregister(Incident)
admin.site.register(Incident, SeenIncidentAdmin)
