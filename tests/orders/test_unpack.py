"""Emptying a carton: its goods go back to a tote, and the shipment is packed anew."""

from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry
from apps.ledger.models import StockBalance, StockTransaction
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.locations.choices import LocationKind
from apps.orders.errors import RestInOtherTote, ToteNeeded
from apps.orders.models import PackedPick
from apps.orders.operations import (
    LineChange,
    PackLine,
    change_sales_order,
    complete_packing,
    empty_carton,
    open_carton,
    open_shipment,
    pack_picks,
    put_back,
    ship_order_shipment,
)
from apps.orders.queries import progress_of
from apps.shipping.errors import CartonEmpty, CartonLoaded
from apps.shipping.models import Carton
from apps.shipping.operations import close_carton, load_carton
from tests.factories.api import a_person, a_worker, refused
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_sales_order, packed, pick_all, refusing, released


@pytest.fixture
def lot(floor):
    """Five cartons of milk on the face, of one lot."""
    lot = LotFactory(item=floor.milk, number="BAD")
    stock(floor.milk, floor.face, 5, lot=lot)
    return lot


@pytest.fixture
def order(floor, lot):
    """An order for all of it, picked."""
    order = a_sales_order(floor.warehouse, (floor.milk, 5))
    pick_all(released(order), floor.tote)
    return order


@pytest.fixture
def crate(floor):
    """Another tote."""
    return LocationFactory(warehouse=floor.warehouse, code="TOTE-2", kind=LocationKind.TOTE)


def empty(floor, carton, tote, by=None):
    return empty_carton(carton_id=carton.pk, tote_id=tote.pk, reason="held", by=by or floor.boss, at=clock.now())


def goods(item):
    rows = StockBalance.objects.filter(item=item).on_hand().order_by("location__code")
    return [(row.location.code, row.unit_id, row.on_hand) for row in rows.select_related("location")]


def test_a_held_lot_is_taken_out_of_a_packed_shipment(floor, order, lot, crate):
    shipment = packed(order)
    carton = shipment.cartons.get()
    hold_lots([lot.pk], reason=HoldReason.RECALL, by=floor.boss)

    empty(floor, carton, crate)

    assert goods(floor.milk) == [("TOTE-2", None, D(5))]
    carton, (line,) = Carton.objects.get(), progress_of([order.pk])[order.pk]
    assert (carton.closed_at, carton.shipment.state, carton.shipment.packed_at) == (None, "packing", None)
    assert (line.picked, line.packed) == (D(5), D(0))
    posting = StockTransaction.objects.latest("pk")
    assert (posting.kind, posting.document, posting.reason) == ("move", shipment.number, "held")
    audit = AuditEntry.objects.get(verb="empty")
    assert (audit.number, audit.detail) == (
        order.number,
        {"carton": carton.unit.number, "tote": "TOTE-2", "reason": "held"},
    )


def test_what_was_taken_out_is_packed_again_and_leaves(floor, order, crate):
    shipment = packed(order)
    carton = shipment.cartons.get()
    (one,) = [row.pick for row in PackedPick.objects.all()]
    empty(floor, carton, crate)

    second = open_carton(shipment_id=shipment.pk, by=floor.picker, at=clock.now())
    contents = [PackLine(pick_id=one.pk, quantity=D(5))]
    pack_picks(carton_id=second.pk, contents=contents, by=floor.picker, at=clock.now())
    close_carton(carton_id=second.pk, by=floor.picker, at=clock.now())
    complete_packing(shipment_id=shipment.pk, by=floor.picker, at=clock.now())
    load_carton(carton_id=second.pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())

    order.refresh_from_db()
    assert (order.state, list(shipment.cartons.values_list("pk", "sequence"))) == ("shipped", [(second.pk, 1)])


def test_a_carton_goes_back_to_the_tote_where_the_rest_of_its_pick_waits(floor, order, crate):
    shipment = open_shipment(order_id=order.pk, by=floor.picker, at=clock.now())
    carton = open_carton(shipment_id=shipment.pk, by=floor.picker, at=clock.now())
    with refusing(CartonEmpty):
        empty(floor, carton, floor.tote)
    one = order.lines.get().allocations.get().pick
    contents = [PackLine(pick_id=one.pk, quantity=D(2))]
    pack_picks(carton_id=carton.pk, contents=contents, by=floor.picker, at=clock.now())

    with refusing(RestInOtherTote) as refusal:
        empty(floor, carton, crate)

    assert refusal.value.facts == {"pick": one.number, "tote": "TOTE-1", "asked": "TOTE-2"}
    assert goods(floor.milk) == [("BENCH", carton.unit_id, D(2)), ("TOTE-1", None, D(3))]
    empty(floor, carton, floor.tote)
    assert goods(floor.milk) == [("TOTE-1", None, D(5))]


def test_what_is_to_be_put_back_keeps_its_carton_from_another_tote(floor, order, crate):
    shipment = open_shipment(order_id=order.pk, by=floor.picker, at=clock.now())
    carton = open_carton(shipment_id=shipment.pk, by=floor.picker, at=clock.now())
    one = order.lines.get().allocations.get().pick
    pack_picks(
        carton_id=carton.pk,
        contents=[PackLine(pick_id=one.pk, quantity=D(3))],
        by=floor.picker,
        at=clock.now(),
    )
    fewer = [LineChange(line=1, quantity=D(3))]
    change_sales_order(order_id=order.pk, lines=fewer, by=floor.boss, at=clock.now())

    with refusing(RestInOtherTote):
        empty(floor, carton, crate)

    put_back(pick_id=one.pk, location_id=floor.face.pk, by=floor.picker, at=clock.now())
    empty(floor, carton, crate)
    assert goods(floor.milk) == [("N-01", None, D(2)), ("TOTE-2", None, D(3))]


def test_who_may_not_and_what_cannot_be_emptied(floor, order):
    shipment = packed(order)
    carton = shipment.cartons.get()

    with refusing(NotAllowed):
        empty(floor, carton, floor.tote, by=floor.picker)
    with refusing(ToteNeeded):
        empty(floor, carton, floor.face)
    load_carton(carton_id=carton.pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    with refusing(CartonLoaded):
        empty(floor, carton, floor.tote)

    assert goods(floor.milk) == [("DOOR-1", carton.unit_id, D(5))]
    assert PackedPick.objects.get().quantity == D(5)


def test_a_carton_is_emptied_through_the_api(floor, order):
    sscc = packed(order).cartons.get().unit.number
    sent = {"tote": "TOTE-1", "reason": "wrong goods"}
    boss = a_person(floor.warehouse, roles=["supervisor"])

    refused(a_worker(floor.warehouse).post(f"/cartons/{sscc}/empty", sent), 403, "not_allowed")
    refused(boss.post(f"/cartons/{sscc}/empty", {"tote": "TOTE-1"}), 400, "malformed")
    refused(boss.post(f"/cartons/{sscc}/empty", {**sent, "tote": "NOWHERE"}), 404, "not_found")
    done = boss.post(f"/cartons/{sscc}/empty", sent)

    assert (done.status_code, done.json()["closed_at"]) == (200, None)
    assert goods(floor.milk) == [("TOTE-1", None, D(5))]
    refused(boss.post(f"/cartons/{sscc}/empty", sent), 409, "carton_empty")
