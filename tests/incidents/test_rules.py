"""How lost days are counted, when something is told to the authority, and rates: exact values."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest

from apps.incidents.efile import CASE_COLUMNS, SUMMARY_COLUMNS
from apps.incidents.rules.clocks import report_due
from apps.incidents.rules.counting import Days, Facts, Span, count_days, outcome_of
from apps.incidents.rules.rates import rate
from apps.incidents.states import LostKind, Outcome
from tests.core.shared_data import shared

AWAY, RESTRICTED = LostKind.AWAY, LostKind.RESTRICTED


def span(kind, first, last=None):
    return Span(kind=kind, first=date.fromisoformat(first), last=last and date.fromisoformat(last))


@pytest.mark.parametrize(
    ("spans", "until", "counted"),
    [
        pytest.param([span(AWAY, "2026-03-06", "2026-03-09")], "2026-03-20", Days(away=3), id="not the day itself"),
        pytest.param([span(RESTRICTED, "2026-03-06", "2026-03-06")], "2026-03-20", Days(), id="only the day itself"),
        pytest.param(
            [span(AWAY, "2026-03-07", "2026-03-08"), span(RESTRICTED, "2026-03-08", "2026-03-10")],
            "2026-03-20",
            Days(away=2, restricted=2),
            id="away and restricted is away",
        ),
        # In New York clocks go forward on 8 March: it is a day as any other.
        pytest.param([span(AWAY, "2026-03-07")], "2026-03-09", Days(away=3, goes_on=True), id="clocks change"),
        pytest.param([span(AWAY, "2026-12-30")], "2027-01-02", Days(away=4, goes_on=True), id="over the year's end"),
        pytest.param(
            [span(AWAY, "2026-03-07", "2026-08-13"), span(RESTRICTED, "2026-08-14")],
            "2027-03-06",
            Days(away=160, restricted=20, is_capped=True),
            id="180 of both together",
        ),
        pytest.param([span(AWAY, "2026-03-07", "2026-09-02")], "2026-12-31", Days(away=180), id="just 180"),
        pytest.param([span(AWAY, "2026-04-01")], "2026-03-20", Days(goes_on=True), id="not begun yet"),
    ],
)
def test_days_are_those_of_the_calendar_from_the_day_after(spans, until, counted):
    assert count_days(date(2026, 3, 6), spans, until=date.fromisoformat(until), most=180) == counted


def test_a_case_stands_in_the_column_of_its_most_serious_outcome():
    work = {"is_work_related": True, "is_new_case": True}
    both = Days(away=1, restricted=2)

    assert outcome_of(Facts(**work, has_died=True, is_treated=True), both) == Outcome.DEATH
    assert outcome_of(Facts(**work), both) == Outcome.AWAY
    assert outcome_of(Facts(**work), Days(restricted=2)) == Outcome.RESTRICTED
    for criterion in ("is_treated", "is_unconscious", "is_significant"):
        assert outcome_of(Facts(**work, **{criterion: True}), Days()) == Outcome.OTHER
    assert outcome_of(Facts(**work), Days()) is None  # first aid
    assert outcome_of(Facts(is_new_case=True, has_died=True), both) is None
    assert outcome_of(Facts(is_work_related=True, has_died=True), both) is None


def test_hours_run_from_when_it_was_learned_of_and_are_hours_when_clocks_change():
    new_york = ZoneInfo("America/New_York")
    hurt = datetime(2026, 3, 8, 1, 30, tzinfo=new_york)  # half an hour before clocks go forward
    eight, days = timedelta(hours=8), timedelta(days=30)

    due = report_due(occurred_at=hurt, happened_at=hurt, learned_at=hurt, window=days, within=eight)

    assert due is not None
    assert due.astimezone(new_york).strftime("%H:%M") == "10:30"
    for more, told in ((0, True), (1, False)):
        happened = hurt.astimezone(UTC) + timedelta(hours=24, minutes=more)
        day = timedelta(hours=24)
        by = report_due(occurred_at=hurt, happened_at=happened, learned_at=happened, window=day, within=eight)
        assert (by == happened + eight) is told


def test_rates_are_of_two_hundred_thousand_hours_and_none_of_no_hours():
    assert (rate(3, hours=412_000, per=200_000), rate(2, hours=412_000, per=200_000)) == (D("1.46"), D("0.97"))
    assert rate(0, hours=412_000, per=200_000) == D("0.00")
    assert rate(3, hours=0, per=200_000) is None


def test_upload_files_have_the_authoritys_columns_in_its_order():
    said = dict(
        line.split(": ", 1)
        for line in shared("osha/ita_columns.md").read_text().splitlines()
        if not line.startswith("#")
    )

    assert ",".join(SUMMARY_COLUMNS) == said["300A summary"]
    assert ",".join(CASE_COLUMNS) == said["300/301 case detail"]
