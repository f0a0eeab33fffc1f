"""What transfers can be asked for by."""

from __future__ import annotations

from django.db.models import Q
from django_filters import rest_framework as filters

from apps.core import clock
from apps.transfers.models import Transfer, TransferQuerySet
from apps.transfers.queries import late
from apps.transfers.states import TransferStage, TransferState


class TransferFilter(filters.FilterSet):
    """By what was decided, where it stands, its sites and its goods."""

    state = filters.ChoiceFilter(choices=TransferState.choices)
    stage = filters.ChoiceFilter(choices=TransferStage.choices)
    origin = filters.CharFilter("origin__code")
    destination = filters.CharFilter("destination__code")
    warehouse = filters.CharFilter(method="at_site", help_text="From it or to it")
    item = filters.CharFilter("lines__item__number", distinct=True)
    late = filters.BooleanFilter(method="by_lateness", help_text="With goods on the road that should have come")

    class Meta:
        model = Transfer
        fields = ("state", "stage", "origin", "destination", "warehouse", "item", "late")

    def at_site(self, rows: TransferQuerySet, name: str, value: str) -> TransferQuerySet:
        """From it or to it."""
        del name
        return rows.filter(Q(origin__code=value) | Q(destination__code=value))

    def by_lateness(self, rows: TransferQuerySet, name: str, value: bool) -> TransferQuerySet:  # noqa: FBT001 - the library's
        """With goods on the road that should have come before today; or without."""
        del name
        overdue = late(rows, clock.now())
        return overdue if value else rows.exclude(pk__in=overdue.values("pk"))
