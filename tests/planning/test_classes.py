"""Which items matter most and whose demand is steady: by the year's orders, near a border what they were."""

import csv
import gzip
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry
from apps.orders.models import SalesOrder, SalesOrderLine
from apps.planning.jobs import classify_items as job
from apps.planning.models import ItemClass
from apps.planning.operations import classify_items
from apps.planning.queries import demand_in, weeks_before
from apps.planning.rules import pareto, steadiness, variation
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import ChannelFactory, a_sales_order, a_supervisor
from tests.flows.retail import FILE, NOT_GOODS


@pytest.mark.parametrize(
    ("amounts", "before", "said"),
    [
        # The second begins at 81 %: B, and A as long as it was A, since 81 % is within two points of 80 %.
        ({1: 81, 2: 13, 3: 6}, {}, "ABB"),
        ({1: 81, 2: 13, 3: 6}, {2: "A"}, "AAB"),
        # At 83 % it has gone too far.
        ({1: 83, 2: 11, 3: 6}, {2: "A"}, "ABB"),
        # At 79 % it is A, but a B that has come no further stays one; so does a C at 94 %.
        ({1: 79, 2: 15, 3: 6}, {2: "B", 3: "C"}, "ABC"),
        ({1: 79, 2: 15, 3: 6}, {2: "C"}, "AAB"),
        ({1: 0, 2: 0}, {}, "CC"),
    ],
)
def test_an_item_near_a_border_stays_what_it_was(amounts, before, said):
    found = pareto(amounts, before=before)

    assert "".join(found[item] for item in sorted(found)) == said


def test_steadiness_is_the_variation_over_the_mean_of_enough_weeks():
    assert variation([D(4)] * 8) == 0
    assert variation([D(0), D(8)] * 4) == 1.0  # mean 4, deviation 4
    assert variation([D(0)] * 8) is None
    assert variation([D(4)] * 7) is None
    assert [steadiness(cv) for cv in (0.5, 0.51, 1.0, 1.01)] == ["X", "Y", "Y", "Z"]
    assert [steadiness(0.54, before=was) for was in "XYZ"] == ["X", "Y", "Y"]
    assert [steadiness(0.97, before=was) for was in "XYZ"] == ["Y", "Y", "Z"]


@pytest.mark.skipif(not FILE.exists(), reason="the data set of the retailer is not here")
def test_the_retailer_s_items_by_value_and_by_week():
    """All lines of goods that were sold, as its README cleans them; by week the 39 whole ones from 2010-11-29."""
    value: defaultdict[str, D] = defaultdict(D)
    weeks: defaultdict[str, Counter[int]] = defaultdict(Counter)
    lines: Counter[str] = Counter()
    first = date(2010, 11, 29)
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code, units = row["StockCode"].upper(), int(float(row["Quantity"]))
            if units <= 0 or row["InvoiceNo"].startswith("C") or code in NOT_GOODS or code.startswith("GIFT_"):
                continue
            value[code] += units * D(row["UnitPrice"])
            weeks[code][(date.fromisoformat(row["InvoiceDate"][:10]) - first).days // 7] += units
            lines[code] += 1
    number = {code: place for place, code in enumerate(sorted(value))}

    by_value = Counter(pareto({number[code]: each for code, each in value.items()}).values())
    by_lines = Counter(pareto({number[code]: each for code, each in lines.items()}).values())
    steady = Counter(
        steadiness(cv) for code in value if (cv := variation([D(weeks[code][week]) for week in range(39)])) is not None
    )

    assert (len(value), sum(lines.values())) == (3537, 312_375)
    # Counted by itself with a few lines of Python over the same file.
    assert by_value == {"A": 739, "B": 901, "C": 1897}
    assert by_lines == {"A": 1172, "B": 905, "C": 1460}
    assert steady == {"X": 5, "Y": 438, "Z": 3092}


@pytest.fixture
def shop(db):
    """A site by its own calendar, on a Wednesday at noon."""
    floor = a_floor()
    floor.warehouse.timezone = "Pacific/Auckland"
    floor.warehouse.save()
    floor.now = datetime(2026, 6, 10, 0, tzinfo=UTC)
    floor.nut = ItemFactory(number="NUT")
    return floor


def ordered(shop, *lines, ago=7, state="confirmed", at=None, **more):
    order = a_sales_order(shop.warehouse, *lines, **more)
    placed = at or shop.now - timedelta(days=ago)
    SalesOrder.objects.filter(pk=order.pk).update(placed_at=placed, state=state, currency=more.get("currency", "EUR"))
    return order


@transaction.atomic
def rate(shop, by=None):
    return classify_items(warehouse_id=shop.warehouse.pk, by=by or a_supervisor(), at=shop.now)


def classed(shop, by=None):
    return {str(row): row for row in rate(shop, by)}


def test_demand_is_what_was_asked_for_in_the_week_by_the_calendar_of_the_site(shop):
    mondays = weeks_before(date(2026, 6, 10), 3)
    assert [f"{each:%m-%d}" for each in mondays] == ["05-18", "05-25", "06-01"]
    late_on_sunday = datetime(2026, 5, 31, 11, 59, tzinfo=UTC)  # 23:59 in Auckland
    ordered(shop, (shop.item, 5), at=late_on_sunday)
    ordered(shop, (shop.item, 7), at=late_on_sunday + timedelta(minutes=1))
    ordered(shop, (shop.item, 9), at=datetime(2026, 6, 7, 12, tzinfo=UTC))  # this week: not whole yet
    for state in ("draft", "cancelled", "cancelling"):
        ordered(shop, (shop.item, 80_995), state=state)

    found = demand_in(shop.warehouse, mondays)

    assert {item: (each.weeks, each.lines) for item, each in found.items()} == {
        shop.item.pk: ((D(0), D(5), D(7)), 2),
    }
    assert demand_in(WarehouseFactory(), mondays) == {}


def test_items_are_classed_by_a_year_s_orders_once_a_week_and_one_that_is_asked_for_no_more_is_c(shop):
    for week in range(1, 53):
        ordered(shop, (shop.item, 10), ago=7 * week)
    ordered(shop, (shop.nut, 5))
    own = ordered(shop, (shop.nut, 50))
    SalesOrder.objects.filter(pk=own.pk).update(channel=ChannelFactory(code="OWN", kind="site"))
    SalesOrderLine.objects.filter(item=shop.item).update(price=D(9))
    SalesOrderLine.objects.filter(item=shop.nut).update(price=D(100))

    rows = classed(shop)

    # Bolts 4,680 of 5,180, nuts begin at 90 %; by lines 52 of 53, nuts begin at 98 %.
    assert sorted(rows) == ["BOLT AX", "NUT BZ"]
    bolt, nut = rows["BOLT AX"], rows["NUT BZ"]
    assert (bolt.value, bolt.lines, bolt.units, bolt.variation) == (D("4680.00"), 52, D(520), D(0))
    assert (nut.by_lines, nut.value, nut.units, nut.since) == ("C", D("500.00"), D(5), date(2025, 6, 9))
    assert nut.variation == D("7.1414")  # one of 52 weeks: the root of 51
    boss = a_supervisor()
    rate(shop, boss)
    with CaptureQueriesContext(connection) as few:
        rate(shop, boss)
    for number in range(3):
        ordered(shop, (ItemFactory(number=f"MORE-{number}"), 1))
    with CaptureQueriesContext(connection) as many:
        rate(shop, boss)
    assert len(many) == len(few)
    SalesOrder.objects.filter(lines__item=shop.nut).update(state="cancelled")
    assert "NUT C" in classed(shop)
    gone = ItemClass.objects.get(item=shop.nut)
    assert (gone.by_lines, gone.steadiness, gone.variation, gone.lines) == ("C", "", None, 0)
    assert AuditEntry.objects.filter(kind="item classes").latest("pk").detail == {"items": 5}
    with pytest.raises(NotAllowed):
        classed(shop, by=an_actor(UserFactory(roles=[Role.PICKER])))


def test_a_site_without_orders_has_no_classes_and_beat_asks_once_a_week(shop, time_machine):
    assert classed(shop) == {}
    time_machine.move_to(datetime(2026, 6, 10, 20, tzinfo=UTC))  # eight in the morning there
    ordered(shop, (shop.item, 10), ago=7)
    assert job() == 1
    assert ItemClass.objects.count() == 1
    ordered(shop, (shop.nut, 10), ago=7)
    time_machine.move_to(datetime(2026, 6, 11, 20, tzinfo=UTC))
    job()
    assert ItemClass.objects.count() == 1
    time_machine.move_to(datetime(2026, 6, 15, 20, tzinfo=UTC))
    job()
    assert ItemClass.objects.count() == 2


def test_classes_are_read_where_one_works(shop):
    ordered(shop, (shop.item, 10))
    classed(shop)
    boss = a_person(shop.warehouse, roles=(Role.BUYER,))

    [row] = boss.get("/item-classes", by_lines="A", steadiness="Z").json()["results"]

    assert (row["item"], row["units"], row["weeks"]) == ("BOLT", "10", 52)
    assert boss.get("/item-classes", steadiness="X").json()["results"] == []
    assert a_person(WarehouseFactory()).get(f"/item-classes/{row['id']}").status_code == 404
