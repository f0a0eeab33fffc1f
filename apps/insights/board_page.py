"""The dock board at the desk: a site's doors on a day, as they stand this minute."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.core.admin import worker_of
from apps.core.admin.cells import MINUTE
from apps.insights.dock_board import Door, dock_board
from apps.insights.navigation import address_of, may_see
from apps.insights.pages import SiteField
from apps.locations.models import Warehouse
from apps.locations.operations import MAY_BOOK

if TYPE_CHECKING:
    from apps.accounts.models import User

EVERY = 60
"""Seconds after which today's board is drawn again."""
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
"""Days that can be asked for: of them each has a day before and a day after."""


class Ask(forms.Form):
    """Which site, which day."""

    warehouse = SiteField(Warehouse.objects.none(), required=False, to_field_name="code", label="Site")
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        self.sites = Warehouse.objects.for_user(user).filter(is_active=True)
        cast("SiteField", self.fields["warehouse"]).queryset = self.sites

    def clean_day(self) -> date | None:
        """One of this century."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and not FIRST < day < LAST:
            raise forms.ValidationError("No such day is planned here.")
        return day


@require_safe
def dock_board_page(request: HttpRequest) -> HttpResponse:
    """The page; whoever may see appointments may see it. Without a question: the first site, today."""
    if not may_see(request, "locations.DockAppointment"):
        raise PermissionDenied
    user, at = cast("User", request.user), clock.now()
    form = Ask(user, request.GET)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Dock board"}
    if not form.is_valid():
        return TemplateResponse(request, "admin/stillage/dock_board.html", context | {"form": form}, status=400)
    site = form.cleaned_data["warehouse"] or form.sites.first()
    if site is None:
        return TemplateResponse(request, "admin/stillage/dock_board.html", context)
    day = form.cleaned_data["day"] or site.local_date(at)
    board = dock_board(
        site,
        day=day,
        at=at,
        inbound=may_see(request, "purchasing.Receipt"),
        outbound=may_see(request, "shipping.Shipment"),
    )
    context |= {
        "form": Ask(user, {"warehouse": site.code, "day": day.isoformat()}),
        "board": board,
        "refresh": EVERY if board.is_today else 0,
        "before": _asked(site, day - timedelta(days=1)),
        "after": _asked(site, day + timedelta(days=1)),
        "now": _asked(site, None),
        "list": address_of("locations.DockAppointment"),
        "places": address_of("locations.Location"),
        "book": reverse("admin:locations_dockappointment_add") if worker_of(request).has_role(*MAY_BOOK) else "",
        "columns": [_column(door, ZoneInfo(site.timezone)) for door in board.doors],
    }
    return TemplateResponse(request, "admin/stillage/dock_board.html", context)


def _asked(site: Warehouse, day: date | None) -> str:
    asked = {"warehouse": site.code} | ({"day": day.isoformat()} if day is not None else {})
    return f"?{urlencode(asked)}"


def _column(door: Door, zone: ZoneInfo) -> dict[str, Any]:
    """A door with where its free hours lead."""

    def free(at: datetime | None) -> tuple[str, str]:
        """The question that books it, and its time."""
        if at is None:
            return "", ""
        local = at.astimezone(zone)
        return urlencode({"dock": door.pk, "starts_at": f"{local:{MINUTE}}"}), f"{local:%H:%M}"

    return {"door": door, "rows": [[(cell, *free(cell.at)) for cell in row] for row in door.rows]}
