"""How good the book is, at the desk: by site and class, over a period, as all counts found it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.core.admin.cells import grouped, money
from apps.core.admin.page import Column, Table
from apps.counting.models import CycleCount
from apps.counting.queries import accuracy_by_class
from apps.counting.queries.accuracy import UNRATED, Accuracy
from apps.locations.asking import AskDays
from apps.locations.queries import company_currency

if TYPE_CHECKING:
    from apps.accounts.models import User

PERIOD = timedelta(days=90)


@require_safe
def count_accuracy_page(request: HttpRequest) -> HttpResponse:
    """The page, for whoever sees counts."""
    if not admin.site.get_model_admin(CycleCount).has_view_permission(request):
        raise PermissionDenied
    user, today = cast("User", request.user), clock.now().date()
    usual = {"since": f"{today - PERIOD:%Y-%m-%d}", "until": f"{today:%Y-%m-%d}"}
    form = AskDays(user, usual | request.GET.dict())
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Count accuracy", "form": form}
    if not form.is_valid():
        return TemplateResponse(request, "admin/stillage/count_accuracy.html", context, status=400)
    asked = form.cleaned_data
    found = accuracy_by_class(form.sites, since=asked["since"], until=asked["until"])
    context["table"] = Table(
        title="By site and class",
        columns=(
            Column("Site"),
            Column("Class"),
            Column("Locations right", number=True),
            Column("Records right", number=True),
            Column("Units, gross", number=True),
            Column("Units, net", number=True),
            Column("Variance at cost", number=True),
        ),
        rows=[_row(told) for told in found],
        empty="You work at no site.",
    )
    return TemplateResponse(request, "admin/stillage/count_accuracy.html", context)


def _row(told: Accuracy) -> tuple[object, ...]:
    return (
        told.warehouse if not told.abc_class else "",
        {"": "All", UNRATED: "Not rated"}.get(told.abc_class, told.abc_class),
        _share(told.by_location, Decimal(told.locations_right), Decimal(told.locations)),
        _share(told.by_record, Decimal(told.records_right), Decimal(told.records)),
        _share(told.by_unit_gross, told.units_right_gross, told.book),
        _share(told.by_unit_net, told.units_right_net, told.book),
        money(told.value, company_currency()) if told.records else "n/a",
    )


def _share(percent: Decimal | None, part: Decimal, whole: Decimal) -> SafeString | str:
    """With what it is a share of."""
    if percent is None:
        return "n/a"
    return format_html(
        '<span class="sg-amount">{} % <small>{} of {}</small></span>', percent, grouped(part), grouped(whole)
    )
