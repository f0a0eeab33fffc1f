"""Stock at a moment, at the desk: what stood where then, by the clock on the site's wall."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from apps.catalog.models import Item
from apps.core import clock
from apps.core.admin.cells import MINUTE, NOTHING, grouped, link_to, quantity
from apps.core.admin.page import Column, Table
from apps.core.querysets import storable
from apps.insights.navigation import may_see
from apps.insights.pages import SiteField
from apps.ledger.admin.cells import place, status_badge
from apps.ledger.models import Lot, StockBalance
from apps.ledger.queries.as_of import Stood, stock_as_of, total_as_of
from apps.locations.models import Location, Warehouse

if TYPE_CHECKING:
    from apps.accounts.models import User

LINES = 100
"""Rows on one page."""


class Ask(forms.Form):
    """When, and of what."""

    at = forms.DateTimeField(
        label="When",
        input_formats=[MINUTE, f"{MINUTE}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
    )
    warehouse = SiteField(
        Warehouse.objects.none(), required=False, to_field_name="code", label="Site", empty_label="All sites"
    )
    item = forms.CharField(max_length=40, required=False, widget=forms.TextInput(attrs={"placeholder": "Number"}))
    location = forms.CharField(max_length=40, required=False, widget=forms.TextInput(attrs={"placeholder": "Code"}))
    after = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput())

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        self.user = user
        self.place: Location | None = None
        cast("SiteField", self.fields["warehouse"]).queryset = Warehouse.objects.for_user(user)

    def clean_item(self) -> Item | None:
        """By its number."""
        number = storable(self.cleaned_data["item"].strip())
        item = Item.objects.for_user(self.user).filter(number=number).first() if number else None
        if number and item is None:
            raise forms.ValidationError("No item has this number.")
        return item

    def clean(self) -> None:
        """The moment as the site's clock showed it; a code names one place of one site."""
        site, at = self.cleaned_data.get("warehouse"), self.cleaned_data.get("at")
        if at is not None:
            self.cleaned_data["at"] = at.replace(tzinfo=ZoneInfo(site.timezone if site else "UTC"))
            if self.cleaned_data["at"] > clock.now():
                self.add_error("at", "That moment is still to come.")
        code = storable(self.cleaned_data.get("location", "").strip())
        if code and site is None:
            self.add_error("warehouse", "Choose the site of the location.")
        elif code:
            self.place = Location.objects.filter(warehouse=site, code=code).first()
            if self.place is None:
                self.add_error("location", "No location here has this code.")


@require_safe
def stock_as_of_page(request: HttpRequest) -> HttpResponse:
    """The page; whoever may see balances may see it."""
    if not may_see(request, "ledger.StockBalance"):
        raise PermissionDenied
    user = cast("User", request.user)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Stock at a moment"}
    if "at" not in request.GET:
        form = Ask(user, {"at": f"{clock.now():{MINUTE}}"} | request.GET.dict())
        return TemplateResponse(request, "admin/stillage/as_of.html", context | {"form": form, "fresh": True})
    form = Ask(user, request.GET)
    context["form"] = form
    if not form.is_valid():
        return TemplateResponse(request, "admin/stillage/as_of.html", context, status=400)
    asked = form.cleaned_data
    scope: dict[str, Any] = {"at": asked["at"], "warehouse": asked["warehouse"], "location": form.place}
    page = stock_as_of(user, item=asked["item"], after=asked["after"] or 0, limit=LINES, **scope)
    if asked["item"] is not None:
        total = total_as_of(user, item=asked["item"], **scope)
        context["total"] = f"{grouped(total)} {asked['item'].unit}"
    more = ""
    if page.after is not None:
        more = f"?{urlencode(request.GET.dict() | {'after': str(page.after)})}"
    context["table"] = _table(asked["at"], page.rows, more)
    return TemplateResponse(request, "admin/stillage/as_of.html", context)


def _table(at: datetime, rows: list[Stood], more: str) -> Table:
    return Table(
        title=f"{at.day} {at:%b %Y %H:%M} {at.tzname()}",
        columns=(
            Column("Item"),
            Column("Name"),
            Column("Site"),
            Column("Location"),
            Column("Lot"),
            Column("Serial number"),
            Column("Status"),
            Column("Quantity", number=True),
            Column("Because"),
        ),
        rows=[
            (
                link_to(Item, row.item_id, row.item),
                row.item_name,
                row.warehouse,
                place(row.location, row.unit),
                link_to(Lot, row.lot_id, row.lot),
                row.serial or NOTHING,
                status_badge(row.status),
                quantity(row.quantity, row.item_unit),
                link_to(StockBalance, row.balance, "its moves"),
            )
            for row in rows
        ],
        empty="Nothing of it stood anywhere that you work.",
        more=more,
    )
