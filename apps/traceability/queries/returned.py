"""What came back of the lots of a recall, at any site and whichever sold it."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.returns.models import CustomerReturnLine
from apps.traceability.models import RecallCase


def returned_of(case: RecallCase) -> QuerySet[CustomerReturnLine]:
    """Lines of returns by which some of its lots came back, the latest first, with what was decided about them."""
    return (
        CustomerReturnLine.objects.filter(lot__in=case.lots.all(), received__gt=0)
        .select_related(
            "customer_return__warehouse",
            "customer_return__customer",
            "customer_return__order",
            "item__unit",
            "lot",
            "serial",
        )
        .prefetch_related("inspections")
        .order_by("-customer_return", "line")
    )
