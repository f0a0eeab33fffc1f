"""Goods that go to another site are ours all the way: one call posts in both warehouses, whole units travel."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.core.invariants import check_invariants
from apps.ledger.errors import (
    AlreadyPosted,
    BelongsToDocument,
    LotExpired,
    LotOnHold,
    MoveRefused,
    UnitElsewhere,
)
from apps.ledger.models import HandlingUnit, StockBalance, StockMove, StockTransaction
from apps.ledger.operations import (
    Move,
    Place,
    dispatch_units,
    hold_lots,
    let_go_units,
    move_unit,
    nest_unit,
    open_units,
    post,
    reverse,
)
from apps.ledger.states import HoldReason, TransactionKind, UnitKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.supply.queries import available_to_promise
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import refusing
from tests.invariants import broken_by


@pytest.fixture
def road(floor):
    """The transit place of another site."""
    other = WarehouseFactory(code="LYON")
    return LocationFactory(warehouse=other, code="ROAD", kind=LocationKind.TRANSIT)


def assert_nothing_but_unasked():
    """All that must hold holds, but that no transfer stands behind what the ledger was told to send here."""
    assert {violation.invariant.number for violation in check_invariants()} == {"I34"}


def a_unit(floor, kind=UnitKind.CARTON, document="SH-1"):
    (unit,) = open_units(warehouse_id=floor.warehouse.pk, kind=kind, document=document)
    return unit


@transaction.atomic
def send(floor, road, *units, by=None):
    return dispatch_units(
        list(units),
        warehouse_id=floor.warehouse.pk,
        target_id=road.pk,
        by=by or floor.by,
        at=clock.now(),
        document="SH-1",
    )


def test_a_carton_leaves_one_site_and_stands_in_the_transit_of_the_other(floor, road):
    lot = LotFactory()
    unit = a_unit(floor)
    stock(lot.item, floor.dock, 7, lot=lot, unit=unit)

    left, came = send(floor, road, unit)

    headers = StockTransaction.objects.in_bulk([left, came])
    assert [(headers[pk].warehouse.code, headers[pk].kind, headers[pk].document) for pk in (left, came)] == [
        (floor.warehouse.code, "dispatch", "SH-1"),
        ("LYON", "transit", "SH-1"),
    ]
    rows = StockMove.objects.filter(transaction__in=[left, came]).select_related("source", "target").order_by("pk")
    assert [(row.source.code, row.target.code, row.lot_id, row.target_unit_id, row.quantity) for row in rows] == [
        ("DOCK", "SITES", lot.pk, unit, D(7)),
        ("SITES", "ROAD", lot.pk, unit, D(7)),
    ]
    stands = StockBalance.objects.on_hand().get(item=lot.item)
    assert (stands.warehouse_id, stands.location_id, stands.lot_id, stands.unit_id, stands.on_hand) == (
        road.warehouse_id,
        road.pk,
        lot.pk,
        unit,
        D(7),
    )
    moved = HandlingUnit.objects.get(pk=unit)
    assert (moved.warehouse_id, moved.location_id, moved.document) == (road.warehouse_id, road.pk, "SH-1")
    assert_nothing_but_unasked()


def test_what_is_on_the_road_is_no_stock_to_promise(floor, road):
    unit = a_unit(floor)
    stock(floor.item, floor.dock, 5, unit=unit)

    send(floor, road, unit)

    today = road.warehouse.local_date(clock.now())
    assert available_to_promise(warehouse_id=road.warehouse_id, item_ids=[floor.item.pk], by=today) == {
        floor.item.pk: D(0)
    }
    assert not StockBalance.objects.pickable().filter(item=floor.item).exists()
    assert StockBalance.objects.in_transit().get().on_hand == D(5)


def test_a_pallet_takes_its_cartons_and_serial_numbers_along(floor, road):
    serial = SerialFactory()
    pallet, carton = a_unit(floor, UnitKind.PALLET, document=""), a_unit(floor, document="")
    stock(serial.item, floor.dock, 1, serial=serial, unit=carton)
    stock(floor.item, floor.dock, 2, unit=pallet)
    with transaction.atomic():
        nest_unit(unit_id=carton, into_id=pallet, by=floor.by, at=clock.now())

    send(floor, road, pallet)

    units = HandlingUnit.objects.filter(pk__in=[pallet, carton])
    assert {(unit.warehouse_id, unit.location_id) for unit in units} == {(road.warehouse_id, road.pk)}
    assert HandlingUnit.objects.get(pk=carton).parent_id == pallet
    with refusing(BelongsToDocument) as caught:
        move_unit(unit_id=pallet, location_id=road.pk, by=floor.by, at=clock.now())
    assert caught.value.document == "SH-1"
    assert set(StockBalance.objects.on_hand().values_list("serial", "unit", "location")) == {
        (serial.pk, carton, road.pk),
        (None, pallet, road.pk),
    }
    assert_nothing_but_unasked()


def test_a_unit_inside_another_or_elsewhere_or_empty_does_not_leave(floor, road):
    outer, inner, empty = a_unit(floor, UnitKind.PALLET, document=""), a_unit(floor, document=""), a_unit(floor)
    stock(floor.item, floor.dock, 5, unit=inner)
    stock(floor.item, floor.dock, 5, unit=outer)
    with transaction.atomic():
        nest_unit(unit_id=inner, into_id=outer, by=floor.by, at=clock.now())

    for unit in (inner, empty):
        with refusing(UnitElsewhere):
            send(floor, road, unit)
    send(floor, road, outer)
    with refusing(UnitElsewhere):
        send(floor, road, outer)

    assert StockTransaction.objects.filter(kind=TransactionKind.DISPATCH).count() == 1


def test_goods_leave_to_a_transit_place_of_another_site_alone(floor, road):
    unit = a_unit(floor)
    stock(floor.item, floor.dock, 5, unit=unit)
    here = LocationFactory(warehouse=floor.warehouse, code="HERE", kind=LocationKind.TRANSIT)
    bin_there = LocationFactory(warehouse=road.warehouse, code="BIN")

    for place in (here, bin_there):
        with refusing(MoveRefused) as caught:
            send(floor, place, unit)
        assert (caught.value.target, "by a dispatch" in caught.value.problem) == (place.code, True)

    assert StockBalance.objects.on_hand().get().location_id == floor.dock.pk


def test_a_held_or_expired_lot_does_not_leave_for_another_site(floor, road):
    held, expired = LotFactory(), LotFactory(item=ItemFactory(lots=True, expires=True), expires_on="2020-01-01")
    units = [a_unit(floor), a_unit(floor)]
    for lot, unit in zip((held, expired), units, strict=True):
        stock(lot.item, floor.dock, 5, lot=lot, unit=unit)
    with transaction.atomic():
        hold_lots([held.pk], reason=HoldReason.QUALITY, by=floor.by)

    for unit, refusal in zip(units, (LotOnHold, LotExpired), strict=True):
        with refusing(refusal):
            send(floor, road, unit)

    assert not StockTransaction.objects.filter(kind=TransactionKind.DISPATCH).exists()


def test_a_key_sends_once_in_both_warehouses(floor, road):
    unit, other = a_unit(floor), a_unit(floor)
    for each in (unit, other):
        stock(floor.item, floor.dock, 5, unit=each)
    by = an_actor(key="K1")

    send(floor, road, unit, by=by)
    with refusing(AlreadyPosted):
        send(floor, road, other, by=by)

    assert StockBalance.objects.in_transit().get().unit_id == unit


def test_no_other_posting_reaches_the_place_of_other_sites(floor, road):
    stock(floor.item, floor.a, 5)
    sites = Location.objects.virtual(floor.warehouse, LocationKind.SITES)
    for kind in (TransactionKind.MOVE, TransactionKind.SHIP, TransactionKind.ADJUST):
        for source, target in ((floor.a, sites), (sites, floor.a)):
            move = Move(
                item_id=floor.item.pk,
                quantity=D(1),
                source=Place(location_id=source.pk),
                target=Place(location_id=target.pk),
            )
            with refusing(MoveRefused) as caught:
                post([move], warehouse_id=floor.warehouse.pk, kind=kind, by=floor.by, at=clock.now())
            assert "by a dispatch" in caught.value.problem


def test_neither_half_of_a_dispatch_is_reversed(floor, road):
    unit = a_unit(floor)
    stock(floor.item, floor.dock, 5, unit=unit)

    for posting in send(floor, road, unit):
        with refusing((MoveRefused, UnitElsewhere)):
            reverse(posting, by=floor.by, at=clock.now(), reason="wrong truck")

    assert StockBalance.objects.in_transit().get().on_hand == D(5)


def test_a_carton_on_the_road_serves_its_document_until_that_lets_it_go(floor, road):
    unit = a_unit(floor)
    stock(floor.item, floor.dock, 5, unit=unit)
    send(floor, road, unit)
    dock = LocationFactory(warehouse=road.warehouse, code="IN", kind=LocationKind.DOCK)

    with refusing(BelongsToDocument):
        move_unit(unit_id=unit, location_id=dock.pk, by=floor.by, at=clock.now())
    with refusing(BelongsToDocument):
        let_go_units([unit], document="SH-2")
    with transaction.atomic():
        let_go_units([unit], document="SH-1")
    with transaction.atomic():
        move_unit(unit_id=unit, location_id=dock.pk, by=floor.by, at=clock.now())

    assert StockBalance.objects.on_hand().get().location_id == dock.pk


@pytest.mark.parametrize("tracked", [False, True], ids=["item", "lot"])
def test_goods_that_left_for_another_site_and_never_came_there_are_told(transactional_db, superuser_dsn, tracked):
    floor = a_floor()
    road = LocationFactory(warehouse=WarehouseFactory(), code="ROAD", kind=LocationKind.TRANSIT)
    lot = LotFactory() if tracked else None
    unit = a_unit(floor)
    with transaction.atomic():
        stock(lot.item if lot else floor.item, floor.dock, 5, lot=lot, unit=unit)
    _, came = send(floor, road, unit)
    assert_nothing_but_unasked()

    broken = broken_by(
        f"delete from ledger_stockmove where transaction_id = {came};"  # noqa: S608 - our own keys
        f"delete from ledger_stockbalance where warehouse_id = {road.warehouse_id}",
        superuser_dsn,
    )

    assert broken >= ({"I22", "I26"} if tracked else {"I22"})
