"""What transfers can be asked for by."""

from __future__ import annotations

from django.db.models import Q
from django_filters import rest_framework as filters

from apps.transfers.models import Transfer, TransferQuerySet
from apps.transfers.states import TransferStage, TransferState


class TransferFilter(filters.FilterSet):
    """By what was decided, where it stands, its sites and its goods."""

    state = filters.ChoiceFilter(choices=TransferState.choices)
    stage = filters.ChoiceFilter(choices=TransferStage.choices)
    origin = filters.CharFilter("origin__code")
    destination = filters.CharFilter("destination__code")
    warehouse = filters.CharFilter(method="at_site", help_text="From it or to it")
    item = filters.CharFilter("lines__item__number", distinct=True)

    class Meta:
        model = Transfer
        fields = ("state", "stage", "origin", "destination", "warehouse", "item")

    def at_site(self, rows: TransferQuerySet, name: str, value: str) -> TransferQuerySet:
        """From it or to it."""
        del name
        return rows.filter(Q(origin__code=value) | Q(destination__code=value))
