"""What captured events can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.core.querysets import storable
from apps.epcis.models import EpcisEvent, EpcisEventQuerySet, EpcisThing
from apps.epcis.states import EpcisAction, EpcisEventType


class EventFilter(filters.FilterSet):
    """By what it is, when it was, why and where, and what it is about."""

    capture = filters.CharFilter("capture__number")
    event_type = filters.ChoiceFilter(choices=EpcisEventType.choices)
    action = filters.ChoiceFilter(choices=EpcisAction.choices)
    event_id = filters.CharFilter("event_id")
    since = filters.IsoDateTimeFilter("event_time", lookup_expr="gte")
    until = filters.IsoDateTimeFilter("event_time", lookup_expr="lt")
    biz_step = filters.CharFilter("biz_step")
    disposition = filters.CharFilter("disposition")
    read_point = filters.CharFilter("read_point")
    biz_location = filters.CharFilter("biz_location")
    is_declaration = filters.BooleanFilter("declared_at", lookup_expr="isnull", exclude=True)
    uri = filters.CharFilter(method="about")
    gtin = filters.CharFilter(method="about")
    lot = filters.CharFilter(method="about")
    serial = filters.CharFilter(method="about")
    sscc = filters.CharFilter(method="about")

    class Meta:
        model = EpcisEvent
        fields = ("capture", "event_type", "action", "event_id", "biz_step", "disposition", "read_point")

    def about(self, rows: EpcisEventQuerySet, name: str, value: str) -> EpcisEventQuerySet:
        """Events in which something bears this."""
        things = EpcisThing.objects.filter(**{name: storable(value)})
        return rows.filter(pk__in=things.values("event"))
