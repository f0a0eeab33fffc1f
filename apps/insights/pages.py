"""The search, and the stock position at the desk: pick a site, find an item, and follow any figure to its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from apps.catalog.models import Item
from apps.core import clock
from apps.core.admin.cells import grouped
from apps.core.querysets import storable
from apps.insights.drill import DRILLS, OUTBOUND, Scope
from apps.insights.navigation import may_see
from apps.insights.position import STOCK_FIGURES, Figures, Position, Row, Split, stock_position
from apps.insights.search import Answer, search
from apps.locations.models import Warehouse

if TYPE_CHECKING:
    from apps.accounts.models import User

LINES = 100
"""Rows on one page."""
MATCHES = 20
"""Items that a search offers."""
LONGEST = 200
"""Characters of what is searched for; no barcode is longer."""


class SiteField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A site by code and name."""

    def label_from_instance(self, obj: Any) -> str:
        """As people call it."""
        return f"{obj.code} {obj.name}"


class Ask(forms.Form):
    """Which item, at which site, told apart by what."""

    item = forms.CharField(
        max_length=40, required=False, widget=forms.TextInput(attrs={"placeholder": "Number or name", "type": "search"})
    )
    warehouse = SiteField(
        Warehouse.objects.none(), required=False, to_field_name="code", label="Site", empty_label="All sites"
    )
    by = forms.ChoiceField(choices=[("", "Nothing"), *Split.choices], required=False, label="Split by")

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        cast("SiteField", self.fields["warehouse"]).queryset = Warehouse.objects.for_user(user)

    def clean_item(self) -> str:
        """As the database can hold it."""
        return storable(self.cleaned_data["item"].strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A figure and where its rows are; no address when it is nought, a sum of others, or not the person's to see."""

    title: str
    text: str
    address: str = ""
    zero: bool = False
    warn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the table."""

    title: str
    note: str
    site: str = ""
    unit: str = ""
    cells: list[Cell]
    kind: str = "row"
    """`row`, `part` or `total`."""


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What the box in the header finds; a code that means one thing leads straight to its page."""
    text = request.GET.get("q", "").strip(" \r\n\t")[:LONGEST]
    answer = search(request, text) if text else Answer()
    if answer.certain:
        return HttpResponseRedirect(answer.certain)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Search",
        "q": text,
        "groups": answer.groups,
        "problem": answer.problem,
    }
    return TemplateResponse(request, "admin/stillage/search.html", context)


@require_safe
def stock_position_page(request: HttpRequest) -> HttpResponse:
    """The page; whoever may see balances may see it. An item is named by its number, else searched for."""
    if not may_see(request, "ledger.StockBalance"):
        raise PermissionDenied
    user = cast("User", request.user)
    form = Ask(user, request.GET)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Stock position", "form": form}
    if not form.is_valid():
        return TemplateResponse(request, "admin/stillage/position.html", context, status=400)
    named, site, by = (form.cleaned_data[name] for name in ("item", "warehouse", "by"))
    item = Item.objects.for_user(user).filter(number=named).first() if named else None
    if named and item is None:
        context["matches"] = _matches(user, named, request)
        return TemplateResponse(request, "admin/stillage/position.html", context)
    position = stock_position(user, at=clock.now(), item=item, warehouse=site, by=Split(by) if by else None)
    page = Paginator(position.rows, LINES).get_page(request.GET.get("page"))
    asked = {"item": position.item, "warehouse": position.warehouse, "by": position.by or ""}
    context |= {
        "item": item,
        "position": position,
        "page": page,
        "lines": list(_lines(request, position, page)),
        "asked": urlencode({name: value for name, value in asked.items() if value}),
    }
    return TemplateResponse(request, "admin/stillage/position.html", context)


def _matches(user: User, text: str, request: HttpRequest) -> list[tuple[Item, str]]:
    """Items that the text may mean, each leading to its position with the other choices kept."""
    items = Item.objects.for_user(user).filter(Q(number__icontains=text) | Q(name__icontains=text))[:MATCHES]
    kept = {name: request.GET[name] for name in ("warehouse", "by") if request.GET.get(name)}
    return [(item, urlencode({"item": item.number, **kept})) for item in items]


def _lines(request: HttpRequest, position: Position, page: Page[Row]) -> Iterator[Line]:
    """The rows of the page with their parts; on the last page the totals of all."""
    seen = {figure for figure, drill in DRILLS.items() if may_see(request, drill.model)}
    if seen.issuperset(OUTBOUND):
        seen.add("outbound")
    for row in page.object_list:
        subject = row.subject
        yield Line(
            title=subject.item,
            note=subject.name,
            site=subject.warehouse,
            unit=subject.unit,
            cells=_cells(position, row.figures, Scope(subject=subject), seen),
        )
        for part in row.parts:
            scope = Scope(subject=subject, by=position.by, part=part)
            yield Line(
                title="", note=part.label, cells=_cells(position, part.figures, scope, seen, of_part=True), kind="part"
            )
    if not page.has_next():
        for unit, figures in position.totals.items():
            cells = _cells(position, figures, None, seen)
            yield Line(title=f"Total {unit}", note="", unit=unit, cells=cells, kind="total")


def _cells(
    position: Position, figures: Figures, scope: Scope | None, seen: set[str], *, of_part: bool = False
) -> list[Cell]:
    cells = []
    for name, title in position.columns.items():
        value = getattr(figures, name)
        leads = scope is not None and value and name in seen
        cells.append(
            Cell(
                title=title,
                text="" if of_part and name not in STOCK_FIGURES else grouped(value),
                address=scope.desk(name) if scope is not None and leads else "",
                zero=not value,
                warn=bool(value) and name == "back_ordered",
            )
        )
    return cells
