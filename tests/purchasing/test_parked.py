"""Goods whose code nobody knows."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.catalog.models import Barcode
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.ledger.models import StockBalance, StockTransaction
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.purchasing.errors import CodeTaken, LotRequired, NotTheSame, ReceiptClosed, ReceiptHasGoods
from apps.purchasing.models import ParkedGoods
from apps.purchasing.operations import (
    Arrival,
    cancel_receipt,
    close_receipt,
    identify_parked,
    open_blind_receipt,
    park_goods,
    return_parked,
    undo_receipt_line,
)
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.invariants import assert_invariants


@pytest.fixture
def boss(db):
    return Actor(user=UserFactory(roles=[Role.SUPERVISOR]))


@pytest.fixture
def parked(yard):
    aside = LocationFactory(warehouse=yard.warehouse, kind=LocationKind.QUARANTINE)
    return park_goods(
        receipt_id=yard.receipt.pk,
        code=" 4711-X ",
        pieces=D(3),
        description="blue boxes",
        location_id=aside.pk,
        by=yard.worker,
        at=clock.now(),
    )


def identify(parked, by, **arrival):
    more = {name: arrival.pop(name) for name in ("receipt_id", "teach") if name in arrival}
    return identify_parked(
        parked_id=parked.pk, arrival=Arrival(quantity=D(3), **arrival), by=by, at=clock.now(), **more
    )


def test_what_nobody_can_name_is_set_aside_and_is_no_stock(yard, parked):
    assert (parked.state, parked.code, parked.location.kind) == ("parked", "4711-X", "quarantine")
    assert not StockTransaction.objects.exists()


def test_named_goods_come_in_and_the_item_learns_the_code(yard, boss, parked):
    named = identify(parked, boss, line=1, teach=True)

    assert (named.state, named.item, named.received_as.quantity) == ("identified", yard.bolt, D(3))
    assert StockBalance.objects.get(item=yard.bolt).on_hand == D(3)
    assert Barcode.objects.get(code="4711-X").item == yard.bolt
    assert yard.order.lines.get(line=1).received == D(3)
    assert_invariants()


def test_named_goods_that_nobody_ordered_come_in_too(yard, boss, parked):
    nut = ItemFactory(number="NUT")

    named = identify(parked, boss, item_id=nut.pk)

    assert (named.item, named.received_as.order_line) == (nut, None)


def test_goods_named_after_the_truck_left_come_in_by_another_receipt(yard, boss, parked):
    close_receipt(receipt_id=yard.receipt.pk, by=boss, at=clock.now())
    with pytest.raises(ReceiptClosed):
        identify(parked, boss, line=1)
    other = open_blind_receipt(supplier_id=yard.supplier.pk, dock_id=yard.dock.pk, by=boss, at=clock.now())

    named = identify(parked, boss, item_id=yard.bolt.pk, receipt_id=other.pk)

    assert named.received_as.receipt == other


def test_goods_that_are_refused_stay_parked(yard, boss, parked):
    with pytest.raises(LotRequired):
        identify(parked, boss, line=2)
    with pytest.raises(NotAllowed):
        identify(parked, yard.worker, line=1)
    taken = ItemFactory()
    Barcode.objects.create(item=taken, code="4711-X")
    with pytest.raises(CodeTaken):
        identify(parked, boss, line=1, teach=True)

    parked.refresh_from_db()
    assert parked.state == "parked"


def test_goods_that_were_named_wrongly_are_parked_again_when_their_line_is_undone(yard, boss, parked):
    works_at(boss.user, yard.warehouse)
    named = identify(parked, boss, line=1)

    undo_receipt_line(receipt_line_id=named.received_as_id, reason="not bolts", by=boss, at=clock.now())

    parked.refresh_from_db()
    assert (parked.state, parked.item, parked.received_as, parked.decided_by) == ("parked", None, None, None)
    with pytest.raises(ReceiptHasGoods):
        cancel_receipt(receipt_id=yard.receipt.pk, reason="drove off", by=boss, at=clock.now())
    assert identify(parked, boss, line=4).item == yard.wire
    assert_invariants()


def test_goods_named_by_a_line_and_by_another_item_are_refused(yard, boss, parked):
    with pytest.raises(NotTheSame) as refusal:
        identify(parked, boss, line=1, item_id=yard.wire.pk)

    assert refusal.value.facts["problem"] == "that is of BOLT, not of WIRE"
    parked.refresh_from_db()
    assert parked.state == "parked"
    assert not StockTransaction.objects.exists()
    assert identify(parked, boss, line=1, item_id=yard.bolt.pk).item == yard.bolt


def test_a_code_that_the_item_has_already_is_no_hindrance(yard, boss, parked):
    ParkedGoods.objects.update(code="X" * 120)
    Barcode.objects.create(item=yard.bolt, code="X" * 80)

    assert identify(parked, boss, line=1, teach=True).state == "identified"


def test_goods_are_set_aside_at_a_place_that_there_is(yard):
    supplier = Location.objects.get(warehouse=yard.warehouse, kind=LocationKind.SUPPLIER)

    for place in (supplier, LocationFactory()):
        with pytest.raises(NotFound):
            park_goods(
                receipt_id=yard.receipt.pk, code="X", pieces=D(1), location_id=place.pk, by=yard.worker, at=clock.now()
            )

    assert not ParkedGoods.objects.exists()


def test_goods_are_given_back_once(yard, boss, parked):
    with pytest.raises(NotAllowed):
        return_parked(parked_id=parked.pk, reason="not ours", by=yard.worker, at=clock.now())

    gone = return_parked(parked_id=parked.pk, reason="not ours", by=boss, at=clock.now())

    assert (gone.state, gone.reason, gone.decided_by) == ("returned", "not ours", boss.user)
    with pytest.raises(IllegalTransition):
        return_parked(parked_id=parked.pk, reason="again", by=boss, at=clock.now())
    with pytest.raises(IllegalTransition):
        identify(parked, boss, line=1)


def test_at_the_desk_a_line_of_another_item_is_refused(yard, client, parked):
    client.force_login(works_at(UserFactory(roles=[Role.SUPERVISOR]), yard.warehouse))
    verb = reverse("admin:purchasing_parkedgoods_do", args=[parked.pk, "identify"])

    page = client.post(verb, {"key": "a", "item": "WIRE", "line": "1", "quantity": "3"}, follow=True).content.decode()
    assert "that is of BOLT, not of WIRE" in page
    assert not StockTransaction.objects.exists()
    client.post(verb, {"key": "b", "item": "BOLT", "line": "1", "quantity": "3"}, follow=True)

    parked.refresh_from_db()
    assert (parked.state, parked.item) == ("identified", yard.bolt)


def test_parked_goods_over_the_api(yard):
    hand, boss = a_worker(yard.warehouse), a_person(yard.warehouse, roles=("supervisor",))
    body = {"receipt": yard.receipt.number, "code": "???", "pieces": "2"}

    first = hand.post("/parked-goods", body).json()
    second = hand.post("/parked-goods", body).json()
    milk = {"line": 2, "quantity": "2", "lot": "L1", "expires_on": "2099-12-31"}
    refused(hand.post(f"/parked-goods/{first['number']}/identify", milk), 403, "not_allowed")
    named = boss.post(f"/parked-goods/{first['number']}/identify", milk).json()
    back = boss.post(f"/parked-goods/{second['number']}/return", {"reason": "not ours"}).json()

    assert (first["location"], first["state"]) == ("DOCK-1", "parked")
    assert (named["state"], named["item"]) == ("identified", "MILK")
    assert back["state"] == "returned"
    assert hand.get("/parked-goods", state="parked").json()["results"] == []
    refused(hand.post("/parked-goods", {**body, "location": "NOWHERE"}), 404, "not_found")


def test_parked_goods_of_another_warehouse_are_not_seen(yard, parked):
    stranger = a_person(WarehouseFactory(), roles=("supervisor",))

    assert stranger.get("/parked-goods").json()["results"] == []
    refused(stranger.post(f"/parked-goods/{parked.number}/return", {"reason": "mine"}), 404, "not_found")
    assert ParkedGoods.objects.open().count() == 1
