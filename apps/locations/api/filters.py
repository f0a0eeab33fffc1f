"""What warehouses, locations and dock appointments can be asked for by."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.core.admin import day_of
from apps.core.querysets import storable
from apps.locations.choices import Direction, LocationKind, SiteKind
from apps.locations.models import DockAppointment, Location, Warehouse
from apps.locations.states import AppointmentState


class WarehouseFilter(filters.FilterSet):
    """By kind, and whether in use."""

    kind = filters.ChoiceFilter(choices=SiteKind.choices)

    class Meta:
        model = Warehouse
        fields = ("kind", "is_active")


class LocationFilter(filters.FilterSet):
    """By warehouse, code, zone, kind, and whether in use."""

    warehouse = filters.CharFilter("warehouse__code")
    zone = filters.CharFilter("zone__code")
    kind = filters.ChoiceFilter(choices=LocationKind.choices)

    class Meta:
        model = Location
        fields = ("warehouse", "zone", "kind", "code", "is_active")


class AppointmentFilter(filters.FilterSet):
    """By site, door, day, time, state, direction, party, and what it brings or fetches."""

    warehouse = filters.CharFilter("warehouse__code")
    dock = filters.CharFilter("dock__code")
    day = filters.DateFilter(method="on_day", help_text="That it starts on, by the calendar of its warehouse")
    since = filters.IsoDateTimeFilter("ends_at", "gt", help_text="Ends after then")
    until = filters.IsoDateTimeFilter("starts_at", "lt", help_text="Starts before then")
    state = filters.MultipleChoiceFilter(choices=AppointmentState.choices)
    direction = filters.ChoiceFilter(choices=Direction.choices)
    party = filters.CharFilter("party__number")
    document = filters.CharFilter(method="with_document", help_text="One of its documents")

    class Meta:
        model = DockAppointment
        fields = ("warehouse", "dock", "day", "since", "until", "state", "direction", "party", "document")

    def on_day(self, rows: QuerySet[DockAppointment], name: str, value: date) -> QuerySet[DockAppointment]:
        """By each warehouse's own calendar."""
        del name
        return rows.alias(local_day=day_of("warehouse__timezone", "starts_at")).filter(local_day=value)

    def with_document(self, rows: QuerySet[DockAppointment], name: str, value: str) -> QuerySet[DockAppointment]:
        """Whatever else is on the truck."""
        del name
        return rows.filter(documents__contains=[storable(value)])
