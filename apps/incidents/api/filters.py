"""What lists of incidents and cases are asked by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.incidents.models import Incident, InjuryCase
from apps.incidents.states import IncidentKind, IncidentState


class IncidentFilter(filters.FilterSet):
    """By site, kind and state."""

    warehouse = filters.CharFilter("warehouse__code")
    kind = filters.ChoiceFilter(choices=IncidentKind.choices)
    state = filters.ChoiceFilter(choices=IncidentState.choices)

    class Meta:
        model = Incident
        fields = ("warehouse", "kind", "state")


class InjuryCaseFilter(filters.FilterSet):
    """By site and year."""

    warehouse = filters.CharFilter("incident__warehouse__code")

    class Meta:
        model = InjuryCase
        fields = ("warehouse", "year")
