"""What readers, assets and read events can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.rfid.models import Asset, Reader, ReadEvent
from apps.rfid.states import TagKind


class ReaderFilter(filters.FilterSet):
    """By site, and whether it is in use."""

    warehouse = filters.CharFilter("warehouse__code")

    class Meta:
        model = Reader
        fields = ("warehouse", "is_active")


class AssetFilter(filters.FilterSet):
    """By site and unit."""

    warehouse = filters.CharFilter("warehouse__code")
    unit = filters.CharFilter("unit__number")

    class Meta:
        model = Asset
        fields = ("warehouse", "unit")


class ReadEventFilter(filters.FilterSet):
    """By reader, what was read, and when."""

    reader = filters.CharFilter("reader__code")
    epc = filters.CharFilter("epc")
    kind = filters.ChoiceFilter(choices=TagKind.choices)
    unit = filters.CharFilter("unit__number")
    task = filters.CharFilter("task__number")
    since = filters.IsoDateTimeFilter("last_at", lookup_expr="gte")
    until = filters.IsoDateTimeFilter("first_at", lookup_expr="lte")

    class Meta:
        model = ReadEvent
        fields = ("reader", "epc", "kind", "unit", "task", "since", "until")
