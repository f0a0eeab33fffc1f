"""What stock is worth, at the desk: at a moment by the clock on the site's wall, by item and site."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from apps.catalog.models import Category, Item
from apps.core import clock
from apps.core.admin.cells import MINUTE, NOTHING, grouped, money, quantity
from apps.core.admin.page import Column, Table
from apps.core.querysets import storable
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.valuation.models import ItemCost
from apps.valuation.queries import ItemValue, standing, total_of, value_as_of

if TYPE_CHECKING:
    from apps.accounts.models import User

SHOWN = Decimal("0.0001")
"""To which a unit cost is shown; sites that share a cent between them differ beyond it."""
LINES = 100
"""Rows on one page."""


class Ask(forms.Form):
    """When, and of what."""

    at = forms.DateTimeField(
        label="When",
        input_formats=[MINUTE, f"{MINUTE}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
    )
    warehouse = forms.ModelChoiceField(
        Warehouse.objects.none(), required=False, to_field_name="code", label="Site", empty_label="All sites"
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), required=False, to_field_name="code", label="Category", empty_label="All categories"
    )
    item = forms.CharField(max_length=40, required=False, widget=forms.TextInput(attrs={"placeholder": "Number"}))
    offset = forms.IntegerField(min_value=0, max_value=10**9, required=False, widget=forms.HiddenInput())

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        self.user = user
        cast("forms.ModelChoiceField[Warehouse]", self.fields["warehouse"]).queryset = Warehouse.objects.for_user(user)

    def clean_item(self) -> Item | None:
        """By its number."""
        number = storable(self.cleaned_data["item"].strip())
        item = Item.objects.for_user(self.user).filter(number=number).first() if number else None
        if number and item is None:
            raise forms.ValidationError("No item has this number.")
        return item

    def clean(self) -> None:
        """The moment as the site's clock showed it; the minute that is under way counts whole."""
        site, at = self.cleaned_data.get("warehouse"), self.cleaned_data.get("at")
        if at is not None:
            self.cleaned_data["at"] = at.replace(tzinfo=ZoneInfo(site.timezone if site else "UTC"))
            if self.cleaned_data["at"] > clock.now():
                self.add_error("at", "That moment is still to come.")


@require_safe
def inventory_value_page(request: HttpRequest) -> HttpResponse:
    """The page, for whoever may see what items cost."""
    if not admin.site.get_model_admin(ItemCost).has_view_permission(request):
        raise PermissionDenied
    user = cast("User", request.user)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Inventory value"}
    fresh = "at" not in request.GET
    form = Ask(user, {"at": f"{clock.now():{MINUTE}}"} | request.GET.dict() if fresh else request.GET)
    context |= {"form": form, "fresh": fresh}
    if not form.is_valid():
        return TemplateResponse(request, "admin/stillage/stock_value.html", context, status=400)
    asked = form.cleaned_data
    scope = {name: asked[name] for name in ("item", "category", "warehouse")}
    rows = value_as_of(user, at=clock.now() if fresh else asked["at"], **scope)
    start = asked["offset"] or 0
    more = ""
    if len(rows) > start + LINES:
        more = f"?{urlencode(request.GET.dict() | {'at': form['at'].value(), 'offset': str(start + LINES)})}"
    named = {name: str(getattr(found, key)) for (name, key), found in _named(scope) if found is not None}
    moment = {} if fresh else {"at": asked["at"].isoformat()}
    context |= {
        "table": _table(rows[start : start + LINES], more),
        "total": money(total_of(rows), company_currency()),
        "behind": standing().behind,
        "report": f"/api/v1/stock-value/report?{urlencode(moment | named)}",
    }
    return TemplateResponse(request, "admin/stillage/stock_value.html", context)


def _named(scope: dict[str, Any]) -> list[tuple[tuple[str, str], Any]]:
    keys = (("item", "number"), ("category", "code"), ("warehouse", "code"))
    return [(key, scope[key[0]]) for key in keys]


def _table(rows: list[ItemValue], more: str) -> Table:
    currency = company_currency()
    return Table(
        title="By item and site",
        columns=(
            Column("Item"),
            Column("Name"),
            Column("Category"),
            Column("Site"),
            Column("Quantity", number=True),
            Column("Unit cost", number=True),
            Column("Value", number=True),
        ),
        rows=[
            (
                row.item,
                row.name,
                row.category or NOTHING,
                row.warehouse,
                quantity(row.quantity, row.unit),
                NOTHING if row.unit_cost is None else grouped(row.unit_cost.quantize(SHOWN)),
                money(row.value, currency),
            )
            for row in rows
        ],
        empty="Nothing of it was in stock where you work.",
        more=more,
    )
