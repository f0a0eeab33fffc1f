"""Labels and signs at the desk: what can be printed of a site's zones and doors, and the safety signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from apps.core.admin.cells import Tone, badge
from apps.core.admin.page import Column, Table
from apps.core.paper.label import SHEETS
from apps.locations.models import Location, Warehouse, Zone
from apps.safety.rules import SIGNS

if TYPE_CHECKING:
    from apps.accounts.models import User

PRINTED = (
    ("Bin labels", "location-labels"),
    ("Storage labels of bins", "place-labels"),
    ("Storage labels of zones", "zone-labels"),
    ("Aisle signs", "aisle-signs"),
    ("Dock signs", "dock-signs"),
)
"""What is printed of a zone, by the name of its address in the API, which draws it."""
UP_TO_DATE = "As the data are now: print them again when a rule, a limit or a band changes."


class AskSite(forms.Form):
    """Of which site."""

    warehouse = forms.ModelChoiceField(Warehouse.objects.none(), to_field_name="code", label="Site", empty_label=None)

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        sites = cast("forms.ModelChoiceField[Warehouse]", self.fields["warehouse"])
        sites.queryset = Warehouse.objects.for_user(user).filter(is_active=True)


@require_safe
def sign_page(request: HttpRequest) -> HttpResponse:
    """The page, for whoever sees places; every sheet is drawn by the API when its link is followed."""
    if not admin.site.get_model_admin(Location).has_view_permission(request):
        raise PermissionDenied
    user = cast("User", request.user)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Labels and signs"}
    form = AskSite(user, request.GET if "warehouse" in request.GET else None)
    tables = [_signs()]
    if form.is_bound and form.is_valid():
        tables.insert(0, _places(form.cleaned_data["warehouse"]))
    context |= {"form": form, "tables": tables, "told": UP_TO_DATE}
    status = 400 if form.is_bound and not form.is_valid() else 200
    return TemplateResponse(request, "admin/stillage/signs.html", context, status=status)


def _places(site: Warehouse) -> Table:
    zones = [(zone.code, str(zone.name), {"zone": zone.code}) for zone in Zone.objects.filter(warehouse=site)]
    return Table(
        title=f"Places of {site.code}",
        columns=(Column("Zone"), Column("Name"), Column("Print")),
        rows=[
            (code, name, _links((title, reverse(page), {"warehouse": site.code, **which}) for title, page in PRINTED))
            for code, name, which in (("All", "The whole site", {}), *zones)
        ],
        empty="",
    )


def _signs() -> Table:
    sheets = reverse("safety-sign-sheets")
    return Table(
        title="Safety signs",
        columns=(Column("Sign"), Column("Kind"), Column("After"), Column("Print")),
        rows=[
            (
                sign.wording if sign.is_drawn else f"{sign.wording} (words alone)",
                sign.meaning.label,
                sign.source
                if sign.is_verified
                else format_html("{} {}", sign.source, badge("not verified", Tone.LATE)),
                _links((size.upper(), sheets, {"code": sign.code, "size": size}) for size in SHEETS),
            )
            for sign in SIGNS.values()
        ],
        empty="",
    )


def _links(links: Iterable[tuple[str, str, Mapping[str, str]]]) -> SafeString:
    """Each as a link that opens beside the page."""
    joined = format_html_join(
        " · ",
        '<a class="sg-link" href="{}?{}" target="_blank" rel="noopener">{}</a>',
        ((address, urlencode(asked), title) for title, address, asked in links),
    )
    return format_html("<span>{}</span>", joined)
