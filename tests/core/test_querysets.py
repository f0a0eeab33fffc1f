"""Locks are eager and ordered; people see their own warehouses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.catalog.models import Item, Party, Unit
from apps.core.arrays import texts
from apps.core.errors import NotFound
from apps.core.querysets import storable
from apps.locations.models import Location, Warehouse
from tests.factories.accounts import UserFactory
from tests.factories.api import a_device
from tests.factories.catalog import ItemFactory, PartyFactory, UnitFactory
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at


@pytest.fixture
def site(db):
    return WarehouseFactory(code="LYON")


def test_a_lock_is_taken_at_once_and_in_order(db):
    units = [UnitFactory(code=code) for code in ("B", "A", "C")]

    with CaptureQueriesContext(connection) as captured:
        locked = Unit.objects.lock([unit.pk for unit in reversed(units)])

    assert [unit.pk for unit in locked] == sorted(unit.pk for unit in units)
    (statement,) = [query["sql"] for query in captured]
    assert statement.endswith('FOR NO KEY UPDATE OF "catalog_unit"')
    assert 'ORDER BY "catalog_unit"."id" ASC' in statement


def test_a_lock_takes_what_the_queryset_says(db):
    kept, _ = UnitFactory(code="KEPT"), UnitFactory(code="OTHER")

    assert Unit.objects.filter(code="KEPT").lock() == [kept]


def test_what_is_gone_cannot_be_locked(db):
    with pytest.raises(NotFound) as refusal:
        Unit.objects.lock_one(0)

    assert refusal.value.facts == {"kind": "unit", "number": "0"}


def test_a_person_sees_the_warehouses_they_work_in(site):
    user = works_at(UserFactory(), site)
    mine = LocationFactory(warehouse=site, code="A")
    LocationFactory(code="A")

    assert list(Location.objects.for_user(user).filter(code="A")) == [mine]
    assert list(Warehouse.objects.for_user(user)) == [site]
    assert list(Warehouse.objects.for_user(UserFactory())) == []


def test_a_worker_with_a_device_sees_what_both_may(site):
    other = WarehouseFactory()
    user = works_at(UserFactory(), site, other)
    user.device = a_device(other)

    assert list(Warehouse.objects.for_user(user)) == [other]
    user.device = a_device(WarehouseFactory())
    assert list(Warehouse.objects.for_user(user)) == []


def test_a_superuser_sees_all_but_not_through_a_device(site):
    root = UserFactory(is_superuser=True)
    other = WarehouseFactory()

    assert set(Warehouse.objects.for_user(root)) >= {site, other}
    root.device = a_device(site)
    assert list(Warehouse.objects.for_user(root)) == [site]


def test_a_number_is_found_by_whoever_may_see_it(site):
    user = works_at(UserFactory(), site)
    place = LocationFactory(warehouse=site, code="A-1")
    item = ItemFactory(number="BOLT")

    assert Location.objects.by_number("A-1", user) == place
    assert Warehouse.objects.by_number("LYON", user) == site
    assert Item.objects.by_number("BOLT", user) == item


@pytest.mark.parametrize("number", ["NONE", "a-1", "A-1 ", "", "A\x00"])
def test_no_other_number_will_do(site, number):
    user = works_at(UserFactory(), site)
    LocationFactory(warehouse=site, code="A-1")

    with pytest.raises(NotFound) as refusal:
        Location.objects.by_number(number, user)
    with pytest.raises(NotFound):
        Item.objects.by_number(number, user)

    assert refusal.value.facts == {"kind": "location", "number": number}


def test_what_all_share_is_seen_by_whoever_is_active(db):
    party = PartyFactory()

    assert list(Party.objects.for_user(UserFactory())) == [party]
    assert list(Party.objects.for_user(UserFactory(is_active=False))) == []


def test_text_that_the_database_cannot_hold_is_looked_up_as_nothing():
    assert (storable("A-1"), storable("A\x00")) == ("A-1", "")


def test_columns_of_texts_come_back_as_they_were(db):
    given = ["plain", 'a "quote"', "a\\b", "NULL", "", None, "{a,b}", " two words ", "ümlaut", "plain"]

    with connection.cursor() as cursor:
        cursor.execute("select %s::text[], %s::text[]", [texts(given), texts([])])
        row = cursor.fetchone()

    assert row == (given, [])
