"""What putaways can be asked for by."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.ledger.states import StockStatus
from apps.safety.choices import AreaKind
from apps.storage.choices import Strength
from apps.storage.models import ControlArea, Putaway, PutawayRule, Replenishment
from apps.tasks.states import TaskState


class ControlAreaFilter(filters.FilterSet):
    """By warehouse, code, kind and fire area."""

    warehouse = filters.CharFilter("warehouse__code")
    code = filters.CharFilter()
    kind = filters.ChoiceFilter(choices=AreaKind.choices)
    fire_area = filters.CharFilter()

    class Meta:
        model = ControlArea
        fields = ("warehouse", "code", "kind", "fire_area")


class PutawayFilter(filters.FilterSet):
    """By document, goods, bin, state, and whether the worker chose another bin."""

    warehouse = filters.CharFilter("task__warehouse__code")
    document = filters.CharFilter("task__document")
    item = filters.CharFilter("task__item__number")
    lot = filters.CharFilter("task__lot__number")
    unit = filters.CharFilter("task__unit__number")
    state = filters.MultipleChoiceFilter(field_name="task__state", choices=TaskState.choices)
    status = filters.ChoiceFilter(choices=StockStatus.choices)
    proposed = filters.CharFilter("proposed__code")
    overridden = filters.BooleanFilter("override_reason", method="filter_overridden")

    class Meta:
        model = Putaway
        fields = ("warehouse", "document", "item", "lot", "unit", "state", "status", "proposed", "overridden")

    def filter_overridden(self, rows: QuerySet[Putaway], name: str, value: bool) -> QuerySet[Putaway]:  # noqa: FBT001 - django-filter calls it so
        """Whether the goods went to another bin than proposed."""
        return rows.exclude(**{name: ""}) if value else rows.filter(**{name: ""})


class PutawayRuleFilter(filters.FilterSet):
    """By warehouse, goods, place, and whether it is followed."""

    warehouse = filters.CharFilter("warehouse__code")
    code = filters.CharFilter()
    item = filters.CharFilter("item__number")
    category = filters.CharFilter("category__code")
    zone = filters.CharFilter("zone__code")
    strength = filters.ChoiceFilter(choices=Strength.choices)
    is_active = filters.BooleanFilter()

    class Meta:
        model = PutawayRule
        fields = ("warehouse", "code", "item", "category", "zone", "strength", "is_active")


class ReplenishmentFilter(filters.FilterSet):
    """By goods, pick face, place of the reserve and state."""

    warehouse = filters.CharFilter("task__warehouse__code")
    item = filters.CharFilter("task__item__number")
    lot = filters.CharFilter("task__lot__number")
    state = filters.MultipleChoiceFilter(field_name="task__state", choices=TaskState.choices)
    face = filters.CharFilter("task__target__code")
    reserve = filters.CharFilter("task__source__code")

    class Meta:
        model = Replenishment
        fields = ("warehouse", "item", "lot", "state", "face", "reserve")
