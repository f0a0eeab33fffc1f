"""What will probably be asked for, at the desk."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import INBOUND
from apps.core import clock
from apps.core.admin import OwnFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.page import PageAdmin
from apps.planning.models import ItemForecast
from apps.planning.queries import WEEK, Outcome, demand_in, outcome_of, weeks_before

SHOWN = 13


@admin.register(ItemForecast)
class ItemForecastAdmin(PageAdmin):
    """The forecast of each item, week by week, with why it is so."""

    access = INBOUND
    list_display = ("item", "warehouse", "made", "next_week", "quarter", "method", "off", "leans")
    list_select_related = ("item__unit", "warehouse")
    list_filter = (("warehouse", OwnFilter), "method", "made_on")
    search_fields = ("item__number", "item__name")
    first_step = "Demand is forecast once a week from what customers ordered in the last two years."

    def get_queryset(self, request: HttpRequest) -> QuerySet[ItemForecast]:
        """Of each item the last; those before are kept to be judged by."""
        rows = super().get_queryset(request)
        return rows.filter(pk__in=ItemForecast.objects.newest().values("pk"))

    @admin.display(description="from", ordering="made_on")
    def made(self, row: ItemForecast) -> str:
        """The first week."""
        return day(row.made_on)

    @admin.display(description="next week")
    def next_week(self, row: ItemForecast) -> SafeString:
        """Expected in the first week."""
        return quantity(round(row.expected[0], row.item.scale), row.item.unit)

    @admin.display(description="next quarter")
    def quarter(self, row: ItemForecast) -> SafeString:
        """Expected in all weeks together."""
        return quantity(round(sum(row.expected), row.item.scale), row.item.unit)

    @admin.display(description="error", ordering="rmsse")
    def off(self, row: ItemForecast) -> str:
        """RMSSE of the backtest: below 1 it is better than to say that all stays as it is."""
        return f"{row.rmsse:.2f}" if row.rmsse is not None else NOTHING

    @admin.display(description="bias", ordering="bias")
    def leans(self, row: ItemForecast) -> str:
        """Of the backtest, over mean demand; above nought too much was expected."""
        return f"{row.bias:+.2f}" if row.bias is not None else NOTHING

    def facts(self, document: ItemForecast) -> Iterable[Fact]:
        """What it is of, and why it is so."""
        yield Fact("Item", link(document.item, f"{document.item} {document.item.name}"))
        yield Fact("Site", document.warehouse)
        yield Fact("From", day(document.made_on))
        yield Fact("Weeks of demand", document.weeks)
        yield Fact("Error (RMSSE)", self.off(document))
        yield Fact("Bias", self.leans(document))
        yield Fact("Why", document.because)
        yield Fact("Turned out", _turned_out(outcome_of(document.warehouse, document.item_id, clock.now())))

    def tables(self, request: HttpRequest, document: ItemForecast) -> Iterable[Table]:
        """The weeks ahead, and the last ones behind."""
        del request
        unit, scale = document.item.unit, document.item.scale
        weeks = zip(document.expected, document.low, document.high, strict=True)
        yield Table(
            title="Weeks ahead",
            columns=(
                Column("Week of"),
                Column("Expected", number=True),
                Column("At least, 19 of 20", number=True),
                Column("At most, 19 of 20", number=True),
            ),
            rows=[
                (
                    day(document.made_on + number * WEEK),
                    *(quantity(round(each, scale), unit) for each in told),
                )
                for number, told in enumerate(weeks)
            ],
        )
        outcome = outcome_of(document.warehouse, document.item_id, clock.now())
        yield Table(
            title="How earlier forecasts turned out",
            columns=(Column("Week of"), Column("Expected", number=True), Column("Asked for", number=True)),
            rows=[
                (day(monday), quantity(round(expected, scale), unit), quantity(asked, unit))
                for monday, expected, asked in outcome.weeks
            ],
            empty="None of the last 13 weeks was forecast: from the second week on it stands here.",
        )
        mondays = weeks_before(document.made_on, SHOWN)
        asked = demand_in(document.warehouse, mondays, item_id=document.item_id).get(document.item_id)
        yield Table(
            title="Weeks behind",
            columns=(Column("Week of"), Column("Asked for", number=True)),
            rows=[
                (day(monday), quantity(amount, unit))
                for monday, amount in zip(mondays, asked.weeks if asked is not None else (), strict=False)
            ],
            empty="Nobody asked for it in the last quarter.",
        )


def _turned_out(outcome: Outcome) -> str | SafeString:
    if outcome.wape is None or outcome.bias is None:
        return "Nothing to tell yet: of the last 13 weeks none was forecast, or nobody asked for it."
    weeks = f"{len(outcome.weeks)} weeks" if len(outcome.weeks) > 1 else "one week"
    said = f"In {weeks} {outcome.wape:.0%} off (WAPE), bias {outcome.bias:+.0%}"
    if outcome.signal is None:
        return f"{said}."
    said = f"{said}, tracking signal {outcome.signal:+.1f}"
    return badge(f"{said}: it leans to one side.", Tone.LATE) if outcome.runs_off else f"{said}."
