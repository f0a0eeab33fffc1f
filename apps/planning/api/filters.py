"""What stocking policies and reorder proposals can be asked for by."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.core import clock
from apps.planning.models import (
    ItemClass,
    ItemForecast,
    ItemForecastQuerySet,
    ReorderProposal,
    StockingPolicy,
    StockingPolicyQuerySet,
)
from apps.planning.states import ProposalState


class StockingPolicyFilter(filters.FilterSet):
    """By site, item, preferred supplier, and whether the item runs short."""

    warehouse = filters.CharFilter("warehouse__code")
    item = filters.CharFilter("item__number")
    supplier = filters.CharFilter("supplier__number")
    low = filters.BooleanFilter(method="filter_low", help_text="Less available than the minimum")

    class Meta:
        model = StockingPolicy
        fields = ("warehouse", "item", "supplier", "is_active", "low")

    def filter_low(self, rows: StockingPolicyQuerySet, name: str, value: bool) -> QuerySet[StockingPolicy]:  # noqa: FBT001 - django-filter calls it so
        """Whether less is available than the minimum of a policy in force."""
        del name
        low = rows.low(clock.now())
        return low if value else rows.exclude(pk__in=low.values("pk"))


class ItemClassFilter(filters.FilterSet):
    """By site, item and class."""

    warehouse = filters.CharFilter("warehouse__code")
    item = filters.CharFilter("item__number")

    class Meta:
        model = ItemClass
        fields = ("warehouse", "item", "by_value", "by_lines", "steadiness")


class ItemForecastFilter(filters.FilterSet):
    """By site, item, method, week, and only the newest."""

    warehouse = filters.CharFilter("warehouse__code")
    item = filters.CharFilter("item__number")
    newest = filters.BooleanFilter(method="only_newest", help_text="Of each item at each site the last alone")

    class Meta:
        model = ItemForecast
        fields = ("warehouse", "item", "method", "made_on", "newest")

    def only_newest(self, rows: ItemForecastQuerySet, name: str, value: bool) -> QuerySet[ItemForecast]:  # noqa: FBT001 - django-filter calls it so
        """The last that was made."""
        del name
        return rows.newest() if value else rows


class ReorderProposalFilter(filters.FilterSet):
    """By state, site, item and supplier."""

    state = filters.ChoiceFilter(choices=ProposalState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    item = filters.CharFilter("item__number")
    supplier = filters.CharFilter("supplier__number")

    class Meta:
        model = ReorderProposal
        fields = ("state", "warehouse", "item", "supplier")
