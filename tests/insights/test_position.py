"""The stock position: exact figures, the caller's sites alone, as many statements for twenty items as for two."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.core.decimals import plain
from apps.insights.drill import DRILLS, Scope
from apps.insights.position import STOCK_FIGURES, TITLES, Figures, Split, stock_position
from apps.ledger.operations import Move, Place, hold_lots, post
from apps.ledger.states import HoldReason, TransactionKind
from apps.locations.choices import LocationKind
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.insights.position_world import FIGURES, a_world

AMOUNTS = {
    "balances": ("on_hand",),
    "expected-receipts": ("quantity", "received"),
    "promises": ("quantity", "allocated"),
    "picks": ("picked",),
}


def manager():
    return UserFactory(is_superuser=True)


def position(user=None, **asked):
    return stock_position(user or manager(), at=clock.now(), **asked)


def shown(figures):
    return {name: plain(getattr(figures, name)) for name in TITLES}


def test_each_figure_of_the_worked_example(db):
    world = a_world()

    (row,) = position(item=world.item).rows

    assert shown(row.figures) == FIGURES
    assert row.parts == ()


@pytest.mark.parametrize(
    ("by", "parts"),
    [
        (Split.LOT, {"GOOD": ("95", "15", "55"), "HELD": ("30", "0", "0"), "OLD": ("10", "0", "0")}),
        (Split.STATUS, {"available": ("130", "15", "55"), "damaged": ("5", "0", "0")}),
        (Split.HOLD, {"": ("105", "15", "55"), "quality": ("30", "0", "0")}),
        (Split.OWNER, {"": ("135", "15", "55")}),
    ],
)
def test_the_parts_of_the_stock_add_up_to_it(db, by, parts):
    world = a_world()

    (row,) = position(item=world.item, by=by).rows

    found = {part.key.split("-")[0]: shown(part.figures) for part in row.parts}
    assert {key: tuple(figures[name] for name in STOCK_FIGURES[:3]) for key, figures in found.items()} == parts
    assert shown(row.figures) == FIGURES


def test_goods_of_another_owner_are_a_part_of_their_own(db):
    site, item, owner = WarehouseFactory(), ItemFactory(), PartyFactory(number="CONS", name="Consignor")
    bin_ = LocationFactory(warehouse=site)
    stock(item, bin_, 3)
    supplier = site.locations.get(kind=LocationKind.SUPPLIER)
    post(
        [
            Move(
                item_id=item.pk,
                owner_id=owner.pk,
                quantity=Decimal(4),
                source=Place(location_id=supplier.pk),
                target=Place(location_id=bin_.pk),
            )
        ],
        warehouse_id=site.pk,
        kind=TransactionKind.RECEIVE,
        by=an_actor(),
        at=clock.now(),
    )

    (row,) = position(by=Split.OWNER).rows

    assert [(part.label, part.figures.on_hand) for part in row.parts] == [("Our own", 3), ("CONS Consignor", 4)]


def test_of_two_holds_the_first_counts(db):
    world = a_world()
    hold_lots([world.lots[1].pk], reason=HoldReason.RECALL, by=an_actor())

    (row,) = position(by=Split.HOLD).rows

    assert [part.key for part in row.parts] == ["", "quality"]


def test_stock_on_the_road_is_told_apart_and_its_column_shown_only_then(db):
    site, item = WarehouseFactory(), ItemFactory()
    stock(item, LocationFactory(warehouse=site), 3)
    assert "in_transit" not in position().columns

    stock(item, LocationFactory(warehouse=site, kind=LocationKind.TRANSIT), 4)

    found = position()
    assert "in_transit" in found.columns
    assert found.rows[0].figures == Figures(on_hand=Decimal(3), available=Decimal(3), in_transit=Decimal(4))


def test_one_item_over_all_sites_and_one_site_over_all_items(db):
    here, there = WarehouseFactory(code="HERE"), WarehouseFactory(code="THERE")
    one, other = ItemFactory(number="A"), ItemFactory(number="B")
    for site, item, quantity in ((here, one, 1), (there, one, 2), (here, other, 4)):
        stock(item, LocationFactory(warehouse=site), quantity)

    def figures(**asked):
        return [(row.subject.item, row.subject.warehouse, row.figures.on_hand) for row in position(**asked).rows]

    assert figures(item=one) == [("A", "HERE", 1), ("A", "THERE", 2)]
    assert figures(warehouse=here) == [("A", "HERE", 1), ("B", "HERE", 4)]
    assert figures(item=other, warehouse=there) == []


def test_pieces_and_kilograms_are_not_added_up(db):
    site = WarehouseFactory()
    for item in (ItemFactory(unit__code="EA"), ItemFactory(unit__code="EA"), ItemFactory(unit__code="KG")):
        stock(item, LocationFactory(warehouse=site), 5)

    assert {unit: figures.on_hand for unit, figures in position().totals.items()} == {"EA": 10, "KG": 5}


def test_a_back_order_here_is_not_filled_by_stock_elsewhere(db):
    world = a_world()
    stock(world.item, LocationFactory(), 500, lot=world.lots[0])

    figures = position(item=world.item).totals[world.item.unit.code]

    assert (figures.available, figures.back_ordered) == (555, 65)


def test_nobody_sees_the_stock_of_a_site_they_do_not_work_at(db):
    own, other = a_world(), a_world()
    user = works_at(UserFactory(), own.site)

    assert {row.subject.warehouse for row in position(user).rows} == {own.site.code}
    assert position(user, item=other.item).rows == ()
    assert position(UserFactory()).rows == ()


@pytest.mark.parametrize("by", [None, *Split])
def test_twenty_items_take_as_many_statements_as_two(db, by):
    site, user = WarehouseFactory(), manager()

    def statements(count):
        for _ in range(count):
            a_world(site)
        with CaptureQueriesContext(connection) as captured:
            rows = position(user, warehouse=site, by=by).rows
        return len(captured), len(rows)

    assert statements(2) == (5, 2)
    # A world takes a while to make: plain stock shows the same.
    for _ in range(18):
        stock(ItemFactory(), LocationFactory(warehouse=site), 1)
    assert statements(0) == (5, 20)


def amount(resource, row):
    """What a row of a list counts for."""
    first, *rest = (Decimal(row[name]) for name in AMOUNTS[resource])
    return first - sum(rest)


def rows_behind(caller, address):
    path, _, query = address.removeprefix("/api/v1").partition("?")
    answer = caller.client.get(f"/api/v1{path}?{query}")
    assert answer.status_code == 200, (address, answer.content)
    return path.strip("/"), answer.json()["results"]


def test_each_link_of_the_api_leads_to_rows_that_add_up_to_its_figure(db):
    world = a_world()
    a_world(world.site)
    caller = a_person(world.site)

    row = caller.get("/stock-position", item=world.item.number).json()["results"][0]

    assert set(row["links"]) == set(TITLES) - {"outbound"}
    for name, address in row["links"].items():
        resource, rows = rows_behind(caller, address)
        column = {"reserved": "reserved", "available": "free"}.get(name)
        total = sum((Decimal(each[column]) if column else amount(resource, each)) for each in rows)
        if name == "back_ordered":
            total -= Decimal(row["figures"]["available"])
        assert plain(Decimal(total)) == row["figures"][name], name


@pytest.mark.parametrize("by", Split)
def test_each_link_of_a_part_leads_to_rows_that_add_up_to_its_figure(db, by):
    world = a_world()
    caller = a_person(world.site)
    columns = {"on_hand": "on_hand", "in_transit": "on_hand", "reserved": "reserved", "available": "free"}

    row = caller.get("/stock-position", item=world.item.number, by=by.value).json()["results"][0]

    assert row["parts"]
    for part in row["parts"]:
        for name, address in part["links"].items():
            _, rows = rows_behind(caller, address)
            total = sum(Decimal(each[columns[name]]) for each in rows)
            assert plain(Decimal(total)) == part["figures"][name], (part["key"], name)


@pytest.mark.parametrize("by", [None, *Split])
def test_each_link_at_the_desk_leads_to_rows_that_add_up_to_its_figure(client, db, by):
    world = a_world()
    a_world(world.site)
    client.force_login(manager())
    amounts = {
        "on_hand": lambda row: row.on_hand,
        "in_transit": lambda row: row.on_hand,
        "reserved": lambda row: row.reserved,
        "available": lambda row: row.free,
        "inbound": lambda row: row.quantity - row.received,
        "promised": lambda row: row.quantity - row.allocated,
        "picked": lambda row: row.remaining,
        "back_ordered": lambda row: row.missing,
    }
    (row,) = position(item=world.item, by=by).rows
    scopes = [(Scope(subject=row.subject), row.figures, set(DRILLS))]
    scopes += [(Scope(subject=row.subject, by=by, part=part), part.figures, set(STOCK_FIGURES)) for part in row.parts]

    for scope, figures, names in scopes:
        for name in names:
            answer = client.get(scope.desk(name))
            assert answer.status_code == 200, scope.desk(name)
            listed = sum(amounts[name](each) for each in answer.context["cl"].result_list)
            assert listed == getattr(figures, name), (scope.desk(name), name)
