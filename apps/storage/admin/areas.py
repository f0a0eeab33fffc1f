"""Control areas at the desk: what belongs to them, what they may hold, and how full they are now."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextInputWidget

from apps.accounts.access import SAFETY_DATA
from apps.core import clock
from apps.core.admin import DeskInline, MasterDataAdmin, OwnFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, grouped, link_to
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.page import PageAdmin
from apps.locations.models import Location
from apps.safety.rules import NOT_FLAMMABLE
from apps.storage.choices import FillState
from apps.storage.models import AreaLimit, AreaPlace, AreaZone, ControlArea, WatchedArea
from apps.storage.queries import AreaFill, Gauge, fills_of
from apps.storage.queries.areas import Stood

IN_A_LINE = {ArrayField: {"widget": UnfoldAdminTextInputWidget}}
TONES = {
    FillState.OVER: Tone.BLOCKED,
    FillState.NOT_EVALUABLE: Tone.LATE,
    FillState.NEAR: Tone.PROGRESS,
    FillState.WITHIN: Tone.DONE,
    FillState.NO_LIMIT: Tone.WAITING,
}


class ZoneInline(DeskInline):
    """Zones of the area."""

    model = AreaZone
    access = SAFETY_DATA
    verbose_name, verbose_name_plural = "zone", "zones"
    autocomplete_fields = ("zone",)


class PlaceInline(DeskInline):
    """Single places of the area."""

    model = AreaPlace
    access = SAFETY_DATA
    verbose_name, verbose_name_plural = "place", "places"
    autocomplete_fields = ("location",)


class LimitInline(DeskInline):
    """The site's own limits of the area."""

    model = AreaLimit
    access = SAFETY_DATA
    verbose_name, verbose_name_plural = "limit", "limits of the site beside the law's"
    formfield_overrides: ClassVar = IN_A_LINE


@admin.register(ControlArea)
class ControlAreaAdmin(MasterDataAdmin):
    """Where flammable liquids are counted together."""

    access = SAFETY_DATA
    list_display = ("code", "name", "warehouse", "kind", "fire_area")
    list_select_related = ("warehouse",)
    list_filter = (("warehouse", OwnFilter), "kind")
    search_fields = ("code", "name", "fire_area")
    autocomplete_fields = ("warehouse",)
    inlines = (ZoneInline, PlaceInline, LimitInline)
    first_step = "Name a cabinet, a room or the open floor of a fire area, and the zones and places that belong to it."


@admin.register(AreaLimit)
class AreaLimitAdmin(MasterDataAdmin):
    """What the local code allows in an area, beside the law."""

    access = SAFETY_DATA
    formfield_overrides: ClassVar = IN_A_LINE
    list_display = ("area", "categories", "litres", "gallons", "is_verified", "source", "effective_on")
    list_select_related = ("area__warehouse",)
    list_filter = (("area__warehouse", OwnFilter), "is_verified")
    search_fields = ("area__code", "source")
    autocomplete_fields = ("area",)
    first_step = "Add what the fire code adopted at your site allows in an area, with its edition."


@admin.register(WatchedArea)
class WatchedAreaAdmin(PageAdmin):
    """How full control areas are, each limit as a bar, with every place and lot that counts."""

    access = SAFETY_DATA
    list_display = ("code", "name", "stands", "bars", "kind", "fire_area", "warehouse")
    list_select_related = ("warehouse",)
    list_filter = (("warehouse", OwnFilter), "kind")
    search_fields = ("code", "name", "fire_area")
    first_step = "Add a control area, and the flash point, boiling point and litres of your liquids."

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list, with the fill of a page's areas asked at once."""
        rows = super().get_changelist_instance(request)
        rows.result_list = list(rows.result_list)
        for fill in fills_of(rows.result_list, at=clock.now()):
            fill.area.fill = fill  # type: ignore[attr-defined]  # for this list
        return rows

    @admin.display(description="state")
    def stands(self, area: Any) -> SafeString:
        """The worst of its limits, and whether something cannot be counted."""
        states = [area.fill.state]
        if area.fill.unknown and area.fill.state != FillState.NOT_EVALUABLE:
            states.append(FillState.NOT_EVALUABLE)
        return format_html_join(" ", "{}", ((state_badge(each),) for each in states))

    @admin.display(description="litres of limits")
    def bars(self, area: Any) -> SafeString:
        """Each limit."""
        return format_html_join(
            "",
            "<div>{} of {} L, cat. {}</div>",
            (
                (bar(each), litres(each.quota.litres), ", ".join(map(str, sorted(each.quota.categories))))
                for each in area.fill.gauges
            ),
        )

    def note(self, document: Any) -> str:
        """What is wrong with it."""
        fill = _fill_of(document)
        wrong = ["Over its limit of flammable liquids."] if fill.state == FillState.OVER else []
        if fill.unknown:
            wrong.append(f"Not evaluable: of {', '.join(fill.unknown)} a point or the litres are not known.")
        return " ".join(wrong)

    def facts(self, document: Any) -> Iterable[Fact]:
        """What it is."""
        fill = _fill_of(document)
        yield Fact("Area", document.name)
        yield Fact("State", state_badge(fill.state))
        yield Fact("Kind", document.get_kind_display())
        yield Fact("Fire area", document.fire_area or NOTHING)
        yield Fact("Warehouse", document.warehouse)
        for category in sorted(fill.litres):
            yield Fact(f"Category {category}", f"{litres(fill.litres[category])} L")

    def tables(self, request: HttpRequest, document: Any) -> Iterable[Table]:
        """Its limits, and what counts towards them."""
        del request
        fill = _fill_of(document)
        yield Table(
            title="Limits",
            columns=(
                Column("Counted together"),
                Column("State"),
                Column("Used"),
                Column("Litres", number=True),
                Column("Limit", number=True),
                Column("Left", number=True),
                Column("By"),
            ),
            rows=[
                (
                    each.quota.label.capitalize(),
                    state_badge(each.state),
                    bar(each),
                    litres(each.litres),
                    litres(each.quota.litres),
                    litres(each.left),
                    str(each.quota),
                )
                for each in fill.gauges
            ],
            empty=f"No limit is known on {day(document.warehouse.local_date(clock.now()))} for such an area.",
        )
        yield Table(
            title="What is in it and on its way",
            columns=(
                Column("Place"),
                Column("Item"),
                Column("Lot"),
                Column("Category"),
                Column("Here", number=True),
                Column("Coming", number=True),
                Column("Litres", number=True),
            ),
            rows=[_row(each) for each in fill.contents],
            empty="No flammable liquid is in it.",
        )


def state_badge(state: FillState) -> SafeString:
    """How an area stands, in its colour."""
    return badge(state.label.partition(":")[0], TONES[state])


def bar(gauge: Gauge) -> SafeString:
    """How much of a limit is used, as a bar and in words."""
    return format_html(
        '<span class="sg-bar"><progress max="100" value="{}" aria-label="used"></progress> {} %</span>',
        min(gauge.percent, 100),
        gauge.percent,
    )


def litres(much: Decimal) -> str:
    """Litres to the millilitre."""
    return grouped(much.quantize(Decimal("0.001")))


def _fill_of(area: ControlArea) -> AreaFill:
    [fill] = fills_of([area], at=clock.now())
    return fill


def _row(stood: Stood) -> tuple[object, ...]:
    category = stood.liquid.category
    if stood.litres is None:
        told: object = badge(f"Not evaluable: no {' and no '.join(stood.liquid.missing)}", Tone.LATE)
    else:
        told = "Above category 4" if category == NOT_FLAMMABLE else category
    return (
        link_to(Location, stood.location_id, stood.location),
        stood.liquid.number,
        stood.lot or NOTHING,
        told,
        grouped(stood.here),
        grouped(stood.coming),
        NOTHING if stood.litres is None else litres(stood.litres),
    )
