"""What cameras, doors and their events can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.losses.models import Camera, Door, DoorEvent, LossCase
from apps.losses.states import DoorEventKind, LossCaseState, LossFinding


class CameraFilter(filters.FilterSet):
    """By site and zone."""

    warehouse = filters.CharFilter("asset__warehouse__code")
    zone = filters.CharFilter("zones__code", distinct=True)

    class Meta:
        model = Camera
        fields = ("warehouse", "zone")


class DoorFilter(filters.FilterSet):
    """By site."""

    warehouse = filters.CharFilter("warehouse__code")

    class Meta:
        model = Door
        fields = ("warehouse",)


class DoorEventFilter(filters.FilterSet):
    """By door, kind, badge and time."""

    door = filters.CharFilter("door__code")
    kind = filters.ChoiceFilter(choices=DoorEventKind.choices)
    since = filters.IsoDateTimeFilter("happened_at", lookup_expr="gte")
    until = filters.IsoDateTimeFilter("happened_at", lookup_expr="lt")

    class Meta:
        model = DoorEvent
        fields = ("door", "kind", "badge", "since", "until")


class LossCaseFilter(filters.FilterSet):
    """By state, finding and site."""

    state = filters.ChoiceFilter(choices=LossCaseState.choices)
    finding = filters.ChoiceFilter(choices=LossFinding.choices)
    warehouse = filters.CharFilter("warehouse__code")

    class Meta:
        model = LossCase
        fields = ("state", "finding", "warehouse")
