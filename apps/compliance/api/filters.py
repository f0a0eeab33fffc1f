"""What inspections, plans and supplier returns can be asked for by."""

from __future__ import annotations

from django_filters import rest_framework as filters

from apps.compliance.models import ExcursionCase, Inspection, InspectionPlan, Sensor, SensorReading, SupplierReturn
from apps.compliance.states import ExcursionState, InspectionState, Measure


class InspectionFilter(filters.FilterSet):
    """By state, place, goods and where they came from."""

    state = filters.ChoiceFilter(choices=InspectionState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    document = filters.CharFilter("document")
    item = filters.CharFilter("item__number")
    lot = filters.CharFilter("lot__number")
    supplier = filters.CharFilter("supplier__number")
    accepted = filters.BooleanFilter("accepted")

    class Meta:
        model = Inspection
        fields = ("state", "warehouse", "document", "item", "lot", "supplier", "accepted")


class InspectionPlanFilter(filters.FilterSet):
    """By goods, supplier and whether it is in force."""

    item = filters.CharFilter("item__number")
    category = filters.CharFilter("category__code")
    supplier = filters.CharFilter("supplier__number")

    class Meta:
        model = InspectionPlan
        fields = ("item", "category", "supplier", "is_active")


class SupplierReturnFilter(filters.FilterSet):
    """By inspection, supplier and place."""

    inspection = filters.CharFilter("inspection__number")
    supplier = filters.CharFilter("inspection__supplier__number")
    warehouse = filters.CharFilter("inspection__warehouse__code")

    class Meta:
        model = SupplierReturn
        fields = ("inspection", "supplier", "warehouse")


class SensorFilter(filters.FilterSet):
    """By site, what it speaks for, and whether it is in use."""

    warehouse = filters.CharFilter("warehouse__code")
    zone = filters.CharFilter("zone__code")

    class Meta:
        model = Sensor
        fields = ("warehouse", "zone", "is_active")


class SensorReadingFilter(filters.FilterSet):
    """By sensor and time."""

    sensor = filters.CharFilter("sensor__number")
    since = filters.IsoDateTimeFilter("read_at", lookup_expr="gte")
    until = filters.IsoDateTimeFilter("read_at", lookup_expr="lte")

    class Meta:
        model = SensorReading
        fields = ("sensor", "since", "until")


class ExcursionFilter(filters.FilterSet):
    """By state, place and goods."""

    state = filters.ChoiceFilter(choices=ExcursionState.choices)
    measure = filters.ChoiceFilter(choices=Measure.choices)
    warehouse = filters.CharFilter("warehouse__code")
    sensor = filters.CharFilter("sensor__number")
    lot = filters.CharFilter("goods__lot__number", distinct=True)

    class Meta:
        model = ExcursionCase
        fields = ("state", "measure", "warehouse", "sensor", "lot")
