"""Where goods would go, at the desk: the bins in order with what speaks for each, and why the others are out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from apps.catalog.models import Item
from apps.core import clock
from apps.core.admin.cells import grouped, link_to, quantity
from apps.core.admin.page import Column, Table
from apps.core.errors import InvalidQuantity, NotFound
from apps.core.quantities import parse_quantity
from apps.core.querysets import storable
from apps.ledger.models import HandlingUnit, Lot
from apps.ledger.states import StockStatus
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.storage.models import Putaway
from apps.storage.queries import NOWHERE, Ranking, on_whole_unit, ranking_of
from apps.storage.rules import NOTHING, Goods, Reason

if TYPE_CHECKING:
    from apps.accounts.models import User

BEST = 20
"""Bins that are shown."""


class Ask(forms.Form):
    """Which goods, in which warehouse: so much of an item, or all that is on a handling unit."""

    warehouse = forms.ModelChoiceField(Warehouse.objects.none(), to_field_name="code", label="Site", empty_label=None)
    item = forms.CharField(max_length=40, required=False, widget=forms.TextInput(attrs={"placeholder": "Number"}))
    quantity = forms.CharField(max_length=24, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    lot = forms.CharField(max_length=40, required=False)
    status = forms.ChoiceField(choices=StockStatus.choices, required=False)
    unit = forms.CharField(
        max_length=40,
        required=False,
        label="Or a handling unit",
        widget=forms.TextInput(attrs={"placeholder": "Label"}),
    )

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        self.user = user
        self.goods: Sequence[Goods] = ()
        self.measure: object = ""
        sites = cast("forms.ModelChoiceField[Warehouse]", self.fields["warehouse"])
        sites.queryset = Warehouse.objects.for_user(user).filter(is_active=True)

    def clean(self) -> None:
        """Either goods or a unit, and what the person may see."""
        asked = {name: storable(str(self.cleaned_data.get(name, "")).strip()) for name in ("item", "lot", "unit")}
        if bool(asked["item"]) == bool(asked["unit"]):
            self.add_error("item", "Name an item with a quantity, or a handling unit.")
        elif asked["unit"]:
            self.goods = self._on_unit(asked["unit"])
        else:
            self.goods = self._of_item(asked["item"], asked["lot"])

    def _on_unit(self, number: str) -> Sequence[Goods]:
        site = self.cleaned_data.get("warehouse")
        try:
            unit = HandlingUnit.objects.by_number(number, self.user)
        except NotFound:
            unit = None
        if unit is None or site is None or unit.warehouse_id != site.pk:
            self.add_error("unit", "No handling unit here has this label.")
            return ()
        goods = on_whole_unit(unit.pk)
        if not goods:
            self.add_error("unit", "Nothing is on it.")
        return goods

    def _of_item(self, number: str, lot_number: str) -> Sequence[Goods]:
        item = Item.objects.for_user(self.user).filter(number=number).select_related("unit").first()
        if item is None:
            self.add_error("item", "No item has this number.")
            return ()
        lot = Lot.objects.for_user(self.user).filter(item=item, number=lot_number).first() if lot_number else None
        if lot_number and lot is None:
            self.add_error("lot", "The item has no lot of this number.")
        try:
            amount = parse_quantity(self.cleaned_data.get("quantity", ""), scale=item.scale)
        except InvalidQuantity as refusal:
            self.add_error("quantity", str(refusal))
            return ()
        self.measure = item.unit
        status = self.cleaned_data.get("status") or StockStatus.AVAILABLE.value
        lot_id = lot.pk if lot is not None else None
        return (Goods(item_id=item.pk, lot_id=lot_id, status=status, quantity=amount, source_id=NOWHERE),)


def may_ask(request: HttpRequest) -> bool:
    """Whether the person may: whoever sees putaways."""
    return bool(admin.site.get_model_admin(Putaway).has_view_permission(request))


@require_safe
def ranking_page(request: HttpRequest) -> HttpResponse:
    """The page; nothing is locked and nothing changes."""
    if not may_ask(request):
        raise PermissionDenied
    user = cast("User", request.user)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Where would it go?"}
    if not {"item", "unit"} & request.GET.keys():
        form = Ask(user, {"status": StockStatus.AVAILABLE.value} | request.GET.dict())
        return TemplateResponse(request, "admin/stillage/ranking.html", context | {"form": form, "fresh": True})
    form = Ask(user, request.GET)
    context["form"] = form
    if not form.is_valid():
        return TemplateResponse(request, "admin/stillage/ranking.html", context, status=400)
    site = form.cleaned_data["warehouse"]
    ranking = ranking_of(form.goods, warehouse_id=site.pk, at=clock.now(), most=BEST)
    total = sum((each.quantity for each in form.goods), NOTHING)
    context |= {
        "asked": f"{grouped(total)} {form.measure}".strip(),
        "looked_at": ranking.looked_at,
        "tables": (_best(ranking, form.measure), _out(ranking)),
    }
    return TemplateResponse(request, "admin/stillage/ranking.html", context)


def _best(ranking: Ranking, measure: object) -> Table:
    return Table(
        title="The best bins",
        columns=(
            Column("Bin"),
            Column("Kind"),
            Column("Takes", number=True),
            Column("Points", number=True),
            Column("Because"),
        ),
        rows=[
            (
                link_to(Location, each.bin.location_id, each.bin.code),
                LocationKind(each.bin.kind).label,
                quantity(each.takes, measure),
                each.points,
                _because(each.reasons),
            )
            for each in ranking.bins
        ],
        empty="No bin may hold it: it would wait in staging, or where it stands.",
    )


def _because(reasons: Sequence[Reason]) -> SafeString:
    """Each reason on a line of its own, after what it is worth."""
    rows = ((f"{reason.points:+d}" if reason.points else "", reason.sentence) for reason in reasons)
    return format_html("<ul>{}</ul>", format_html_join("", "<li><b>{}</b> {}</li>", rows))


def _out(ranking: Ranking) -> Table:
    return Table(
        title="Why the others are out",
        columns=(Column("Bins", number=True), Column("Are")),
        rows=[(count, why.label) for why, count in ranking.why_out],
        empty="None is.",
    )
