"""What booking and handling a truck asks at the desk; times are by the clock of the door's warehouse."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.core.admin.cells import MINUTE
from apps.journal.admin.page import DocumentForm
from apps.locations.models import DockAppointment, Location
from apps.locations.rules import at_site


class DoorField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A door by its code, and by its warehouse."""

    def __init__(self, doors: QuerySet[Location], **more: Any) -> None:
        super().__init__(doors, widget=UnfoldAdminSelectWidget(), **more)

    def label_from_instance(self, obj: Any) -> str:
        """As people call it."""
        return f"{obj.warehouse.code} {obj.code}"


def time_field(**more: Any) -> forms.DateTimeField:
    """An instant by the clock of the door's warehouse."""
    widget = UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})
    return forms.DateTimeField(input_formats=[MINUTE, f"{MINUTE}:%S"], widget=widget, **more)


def minutes_field(**more: Any) -> forms.IntegerField:
    """How long the truck may stand there."""
    return forms.IntegerField(
        label="Minutes", min_value=5, max_value=24 * 60, widget=UnfoldAdminTextInputWidget(), **more
    )


def site_instant(said: datetime, zone: str) -> datetime:
    """As the wall's clock showed it; the form believes in UTC."""
    return at_site(said.replace(tzinfo=None), zone)


class AskMove(DocumentForm):
    """Another door, another time, or both."""

    reason = forms.CharField(max_length=200, required=False, widget=UnfoldAdminTextInputWidget())

    def __init__(self, data: Any, *, document: DockAppointment) -> None:
        super().__init__(data, document=document)
        doors = Location.objects.filter(warehouse=document.warehouse_id).doors().select_related("warehouse")
        zone = ZoneInfo(document.warehouse.timezone)
        length = (document.ends_at - document.starts_at) // timedelta(minutes=1)
        self.fields = {
            "dock": DoorField(doors, initial=document.dock_id, label="Door"),
            "starts_at": time_field(
                label="Starts", initial=f"{document.starts_at.astimezone(zone):{MINUTE}}", help_text=str(zone)
            ),
            "minutes": minutes_field(initial=length),
            **self.fields,
        }

    def clean(self) -> dict[str, Any]:
        """What the operation takes: a start that nobody changed is the one that it has, seconds and all."""
        said = super().clean() or {}
        if self.errors:
            return said
        begin, old = site_instant(said["starts_at"], self.document.warehouse.timezone), self.document.starts_at
        begin = old if begin == old.replace(second=0, microsecond=0) else begin
        return {
            "dock_id": said["dock"].pk,
            "starts_at": begin,
            "ends_at": begin + timedelta(minutes=said["minutes"]),
            "reason": said["reason"],
        }


class AskTruck(forms.Form):
    """What the gate sees; empty leaves what was booked."""

    vehicle = forms.CharField(max_length=40, required=False, widget=UnfoldAdminTextInputWidget())
    driver = forms.CharField(max_length=80, required=False, widget=UnfoldAdminTextInputWidget())
