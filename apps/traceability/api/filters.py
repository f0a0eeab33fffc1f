"""What recalls and cases of suspect goods can be asked for by."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.core import clock
from apps.traceability.models import RecallCase, SuspectCase
from apps.traceability.queries.suspects import late
from apps.traceability.states import RecallState, SuspectState


class RecallFilter(filters.FilterSet):
    """By state, lot and item."""

    state = filters.ChoiceFilter(choices=RecallState.choices)
    lot = filters.CharFilter("lots__number")
    item = filters.CharFilter("lots__item__number")

    class Meta:
        model = RecallCase
        fields = ("state", "lot", "item")


class SuspectFilter(filters.FilterSet):
    """By state, lot and item, and what is late."""

    state = filters.ChoiceFilter(choices=SuspectState.choices)
    lot = filters.CharFilter("lot__number")
    item = filters.CharFilter("lot__item__number")
    late = filters.BooleanFilter(method="only_late", help_text="Illegitimate, and somebody was not told in time")

    class Meta:
        model = SuspectCase
        fields = ("state", "lot", "item", "late")

    def only_late(self, rows: QuerySet[SuspectCase], name: str, value: bool) -> QuerySet[SuspectCase]:  # noqa: FBT001
        """As of now."""
        del name
        return late(rows, at=clock.now()) if value else rows
