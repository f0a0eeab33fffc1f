"""The chart of moves: exact figures by the calendar of the warehouse, each bar leading to exactly its rows."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.insights.chart import ALL, DAYS, chart_of, moves_by_day, rounded_up
from apps.ledger.models import StockMove
from apps.ledger.states import TransactionKind
from tests.admin.pages import address
from tests.factories.catalog import ItemFactory
from tests.factories.desk import a_desk
from tests.factories.ledger import stock
from tests.factories.locations import LocationFactory, WarehouseFactory


def bars(browser, site):
    (found,) = [each for each in browser.get(reverse("admin:index")).context["desk"] if each.code == site.code]
    return found.chart.bars


def test_a_days_moves_are_counted_by_what_they_were_and_lead_to_their_rows(manager):
    site = a_desk(3)
    a_desk(1)

    *earlier, today = bars(manager, site)

    assert [bar.total for bar in earlier] == [0] * (DAYS - 1)
    assert today.on == site.local_date(clock.now())
    assert dict(zip([band.title for band in ALL], today.counts, strict=True)) == {
        "Received": 9,
        "Put away": 0,
        "Picked": 0,
        "Shipped": 0,
        "Adjusted": 3,
        "Other": 0,
    }
    assert manager.get(today.address).context["cl"].result_count == today.total == 12
    assert manager.get(earlier[-1].address).context["cl"].result_count == 0


def test_the_day_is_the_warehouses_own(manager, monkeypatch):
    site = WarehouseFactory(timezone="Pacific/Kiritimati")
    stock(ItemFactory(), LocationFactory(warehouse=site), 5)
    recorded = StockMove.objects.get().recorded_at

    counts = moves_by_day([site], recorded)

    assert counts == {(site.pk, site.local_date(recorded)): {"received": 1}}
    page = manager.get(address(StockMove), {"day": site.local_date(recorded).isoformat()})
    assert page.context["cl"].result_count == 1


def test_what_is_older_than_the_chart_is_not_in_it(db):
    site = WarehouseFactory()
    stock(ItemFactory(), LocationFactory(warehouse=site), 5)
    counts = {(site.pk, date(2027, 3, 1)): {"picked": 7}, (site.pk, date(2027, 3, 2)): {"picked": 2, "other": 1}}

    chart = chart_of(site, counts, date(2027, 3, 15))

    assert chart.bars[0].on == date(2027, 3, 2)
    assert (chart.total, chart.top, chart.half) == (3, 5, None)
    assert chart.bars[0].words == "Tuesday 2\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2027: 3 moves (2 picked, 1 other)"
    assert moves_by_day([site], datetime(2099, 1, 1, tzinfo=UTC)) == {}


def test_every_kind_of_posting_has_one_band():
    kinds = [kind for band in ALL for kind in band.kinds]

    assert len(kinds) == len(set(kinds))
    assert set(kinds) <= set(TransactionKind)


def test_the_parts_of_a_bar_stand_on_each_other_and_fill_it(db):
    site = WarehouseFactory()

    bar = chart_of(site, {(site.pk, date(2027, 3, 1)): {"received": 50, "picked": 50}}, date(2027, 3, 1)).bars[-1]

    lower, upper = bar.parts
    assert (lower.y, lower.height, upper.y, upper.height) == (69.0, 61.0, 8.0, 61.0)


@pytest.mark.parametrize(
    ("count", "line"), [(0, 2), (1, 2), (3, 5), (5, 5), (6, 10), (11, 20), (21, 50), (99, 100), (101, 200)]
)
def test_the_upper_line_has_a_figure_that_one_can_read(count, line):
    assert rounded_up(count) == line


def test_the_chart_is_told_in_words_too(manager):
    a_desk(1)

    page = manager.get(reverse("admin:index")).content.decode()

    assert "<title id=" in page
    assert "The same as a table" in page
    assert "style=" not in page[page.index("sg-chart") : page.index("The same as a table")]


def test_a_warehouse_where_nothing_moves_is_told_what_the_first_move_is(manager):
    WarehouseFactory()

    assert b"Nothing has moved yet" in manager.get(reverse("admin:index")).content


def test_who_may_not_see_moves_sees_no_chart(desk_of):
    site = a_desk(1)

    (found,) = desk_of(Role.PICKER, at=[site]).get(reverse("admin:index")).context["desk"]

    assert found.chart is None


@pytest.mark.parametrize("day", ["", "x", "2027-02-30", "0001-01-01", "9999-12-31", "2027-01-01\x00"])
def test_a_day_that_is_none_has_no_moves(manager, day):
    a_desk(1)

    answer = manager.get(address(StockMove), {"day": day})

    assert answer.status_code == 200
    assert answer.context["cl"].result_count == 0


def test_the_chart_asks_one_question(db):
    sites = WarehouseFactory.create_batch(3)

    with CaptureQueriesContext(connection) as asked:
        moves_by_day(sites, clock.now())

    assert len(asked) == 1
