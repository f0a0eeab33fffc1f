"""What certificates, inspections and actions can be asked for by."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.core import clock
from apps.workplace.models import (
    Certificate,
    CorrectiveAction,
    SiteAsset,
    WorkplaceInspection,
)
from apps.workplace.models.certificates import CertificateQuerySet
from apps.workplace.states import ActionState, CheckState

MOST_DAYS = 3650


class CertificateFilter(filters.FilterSet):
    """By person and kind, and by whether it has expired or will soon."""

    person = filters.CharFilter("person__username")
    kind = filters.CharFilter("kind__code")
    expired = filters.BooleanFilter(method="filter_expired", help_text="Its last day is over")
    expiring_within = filters.NumberFilter(
        method="filter_expiring", min_value=0, max_value=MOST_DAYS, help_text="In force, and its last day within days"
    )

    class Meta:
        model = Certificate
        fields = ("person", "kind", "expired", "expiring_within")

    def filter_expired(self, rows: CertificateQuerySet, name: str, value: bool) -> QuerySet[Certificate]:  # noqa: FBT001 - django-filter calls it so
        """Whether it has expired by today."""
        del name
        expired = Certificate.objects.expired(clock.now().date())
        return rows.filter(pk__in=expired.values("pk")) if value else rows.exclude(pk__in=expired.values("pk"))

    def filter_expiring(self, rows: CertificateQuerySet, name: str, value: int) -> QuerySet[Certificate]:
        """In force today, and not for longer than that."""
        del name
        today = clock.now().date()
        return rows.in_force(today).filter(expires_on__lte=today + timedelta(days=int(value)))


class SiteAssetFilter(filters.FilterSet):
    """By site and kind."""

    warehouse = filters.CharFilter("warehouse__code")
    kind = filters.CharFilter("kind__code")

    class Meta:
        model = SiteAsset
        fields = ("warehouse", "kind", "is_active")


class WorkplaceInspectionFilter(filters.FilterSet):
    """By state, site, thing and checklist, and by the day until which it is due."""

    state = filters.ChoiceFilter(choices=CheckState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    asset = filters.CharFilter("asset__number")
    checklist = filters.CharFilter("checklist__code")
    due_by = filters.DateFilter("due_on", lookup_expr="lte")

    class Meta:
        model = WorkplaceInspection
        fields = ("state", "warehouse", "asset", "checklist", "due_by")


class CorrectiveActionFilter(filters.FilterSet):
    """By state, site, thing and owner."""

    state = filters.ChoiceFilter(choices=ActionState.choices)
    warehouse = filters.CharFilter("warehouse__code")
    asset = filters.CharFilter("asset__number")
    owner = filters.CharFilter("owner__username")

    class Meta:
        model = CorrectiveAction
        fields = ("state", "warehouse", "asset", "owner", "takes_out")
