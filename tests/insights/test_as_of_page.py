"""Stock at a moment, at the desk."""

from datetime import timedelta
from decimal import Decimal as D
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.admin.cells import MINUTE, quantity
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import stock
from tests.factories.locations import WarehouseFactory, works_at


@pytest.fixture
def floor(db):
    return a_floor()


@pytest.fixture
def desk(client, floor):
    client.force_login(works_at(UserFactory(roles=[Role.INVENTORY_MANAGER]), floor.warehouse))
    return lambda **asked: client.get(reverse("desk-stock-as-of"), asked)


@pytest.fixture
def a_minute_on(monkeypatch):
    """The clock of the page is ahead, so that a whole minute has passed since what the test does."""
    ahead = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr("apps.insights.as_of.clock.now", lambda: ahead)
    return ahead


def moved(floor, quantity):
    move = Move(
        item_id=floor.item.pk,
        quantity=D(quantity),
        source=Place(location_id=floor.a.pk),
        target=Place(location_id=floor.b.pk),
    )
    post([move], warehouse_id=floor.warehouse.pk, kind=TransactionKind.MOVE, by=floor.by, at=clock.now())


def test_it_asks_for_a_moment_first(desk):
    answer = desk()

    assert answer.status_code == 200
    assert "table" not in answer.context
    assert b'type="datetime-local"' in answer.content


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_it_shows_what_stood_then_by_the_sites_clock(desk, floor, a_minute_on, zone):
    floor.warehouse.timezone = zone
    floor.warehouse.save()
    stock(floor.item, floor.a, 10)
    moved(floor, 4)
    now = a_minute_on.astimezone(ZoneInfo(zone))

    asked = {"warehouse": floor.warehouse.code, "item": "BOLT"}
    later = desk(at=f"{now:{MINUTE}}", **asked)
    before = desk(at=f"{now - timedelta(hours=1):{MINUTE}}", **asked)

    assert later.context["total"] == f"10 {floor.item.unit}"
    assert [row[-2] for row in later.context["table"].rows] == [
        quantity(D(6), floor.item.unit),
        quantity(D(4), floor.item.unit),
    ]
    assert (before.context["total"], before.context["table"].rows) == (f"0 {floor.item.unit}", [])


def test_each_page_leads_to_the_next(desk, floor, a_minute_on, monkeypatch):
    monkeypatch.setattr("apps.insights.as_of.LINES", 2)
    for number in ("N-1", "N-2", "N-3"):
        stock(ItemFactory(number=number), floor.a, 1)

    first = desk(at=f"{a_minute_on:{MINUTE}}").context["table"]
    last = desk(**dict(parse_qsl(first.more[1:]))).context["table"]

    assert (len(first.rows), len(last.rows), last.more) == (2, 1, "")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"at": "2999-01-01T00:00"}, "at"),
        ({"at": "soon"}, "at"),
        ({"at": "2026-01-01T00:00", "item": "NONE"}, "item"),
        ({"at": "2026-01-01T00:00", "location": "A"}, "warehouse"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(desk, asked, field):
    answer = desk(**asked)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_a_place_of_another_site_is_not_known(desk, floor):
    answer = desk(at="2026-01-01T00:00", warehouse=floor.warehouse.code, location="NONE")

    assert list(answer.context["form"].errors) == ["location"]
    assert desk(at="2026-01-01T00:00", warehouse=WarehouseFactory().code).status_code == 400


def test_who_may_not_see_stock_may_not_see_it_at_a_moment(client, floor):
    client.force_login(works_at(UserFactory(roles=[], is_staff=True), floor.warehouse))

    assert client.get(reverse("desk-stock-as-of")).status_code == 403
