"""Which promises no available stock covers: first come first served, and only the site's own stock counts."""

from datetime import timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from apps.core import clock
from apps.supply.models import Promise
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stock
from tests.factories.locations import LocationFactory, WarehouseFactory

pytestmark = pytest.mark.django_db


def promise(item, site, quantity, *, after=0, allocated=0, document=None):
    at = clock.now()
    return Promise.objects.create(
        warehouse=site,
        item=item,
        document=document or f"SO-{Promise.objects.count():06d}",
        line=1,
        quantity=quantity,
        allocated=allocated,
        due_on=at.date(),
        promised_at=at.replace(microsecond=0) + timedelta(minutes=after),
    )


def missing(rows=None):
    found: Any = (rows if rows is not None else Promise.objects.all()).back_ordered(clock.now())
    return {row.document: row.missing for row in found}


def test_the_first_are_served_first_and_the_next_in_part():
    item, site = ItemFactory(), WarehouseFactory()
    stock(item, LocationFactory(warehouse=site), 10)
    promise(item, site, 4, after=9, document="LAST")
    promise(item, site, 8, after=1, document="SECOND")
    promise(item, site, 6, after=0, document="FIRST")

    assert missing() == {"SECOND": D(4), "LAST": D(4)}
    assert missing(Promise.objects.filter(document="LAST")) == {"LAST": D(4)}


def test_promises_of_one_instant_are_served_in_their_order():
    item, site = ItemFactory(), WarehouseFactory()
    stock(item, LocationFactory(warehouse=site), 5)
    one, two = promise(item, site, 5), promise(item, site, 5)
    Promise.objects.update(promised_at=one.promised_at)

    assert missing() == {two.document: D(5)}


def test_what_is_allocated_or_ended_asks_for_nothing():
    item, site = ItemFactory(), WarehouseFactory()
    promise(item, site, 5, allocated=5)
    promise(item, site, 5, allocated=2, document="PART")
    Promise.objects.filter(pk=promise(item, site, 5).pk).update(closed_at=clock.now())

    assert missing() == {"PART": D(3)}


def test_stock_of_another_site_or_item_fills_nothing():
    item, site = ItemFactory(), WarehouseFactory()
    stock(item, LocationFactory(), 50)
    stock(ItemFactory(), LocationFactory(warehouse=site), 50)
    promise(item, site, 5, document="ALL")

    assert missing() == {"ALL": D(5)}


def test_the_api_tells_them_apart():
    item, site = ItemFactory(), WarehouseFactory()
    stock(item, LocationFactory(warehouse=site), 5)
    promise(item, site, 5, document="FILLED")
    promise(item, site, 5, after=1, document="WAITS")
    caller = a_person(site)

    def documents(**asked):
        return [row["document"] for row in caller.get("/promises", **asked).json()["results"]]

    assert documents(back_ordered="true") == ["WAITS"]
    assert documents(back_ordered="false") == ["FILLED"]
