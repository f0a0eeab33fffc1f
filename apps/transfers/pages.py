"""What is on the road between our sites, at the desk: since when, by when, worth how much; the late ones first."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, link_to, moment, money, quantity
from apps.core.admin.page import Column, Table
from apps.ledger.models import HandlingUnit
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.transfers.models import Transfer
from apps.transfers.queries import TransitRow, in_transit

if TYPE_CHECKING:
    from apps.accounts.models import User

NOUGHT = Decimal(0)


class Ask(forms.Form):
    """Of which sender, to which site; all when none is named."""

    origin = forms.ModelChoiceField(
        Warehouse.objects.order_by("code"), to_field_name="code", required=False, label="From", empty_label="All"
    )
    destination = forms.ModelChoiceField(
        Warehouse.objects.order_by("code"), to_field_name="code", required=False, label="To", empty_label="All"
    )


@require_safe
def in_transit_page(request: HttpRequest) -> HttpResponse:
    """The page, for whoever sees transfers."""
    if not admin.site.get_model_admin(Transfer).has_view_permission(request):
        raise PermissionDenied
    form = Ask(request.GET)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "In transit", "form": form}
    if not form.is_valid():
        return TemplateResponse(request, "admin/stillage/in_transit.html", context, status=400)
    sites = {name: site for name, site in form.cleaned_data.items() if site is not None}
    rows = in_transit(cast("User", request.user), at=clock.now(), **sites)
    context |= {
        "table": _table(rows),
        "late": sum(row.is_late for row in rows),
        "value": money(sum((row.value or NOUGHT for row in rows), start=NOUGHT), company_currency()),
        "unvalued": sum(row.value is None for row in rows),
        "asked": request.GET.urlencode(),
    }
    return TemplateResponse(request, "admin/stillage/in_transit.html", context)


def _table(rows: Sequence[TransitRow]) -> Table:
    currency = company_currency()
    return Table(
        title="On the road",
        columns=(
            Column("Due"),
            Column("From, to"),
            Column("Transfer"),
            Column("Carton"),
            Column("Item"),
            Column("Lot or serial number"),
            Column("Quantity", number=True),
            Column("Since"),
            Column("Days", number=True),
            Column("Value", number=True),
        ),
        rows=[
            (
                _due(row),
                f"{row.origin}, {row.destination}",
                link_to(Transfer, row.transfer_id, row.transfer),
                link_to(HandlingUnit, row.carton_id, row.carton),
                link(row.item),
                row.lot or row.serial or NOTHING,
                quantity(row.quantity, row.item.unit),
                moment(row.since, row.timezone),
                row.days,
                money(row.value, currency),
            )
            for row in rows
        ],
        empty="Nothing is on the road.",
    )


def _due(row: TransitRow) -> SafeString | str:
    if not row.is_late:
        return day(row.due_on)
    return badge(f"{day(row.due_on)}, {row.days_late} day{'s' * (row.days_late != 1)} late", Tone.LATE)
