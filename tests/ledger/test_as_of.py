"""What stood where at a past moment: by what was recorded until then, whatever came later or came late."""

from datetime import timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.core import clock
from apps.ledger.models import StockMove, StockTransaction
from apps.ledger.operations import Move, Place, post
from apps.ledger.queries.as_of import stock_as_of
from apps.ledger.states import StockStatus, TransactionKind
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory

MINUTE = timedelta(minutes=1)


def moved(floor, quantity, source, target, *, by=None, status=StockStatus.AVAILABLE):
    return post(
        [
            Move(
                item_id=floor.item.pk,
                quantity=D(quantity),
                source=Place(location_id=source.pk),
                target=Place(location_id=target.pk, status=status),
            )
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.MOVE,
        by=by or floor.by,
        at=clock.now(),
    )


def recorded(posting):
    return StockTransaction.objects.get(pk=posting).recorded_at


def asked(person, at, **more):
    body = person.get("/stock-as-of", at=at.isoformat(), **more).json()
    return body["total"], [
        (row["item"], row["location"], row["lot"], row["status"], row["quantity"]) for row in body["results"]
    ]


@pytest.fixture
def person(floor):
    return a_person(floor.warehouse)


def test_each_moment_keeps_its_stock(floor, person):
    came = recorded(stock(floor.item, floor.a, 10))
    went = recorded(moved(floor, 4, floor.a, floor.b))
    broke = recorded(moved(floor, 1, floor.b, floor.b, status=StockStatus.DAMAGED))
    moved(floor, 6, floor.a, floor.customer)

    assert asked(person, came - MINUTE, item="BOLT") == ("0", [])
    assert asked(person, came, item="BOLT") == ("10", [("BOLT", "A", None, "available", "10")])
    assert asked(person, went, item="BOLT") == (
        "10",
        [("BOLT", "A", None, "available", "6"), ("BOLT", "B", None, "available", "4")],
    )
    assert asked(person, broke, item="BOLT") == (
        "10",
        [
            ("BOLT", "A", None, "available", "6"),
            ("BOLT", "B", None, "available", "3"),
            ("BOLT", "B", None, "damaged", "1"),
        ],
    )
    assert asked(person, clock.now(), item="BOLT")[0] == "4"


def test_a_place_and_a_warehouse_are_asked_for_too(floor, person):
    lot = LotFactory(item=ItemFactory(number="MILK", lots=True), number="L-1")
    stock(floor.item, floor.a, 10)
    stock(lot.item, floor.b, 3, lot=lot)
    both = clock.now()
    moved(floor, 10, floor.a, floor.b)

    site = floor.warehouse.code
    in_a, in_b = ("BOLT", "A", None, "available", "10"), ("MILK", "B", "L-1", "available", "3")
    assert asked(person, both, warehouse=site) == (None, [in_a, in_b])
    assert asked(person, both) == (None, [in_a, in_b])
    assert asked(person, both, warehouse=site, location="A") == (None, [in_a])
    assert asked(person, both, warehouse=site, location="B", item="MILK") == ("3", [in_b])
    assert asked(person, both, warehouse=site, location="B", item="BOLT") == ("0", [])


def test_a_device_that_was_offline_does_not_rewrite_the_past(floor, person):
    stock(floor.item, floor.a, 10)
    before = clock.now()
    late = an_actor(occurred_at=before - timedelta(hours=8))
    posting = moved(floor, 4, floor.a, floor.b, by=late)

    assert StockTransaction.objects.get(pk=posting).occurred_at < before
    assert asked(person, before, item="BOLT") == ("10", [("BOLT", "A", None, "available", "10")])
    assert len(asked(person, clock.now(), item="BOLT")[1]) == 2


def test_all_pages_together_are_the_whole_and_none_twice(floor, person):
    items = [ItemFactory(number=f"P-{n}") for n in range(3)]
    serials = [SerialFactory(item=ItemFactory(number="CLOCK", serials=True))]
    serials += [SerialFactory(item=serials[0].item) for _ in range(2)]
    for item in items:
        stock(item, floor.a, 1)
        stock(item, floor.b, 2)
    for serial in serials:
        stock(serial.item, floor.a, 1, serial=serial)

    seen, address = [], f"/stock-as-of?at={clock.now().isoformat().replace('+00:00', 'Z')}&page_size=2"
    while address:
        body = person.get(address.rsplit("/api/v1", maxsplit=1)[-1]).json()
        seen += [(row["item"], row["location"], row["serial"], row["quantity"]) for row in body["results"]]
        assert len(body["results"]) <= 2
        address = body["next"]

    assert sorted(seen, key=str) == sorted(
        [(item.number, place, None, quantity) for item in items for place, quantity in (("A", "1"), ("B", "2"))]
        + [("CLOCK", "A", serial.number, "1") for serial in serials],
        key=str,
    )


def test_many_items_are_replayed_a_few_at_a_time(floor, person, monkeypatch):
    monkeypatch.setattr("apps.ledger.queries.as_of.ITEMS", 2)
    items = [ItemFactory() for _ in range(5)]
    for item in items:
        stock(item, floor.a, 1)

    first = stock_as_of(person.user, at=clock.now(), limit=3)
    rest = stock_as_of(person.user, at=clock.now(), limit=3, after=first.after or 0)

    assert [row.item_id for row in first.rows + rest.rows] == [item.pk for item in items]
    assert (first.after is None, rest.after) == (False, None)


def test_a_page_takes_as_many_statements_for_twenty_rows_as_for_two(floor, person):
    def statements():
        return person.statements(lambda: person.get("/stock-as-of", at=clock.now().isoformat()))

    for _ in range(2):
        stock(ItemFactory(), floor.a, 1)
    few, answer = statements()
    assert len(answer.json()["results"]) == 2
    for _ in range(18):
        stock(ItemFactory(), floor.a, 1, lot=None)
    many, answer = statements()

    assert len(answer.json()["results"]) == 20
    assert many == few


def test_only_ones_own_warehouses_are_seen(floor, person):
    elsewhere = another_floor()
    stock(floor.item, floor.a, 1)
    stock(elsewhere.item, elsewhere.a, 5)
    at = clock.now()

    assert [row[1:] for row in asked(person, at)[1]] == [("A", None, "available", "1")]
    assert asked(person, at, item=elsewhere.item.number) == ("0", [])
    refused(person.get("/stock-as-of", at=at.isoformat(), warehouse=elsewhere.warehouse.code), 404, "not_found")
    refused(
        person.get("/stock-as-of", at=at.isoformat(), warehouse=floor.warehouse.code, location="NONE"),
        404,
        "not_found",
    )
    assert a_person(WarehouseFactory()).get("/stock-as-of", at=at.isoformat()).json()["results"] == []


def another_floor():
    warehouse = WarehouseFactory()
    return SimpleNamespace(
        warehouse=warehouse, a=LocationFactory(warehouse=warehouse, code="A"), item=ItemFactory(number="NUT")
    )


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({}, "at"),
        ({"at": "noon"}, "at"),
        ({"at": "2999-01-01T00:00:00Z"}, "at"),
        ({"at": "2026-01-01T00:00:00Z", "location": "A"}, "warehouse"),
        ({"at": "2026-01-01T00:00:00Z", "after": "0"}, "after"),
        ({"at": "2026-01-01T00:00:00Z", "page_size": "1000"}, "page_size"),
    ],
)
def test_what_cannot_be_asked_is_said(person, params, field):
    assert list(refused(person.get("/stock-as-of", **params), 400, "malformed")) == [field]


def test_moves_of_one_posting_share_their_moment(floor):
    posting = stock(floor.item, floor.a, 1)

    assert {move.recorded_at for move in StockMove.objects.filter(transaction=posting)} == {recorded(posting)}
