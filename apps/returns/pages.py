"""How much comes back, at the desk: by the month in which it left, by reason, item or supplier."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.core.admin.cells import NOTHING
from apps.core.admin.page import Column, Table
from apps.core.decimals import plain
from apps.locations.models import Warehouse
from apps.returns.models import CustomerReturn
from apps.returns.queries.claims import order_accuracy
from apps.returns.queries.rates import return_rates
from apps.returns.states import RateBy

if TYPE_CHECKING:
    from apps.accounts.models import User

YEAR = timedelta(days=365)


class Ask(forms.Form):
    """By what, and of what left from where."""

    by = forms.ChoiceField(choices=RateBy.choices, required=False, label="By")
    warehouse = forms.ModelChoiceField(
        Warehouse.objects.order_by("code"), to_field_name="code", required=False, label="Shipped by", empty_label="All"
    )


@require_safe
def return_rates_page(request: HttpRequest) -> HttpResponse:
    """The page, for whoever sees returns."""
    if not admin.site.get_model_admin(CustomerReturn).has_view_permission(request):
        raise PermissionDenied
    form = Ask(request.GET)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Return rates", "form": form}
    if not form.is_valid():
        return TemplateResponse(request, "admin/stillage/return_rates.html", context, status=400)
    user, until = cast("User", request.user), clock.now().date()
    by = RateBy(form.cleaned_data["by"] or RateBy.REASON)
    site = form.cleaned_data["warehouse"].code if form.cleaned_data["warehouse"] else ""
    rows = return_rates(user, by=by, since=until - YEAR, warehouse=site)
    context |= {
        "table": Table(
            title=f"By {by.label.lower()}",
            columns=(
                Column("Shipped in"),
                Column(by.label),
                Column("Lines shipped", number=True),
                Column("Lines with a return", number=True),
                Column("Rate, %", number=True),
                Column("Shipped", number=True),
                Column("Returned", number=True),
            ),
            rows=[
                (
                    f"{row.month:%Y-%m}",
                    row.key or NOTHING,
                    row.lines_shipped,
                    row.lines_returned,
                    plain(row.percent),
                    plain(row.shipped),
                    plain(row.returned),
                )
                for row in rows
            ],
            empty="Nothing left in the last year, or nothing of it came back.",
        ),
        "accuracy": order_accuracy(user, since=until - YEAR, until=until, warehouse=site),
    }
    return TemplateResponse(request, "admin/stillage/return_rates.html", context)
