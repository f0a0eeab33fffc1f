"""What orders, waves and picks can be asked for by."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.orders.choices import RuleAbout
from apps.orders.models import (
    Channel,
    ChannelListing,
    FloorLimit,
    ListingStatus,
    OrderHold,
    OutboundRule,
    Pick,
    PickRound,
    PutBack,
    RoutingRule,
    SalesOrder,
    Wave,
    WaveTemplate,
)
from apps.orders.models.fulfilment import PickQuerySet
from apps.orders.models.order import ChannelKind, HoldKind, OrderHoldQuerySet
from apps.orders.models.putback import PutBackQuerySet
from apps.orders.states import PickMethod, PickState, RoundState, SalesOrderState, WaveState


class ChannelFilter(filters.FilterSet):
    """By kind and whether in use."""

    kind = filters.ChoiceFilter(choices=ChannelKind.choices)

    class Meta:
        model = Channel
        fields = ("kind", "is_active")


class ListingFilter(filters.FilterSet):
    """By channel, item, code and status."""

    channel = filters.CharFilter("channel__code")
    item = filters.CharFilter("item__number")
    status = filters.ChoiceFilter(choices=ListingStatus.choices)

    class Meta:
        model = ChannelListing
        fields = ("channel", "item", "code", "status")


class RoutingRuleFilter(filters.FilterSet):
    """By channel, customer, how it splits, and whether in use."""

    channel = filters.CharFilter("channel__code")
    customer = filters.CharFilter("customer__number")

    class Meta:
        model = RoutingRule
        fields = ("channel", "customer", "split", "is_active")


class SalesOrderFilter(filters.FilterSet):
    """By warehouse, channel, customer, state, reference, item and due date."""

    warehouse = filters.CharFilter("warehouse__code")
    channel = filters.CharFilter("channel__code")
    customer = filters.CharFilter("customer__number")
    state = filters.MultipleChoiceFilter(choices=SalesOrderState.choices)
    item = filters.CharFilter("lines__item__number", distinct=True)
    due_before = filters.DateFilter("due_on", "lte")
    due_after = filters.DateFilter("due_on", "gte")
    part_of = filters.CharFilter("parent__number")
    priority_from = filters.NumberFilter("priority", "gte")
    on_hold = filters.BooleanFilter("on_hold")

    class Meta:
        model = SalesOrder
        fields = (
            "warehouse",
            "channel",
            "customer",
            "state",
            "reference",
            "item",
            "due_before",
            "due_after",
            "part_of",
            "priority_from",
            "on_hold",
            "ship_complete",
        )


class OrderHoldFilter(filters.FilterSet):
    """By warehouse, order, kind, and whether it binds still."""

    warehouse = filters.CharFilter("order__warehouse__code")
    order = filters.CharFilter("order__number")
    kind = filters.ChoiceFilter(choices=HoldKind.choices)
    open = filters.BooleanFilter(method="filter_open")

    class Meta:
        model = OrderHold
        fields = ("warehouse", "order", "kind", "open")

    def filter_open(self, rows: OrderHoldQuerySet, name: str, value: bool) -> QuerySet[OrderHold]:  # noqa: FBT001 - django-filter calls it so
        """Whether nobody has released it."""
        del name
        return rows.open() if value else rows.exclude(released_at=None)


class PutBackFilter(filters.FilterSet):
    """By warehouse, order, pick, tote, and whether goods are in the tote still."""

    warehouse = filters.CharFilter("pick__wave__warehouse__code")
    order = filters.CharFilter("pick__allocation__line__order__number")
    pick = filters.CharFilter("pick__number")
    tote = filters.CharFilter("pick__tote__code")
    open = filters.BooleanFilter(method="filter_open")

    class Meta:
        model = PutBack
        fields = ("warehouse", "order", "pick", "tote", "open")

    def filter_open(self, rows: PutBackQuerySet, name: str, value: bool) -> QuerySet[PutBack]:  # noqa: FBT001 - django-filter calls it so
        """Whether not all of it is back in a bin."""
        del name
        return rows.open() if value else rows.exclude(pk__in=rows.open().values("pk"))


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


class OutboundRuleFilter(filters.FilterSet):
    """By warehouse, what it is about, what it names, and whether it is followed."""

    warehouse = filters.CharFilter("warehouse__code")
    about = filters.ChoiceFilter(choices=RuleAbout.choices)
    item = filters.CharFilter("item__number")
    category = filters.CharFilter("category__code")
    customer = filters.CharFilter("customer__number")
    channel = filters.CharFilter("channel__code")

    class Meta:
        model = OutboundRule
        fields = ("warehouse", "code", "about", "item", "category", "customer", "channel", "is_active")


class WaveTemplateFilter(filters.FilterSet):
    """By warehouse, carrier, channel, and whether it is offered."""

    warehouse = filters.CharFilter("warehouse__code")
    carrier = filters.CharFilter("carrier__number")
    channel = filters.CharFilter("channel__code")

    class Meta:
        model = WaveTemplate
        fields = ("warehouse", "code", "carrier", "channel", "is_active")


class FloorLimitFilter(filters.FilterSet):
    """By warehouse and zone."""

    warehouse = filters.CharFilter("warehouse__code")
    zone = filters.CharFilter("zone__code")

    class Meta:
        model = FloorLimit
        fields = ("warehouse", "zone")


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
