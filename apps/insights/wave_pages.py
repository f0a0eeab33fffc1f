"""The wave board at the desk, and the release of a wave: which orders are meant, what it would do, then go."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.catalog.models import Party
from apps.core import clock
from apps.core.admin import worker_of
from apps.core.admin.cells import NOTHING, Tone, badge, duration, link, moment, progress, quantity
from apps.core.admin.page import Column, Table
from apps.insights.navigation import may_see
from apps.insights.pages import SiteField
from apps.journal.desk import act
from apps.locations.models import Warehouse, Zone
from apps.orders.admin.cells import late_badge, wave_badge
from apps.orders.models import Channel, WaveTemplate
from apps.orders.operations import release_by_criteria
from apps.orders.operations.allocate import PLANNERS
from apps.orders.queries.board import WaveBoard, WaveProgress, wave_board
from apps.orders.queries.releasing import Criteria, WavePreview, preview_wave
from apps.orders.states import WaveState

if TYPE_CHECKING:
    from apps.accounts.models import User

EVERY = 60
"""Seconds after which the board is drawn again."""
MODEL = "orders.Wave"


class AskSite(forms.Form):
    """Which site."""

    warehouse = SiteField(Warehouse.objects.none(), required=False, to_field_name="code", label="Site")

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        self.sites = Warehouse.objects.for_user(user).filter(is_active=True)
        cast("SiteField", self.fields["warehouse"]).queryset = self.sites


class AskWave(AskSite):
    """Which orders are meant: a template's, or those named here."""

    template = forms.ModelChoiceField(WaveTemplate.objects.none(), required=False, to_field_name="code")
    carrier = forms.ModelChoiceField(Party.objects.none(), required=False, to_field_name="number")
    channel = forms.ModelChoiceField(Channel.objects.none(), required=False, to_field_name="code")
    zone = forms.ModelChoiceField(Zone.objects.none(), required=False, to_field_name="code")
    min_priority = forms.IntegerField(required=False, min_value=0, max_value=32767, label="Priority from")
    due_within_days = forms.IntegerField(required=False, min_value=0, max_value=32767, label="Due within days")
    most_orders = forms.IntegerField(required=False, min_value=1, max_value=100_000, label="Orders at most")
    most_picks = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, label="Picks at most")

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(user, data)
        self.site = self.sites.filter(code=str(data.get("warehouse", ""))[:20].replace("\x00", "")).first()
        self.site = self.site or self.sites.first()
        here = {"warehouse": self.site.pk} if self.site is not None else {"warehouse": None}
        for name, rows in (
            ("template", WaveTemplate.objects.for_user(user).in_use().filter(**here)),
            ("zone", Zone.objects.for_user(user).filter(**here)),
            ("channel", Channel.objects.for_user(user).filter(is_active=True)),
            ("carrier", Party.objects.for_user(user).filter(is_carrier=True)),
        ):
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def clean(self) -> None:
        """A template says all."""
        named = {name for name, value in self.cleaned_data.items() if value is not None}
        if self.cleaned_data.get("template") is not None and named - {"template", "warehouse"}:
            self.add_error("template", "Choose a template or criteria, not both.")

    @property
    def criteria(self) -> Criteria:
        """What is asked for."""
        asked = self.cleaned_data
        if asked["template"] is not None:
            return Criteria.of(asked["template"])
        return Criteria(
            **{f"{name}_id": asked[name].pk for name in ("carrier", "channel", "zone") if asked[name] is not None},
            **{name: asked[name] for name in ("min_priority", "due_within_days", "most_orders", "most_picks")},
        )


@require_safe
def wave_board_page(request: HttpRequest) -> HttpResponse:
    """The waves of a site as they stand; whoever may see waves may see it."""
    if not may_see(request, MODEL):
        raise PermissionDenied
    user = cast("User", request.user)
    form = AskSite(user, request.GET)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Wave board"}
    page = "admin/stillage/wave_board.html"
    if not form.is_valid():
        return TemplateResponse(request, page, context | {"form": form}, status=400)
    site = form.cleaned_data["warehouse"] or form.sites.first()
    if site is None:
        return TemplateResponse(request, page, context)
    board = wave_board(site, at=clock.now())
    under_way = [each for each in board.waves if each.wave.state == WaveState.RELEASED]
    context |= {
        "form": AskSite(user, {"warehouse": site.code}),
        "site": site,
        "refresh": EVERY,
        "late": sum(each.is_late for each in under_way),
        "under_way": len(under_way),
        "picks_left": sum(each.picks - each.done for each in under_way),
        "pace": board.seconds_a_pick,
        "release": _release_page(site) if worker_of(request).has_role(*PLANNERS) else "",
        "table": _waves(board),
    }
    return TemplateResponse(request, page, context)


def _waves(board: WaveBoard) -> Table:
    return Table(
        title="Waves",
        columns=(
            Column("Wave"),
            Column("State"),
            Column("Picked"),
            Column("Picks", number=True),
            Column("Short", number=True),
            Column("Orders", number=True),
            Column("Pickers", number=True),
            Column("Left"),
            Column("Truck leaves"),
            Column("Kind"),
        ),
        rows=[_wave(each, board.warehouse) for each in board.waves],
        empty="No wave is on the floor. Release one, and it is followed here until its last pick.",
    )


def _wave(each: WaveProgress, site: Warehouse) -> Sequence[object]:
    wave = each.wave
    cut_off: object = moment(wave.cut_off_at, site.timezone)
    template = wave.template.name if wave.template is not None else ""
    return (
        link(wave),
        wave_badge(wave),
        progress(Decimal(each.done), Decimal(each.picks)),
        f"{each.done} of {each.picks}",
        badge(each.short, Tone.LATE) if each.short else 0,
        each.orders,
        each.pickers,
        duration(each.minutes_left) if each.minutes_left else NOTHING,
        badge(cut_off, Tone.LATE) if each.is_late else cut_off,
        template or ("By itself" if wave.is_waveless else "By hand"),
    )


def _release_page(site: Warehouse) -> str:
    return f"{reverse('desk-wave-release')}?{urlencode({'warehouse': site.code})}"


@require_http_methods(["GET", "HEAD", "POST"])
def wave_release_page(request: HttpRequest) -> HttpResponse:
    """Shows what a release would do, by the question in the address; then does it."""
    if not may_see(request, MODEL) or not worker_of(request).has_role(*PLANNERS):
        raise PermissionDenied
    user = cast("User", request.user)
    form = AskWave(user, request.POST if request.method == "POST" else request.GET)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Release a wave", "form": form}
    page = "admin/stillage/wave_release.html"
    if not form.is_valid():
        return TemplateResponse(request, page, context, status=400)
    site = form.site
    if site is None:
        return TemplateResponse(request, page, context)
    if request.method == "POST":
        template = form.cleaned_data["template"]
        released = act(
            request,
            release_by_criteria,
            done="Wave %s is on the floor.",
            key=request.POST.get("key") or None,
            warehouse_id=site.pk,
            criteria=form.criteria,
            template_id=template.pk if template is not None else None,
        )
        board = f"{reverse('desk-wave-board')}?{urlencode({'warehouse': site.code})}"
        return HttpResponseRedirect(board if released is not None else f"?{_asked(form, site)}")
    found = preview_wave(site, form.criteria, at=clock.now())
    context |= {
        "site": site,
        "preview": found,
        "asked": [(name, value) for name, value in form.data.items() if value and name in form.fields],
        "key": str(uuid.uuid4()),
        "work": duration(found.minutes),
        "cut_off": moment(found.cut_off_at, site.timezone) if found.cut_off_at is not None else "",
        "tables": _preview(found),
    }
    return TemplateResponse(request, page, context)


def _asked(form: AskWave, site: Warehouse) -> str:
    kept = {name: form.data[name] for name in form.fields if form.data.get(name)}
    return urlencode(kept | {"warehouse": site.code})


def _preview(found: WavePreview) -> Sequence[Table]:
    return (
        Table(
            title="Would go",
            columns=(Column("Order"), Column("Customer"), Column("Priority", number=True), Column("Due")),
            rows=[(link(order), order.customer.name, order.priority, late_badge(order)) for order in found.orders],
            empty="No order that is meant has goods to pick now.",
        ),
        Table(
            title="Would be short",
            columns=(
                Column("Order"),
                Column("Line", number=True),
                Column("Item"),
                Column("Wants", number=True),
                Column("Lacks", number=True),
            ),
            rows=[
                (
                    link(each.want.line.line.order),
                    each.want.line.line.line,
                    link(each.want.line.line.item),
                    quantity(each.want.demand.quantity, each.want.line.line.item.unit),
                    quantity(each.short, each.want.line.line.item.unit),
                )
                for each in found.short
            ],
            empty="Every line gets all it wants.",
        ),
        Table(
            title="Would stay for the next release",
            columns=(Column("Order"), Column("Because")),
            rows=[(link(each.order), each.sentence) for each in found.stays],
            empty="None.",
        ),
    )
