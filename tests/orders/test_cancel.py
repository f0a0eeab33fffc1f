"""Orders given up, at each stage: stock and tasks follow."""

from decimal import Decimal as D

from apps.core import clock
from apps.ledger.models import Reservation
from apps.orders.errors import AlreadyPacked, NothingToPutBack
from apps.orders.models import Pick
from apps.orders.operations import cancel_sales_order, ship_order_shipment
from apps.orders.operations import put_back as put_back_pick
from apps.orders.operations.unpack import empty_carton
from apps.shipping.operations import load_carton
from apps.tasks.errors import TaskStale
from apps.tasks.models import WarehouseTask
from tests.factories.api import a_person, a_worker, refused
from tests.factories.ledger import stands, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import a_sales_order, packed, pick, refusing, released


def cancelled(order, floor):
    return cancel_sales_order(order_id=order.pk, reason="changed their mind", by=floor.boss, at=clock.now())


def put_back(one, floor, **more):
    return put_back_pick(pick_id=one.pk, location_id=floor.near.pk, by=floor.picker, at=clock.now(), **more)


def test_an_order_on_the_floor_that_nobody_began_is_over_at_once(floor):
    stock(floor.bolt, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    wave = released(order)

    order = cancelled(order, floor)

    assert order.state == "cancelled"
    assert not Reservation.objects.pending().exists()
    assert not WarehouseTask.objects.open().exists()
    wave.refresh_from_db()
    assert wave.state == "done"
    with refusing(TaskStale):
        pick(Pick.objects.get(), 4, floor.tote)
    assert stands(floor.bolt) == {"N-01": D(10)}


def test_picked_goods_of_a_cancelled_order_go_back_before_it_is_over(floor):
    stock(floor.bolt, floor.face, 4)
    stock(floor.nut, floor.near, 3)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4), (floor.nut, 3))
    first, _ = released(order).picks.order_by("pk")
    pick(first, 4, floor.tote)

    order = cancelled(order, floor)

    assert order.state == "cancelling"
    put_back(first, floor, quantity=D(1))
    order.refresh_from_db()
    assert order.state == "cancelling"
    put_back(first, floor)
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert stands(floor.bolt) == {"N-02": D(4)}
    with refusing(NothingToPutBack) as refusal:
        put_back(first, floor)
    assert refusal.value.facts == {"pick": first.number, "left": D(0), "quantity": D(0)}


def test_packed_goods_come_out_of_their_carton_first(floor):
    stock(floor.bolt, floor.face, 4)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    (one,) = released(order).picks.all()
    pick(one, 4, floor.tote)
    carton = packed(order).cartons.get()

    with refusing(AlreadyPacked) as refusal:
        cancelled(order, floor)

    assert refusal.value.facts["cartons"] == [carton.unit.number]
    empty_carton(carton_id=carton.pk, tote_id=floor.tote.pk, reason="cancelled", by=floor.boss, at=clock.now())
    assert cancelled(order, floor).state == "cancelling"
    put_back(one, floor)
    order.refresh_from_db()
    assert order.state == "cancelled"


def test_a_partly_shipped_order_given_up_with_goods_in_the_tote_ends_as_shipped(floor):
    stock(floor.bolt, floor.face, 3)
    order = a_sales_order(floor.warehouse, (floor.bolt, 5))
    (one,) = released(order).picks.all()
    pick(one, 3, floor.tote)
    shipment = packed(order)
    load_carton(carton_id=shipment.cartons.get().pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())
    stock(floor.bolt, floor.face, 2)
    (two,) = released(order).picks.all()
    pick(two, 2, floor.tote)

    assert cancelled(order, floor).state == "cancelling"
    put_back(two, floor)

    order.refresh_from_db()
    assert order.state == "shipped"


def test_goods_go_back_to_a_bin_of_the_same_warehouse(floor):
    stock(floor.bolt, floor.face, 4)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    (one,) = released(order).picks.all()
    pick(one, 4, floor.tote)
    cancelled(order, floor)
    hand = a_worker(floor.warehouse)

    refused(hand.post(f"/picks/{one.number}/put-back", {"location": "TOTE-1"}), 409, "put_back_elsewhere")
    facts = refused(
        hand.post(f"/picks/{one.number}/put-back", {"location": "N-01", "quantity": "5"}), 409, "nothing_to_put_back"
    )
    assert facts == {"pick": one.number, "left": "4", "quantity": "5"}
    refused(a_worker(WarehouseFactory()).post(f"/picks/{one.number}/put-back", {"location": "N-01"}), 404, "not_found")
    (row,) = a_person(floor.warehouse, roles=["supervisor"]).get("/put-backs", open="true").json()["results"]
    assert (row["pick"], row["order"], row["tote"], row["quantity"]) == (one.number, order.number, "TOTE-1", "4")

    done = hand.post(f"/picks/{one.number}/put-back", {"location": "N-01"}, key="u1")
    again = hand.post(f"/picks/{one.number}/put-back", {"location": "N-01"}, key="u1")

    assert (done.status_code, done.json()) == (200, again.json())
    assert stands(floor.bolt) == {"N-01": D(4)}
