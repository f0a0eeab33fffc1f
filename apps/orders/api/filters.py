"""What orders, waves and picks can be asked for by."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.orders.models import Channel, Pick, PickRound, SalesOrder, Wave
from apps.orders.models.fulfilment import PickQuerySet
from apps.orders.models.order import ChannelKind
from apps.orders.states import PickMethod, PickState, RoundState, SalesOrderState, WaveState


class ChannelFilter(filters.FilterSet):
    """By kind and whether in use."""

    kind = filters.ChoiceFilter(choices=ChannelKind.choices)

    class Meta:
        model = Channel
        fields = ("kind", "is_active")


class SalesOrderFilter(filters.FilterSet):
    """By warehouse, channel, customer, state, reference, item and due date."""

    warehouse = filters.CharFilter("warehouse__code")
    channel = filters.CharFilter("channel__code")
    customer = filters.CharFilter("customer__number")
    state = filters.MultipleChoiceFilter(choices=SalesOrderState.choices)
    item = filters.CharFilter("lines__item__number", distinct=True)
    due_before = filters.DateFilter("due_on", "lte")
    due_after = filters.DateFilter("due_on", "gte")

    class Meta:
        model = SalesOrder
        fields = ("warehouse", "channel", "customer", "state", "reference", "item", "due_before", "due_after")


class WaveFilter(filters.FilterSet):
    """By warehouse, state and order."""

    warehouse = filters.CharFilter("warehouse__code")
    state = filters.ChoiceFilter(choices=WaveState.choices)
    order = filters.CharFilter("picks__allocation__line__order__number", distinct=True)

    class Meta:
        model = Wave
        fields = ("warehouse", "state", "order")


class PickFilter(filters.FilterSet):
    """By warehouse, wave, order, state, item, lot, bin and task."""

    warehouse = filters.CharFilter("wave__warehouse__code")
    wave = filters.CharFilter("wave__number")
    order = filters.CharFilter("allocation__line__order__number")
    state = filters.ChoiceFilter(choices=PickState.choices)
    item = filters.CharFilter("task__item__number")
    lot = filters.CharFilter("task__lot__number")
    location = filters.CharFilter("task__source__code")
    task = filters.CharFilter("task__number")
    on_its_way_out = filters.BooleanFilter(method="filter_on_its_way_out")

    class Meta:
        model = Pick
        fields = ("warehouse", "wave", "order", "state", "item", "lot", "location", "task", "on_its_way_out")

    def filter_on_its_way_out(self, rows: PickQuerySet, name: str, value: bool) -> QuerySet[Pick]:  # noqa: FBT001 - django-filter calls it so
        """Whether goods were taken that have not left yet."""
        del name
        return rows.on_their_way_out() if value else rows.exclude(pk__in=rows.on_their_way_out().values("pk"))


class PickRoundFilter(filters.FilterSet):
    """By warehouse, wave, zone, kind of picking, state, picker and order."""

    warehouse = filters.CharFilter("warehouse__code")
    wave = filters.CharFilter("wave__number")
    zone = filters.CharFilter("zone__code")
    method = filters.ChoiceFilter(choices=PickMethod.choices)
    state = filters.ChoiceFilter(choices=RoundState.choices)
    picker = filters.CharFilter("picker__username")
    order = filters.CharFilter("stops__pick__allocation__line__order__number", distinct=True)

    class Meta:
        model = PickRound
        fields = ("warehouse", "wave", "zone", "method", "state", "picker", "order")
