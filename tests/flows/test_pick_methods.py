"""Each kind of picking from the plan to the carton, told through the API by handhelds and a desk."""

from types import SimpleNamespace

import pytest

from apps.locations.choices import LocationKind
from apps.orders.models import SalesOrder
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stands, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import a_sales_order, allocated
from tests.factories.racks import a_rack_zone
from tests.factories.rounds import a_tote
from tests.factories.shipping import a_bench, a_company
from tests.invariants import assert_invariants


@pytest.fixture
def hall(db):
    """Two zones of racks, totes, a bench and a place to put orders together; people at the desk and on the floor."""
    a_company()
    warehouse = WarehouseFactory(code="HALL")
    _, dry = a_rack_zone(warehouse, code="D", pick_sequence=1)
    _, cold = a_rack_zone(warehouse, code="C", pick_sequence=2)
    a_bench(warehouse)
    yield SimpleNamespace(
        warehouse=warehouse,
        dry=dry,
        cold=cold,
        place=LocationFactory(warehouse=warehouse, code="WALL-1", kind=LocationKind.STAGING),
        totes=[a_tote(warehouse, f"TOTE-{number}") for number in range(1, 7)],
        desk=a_person(warehouse, roles=["supervisor"]),
        ann=a_worker(warehouse),
        bob=a_worker(warehouse),
    )
    assert_invariants()


def a_wave(hall, *orders):
    """Orders that each take so many from these bins, on the floor; the wave's number and the orders."""
    made = []
    for bins in orders:
        lines = []
        for place in bins:
            item = ItemFactory(number=f"I-{place.code}")
            stock(item, place, 2)
            lines.append((item, 2))
        made.append(allocated(a_sales_order(hall.warehouse, *lines)))
    wave = hall.desk.post("/waves", {"warehouse": "HALL", "orders": [order.number for order in made]})
    assert wave.status_code == 201, wave.json()
    return wave.json()["number"], made


def rounds(hall, wave, method, **more):
    answer = hall.desk.post(f"/waves/{wave}/rounds", {"method": method, **more})
    assert answer.status_code == 201, answer.json()
    return [each["number"] for each in answer.json()]


def ok(answer):
    assert answer.status_code in {200, 201}, answer.json()
    return answer.json()


def take(worker, stop, tote, **more):
    """Confirm a stop of a round as the handheld does."""
    body = {"quantity": stop["pick"]["quantity"], "location": tote, "bin_empty": True, **more}
    return worker.post(f"/tasks/{stop['pick']['task']}/confirm", body)


def equip(worker, cart, totes):
    """Scan a tote into each slot."""
    for slot, tote in zip(cart["slots"], totes, strict=True):
        ok(worker.post(f"/pick-rounds/{cart['number']}/totes", {"slot": slot["slot"], "tote": tote}))
    return ok(worker.get(f"/pick-rounds/{cart['number']}"))


def pack(worker, order):
    """All of an order in one carton."""
    shipment = ok(worker.post("/shipments", {"order": order.number}))["number"]
    sscc = ok(worker.post(f"/shipments/{shipment}/cartons"))["sscc"]
    picks = worker.get("/picks", order=order.number).json()["results"]
    contents = [{"pick": row["number"], "quantity": row["unpacked"]} for row in picks if row["unpacked"] != "0"]
    return ok(worker.post(f"/cartons/{sscc}/pack", {"contents": contents}))


def state(order):
    return SalesOrder.objects.get(pk=order.pk).state


def test_one_order_a_walk(hall):
    wave, orders = a_wave(hall, [hall.dry[1, 2], hall.dry[2, 3]], [hall.dry[1, 5]])
    one, two = rounds(hall, wave, "single")

    for number, worker, tote in ((one, hall.ann, "TOTE-1"), (two, hall.bob, "TOTE-2")):
        cart = equip(worker, ok(worker.post(f"/pick-rounds/{number}/claim")), [tote])
        for stop in cart["stops"]:
            ok(take(worker, stop, tote))

    assert [ok(hall.desk.get(f"/pick-rounds/{number}"))["state"] for number in (one, two)] == ["done", "done"]
    assert [state(order) for order in orders] == ["picked", "picked"]
    assert ok(hall.desk.get(f"/waves/{wave}"))["state"] == "done"
    pack(hall.ann, orders[0])


def test_a_cart_with_a_tote_for_each_order(hall):
    wave, orders = a_wave(hall, [hall.dry[1, 2], hall.dry[2, 3]], [hall.dry[1, 5]], [hall.dry[3, 1]])
    (number,) = rounds(hall, wave, "cluster", totes=4)
    refused(hall.bob.post(f"/pick-rounds/{number}/totes", {"slot": 1, "tote": "TOTE-1"}), 409, "round_not_claimed")
    cart = ok(hall.ann.post(f"/pick-rounds/{number}/claim"))
    refused(hall.bob.post(f"/pick-rounds/{number}/claim"), 409, "round_taken")
    refused(hall.bob.post("/tasks/next", {"warehouse": "HALL"}), 409, "no_task")
    refused(take(hall.ann, cart["stops"][0], "TOTE-1"), 409, "tote_missing")
    cart = equip(hall.ann, cart, ["TOTE-1", "TOTE-2", "TOTE-3"])
    totes = {slot["slot"]: slot["tote"] for slot in cart["slots"]}

    first, *others = cart["stops"]
    facts = refused(take(hall.ann, first, totes[first["slot"] % 3 + 1]), 409, "wrong_tote")
    assert facts["expected"] == totes[first["slot"]]
    assert ok(hall.ann.get(f"/picks/{first['pick']['number']}"))["state"] == "to_pick"
    ok(hall.ann.post(f"/picks/{first['pick']['number']}/skip", {"reason": "a truck stands there"}))
    for stop in [*others, first]:
        ok(take(hall.ann, stop, totes[stop["slot"]]))

    assert ok(hall.desk.get(f"/pick-rounds/{number}"))["state"] == "done"
    for order in orders:
        pack(hall.bob, order)


def test_goods_of_several_orders_together_are_sorted_afterwards(hall):
    wave, orders = a_wave(hall, [hall.dry[1, 2]], [hall.dry[1, 5]])
    (number,) = rounds(hall, wave, "batch")
    cart = equip(hall.ann, ok(hall.ann.post(f"/pick-rounds/{number}/claim")), ["TOTE-6"])
    for stop in cart["stops"]:
        ok(take(hall.ann, stop, "TOTE-6"))

    for order, tote in zip(orders, ("TOTE-1", "TOTE-2"), strict=True):
        (row,) = hall.ann.get("/picks", order=order.number).json()["results"]
        assert ok(hall.ann.post(f"/picks/{row['number']}/sort", {"tote": tote}))["tote"] == tote
    (row,) = hall.ann.get("/picks", order=orders[0].number).json()["results"]
    facts = refused(hall.ann.post(f"/picks/{row['number']}/sort", {"tote": "TOTE-2"}), 409, "tote_of_other_order")
    other, _ = a_wave(hall, [hall.dry[3, 5]])
    equip(hall.bob, ok(hall.bob.post(f"/pick-rounds/{rounds(hall, other, 'single')[0]}/claim")), ["TOTE-5"])
    refused(hall.ann.post(f"/picks/{row['number']}/sort", {"tote": "TOTE-5"}), 409, "tote_in_use")

    assert facts == {"tote": "TOTE-2", "order": orders[1].number}
    for order in orders:
        pack(hall.bob, order)


def test_a_walk_in_each_zone_and_orders_put_together_afterwards(hall):
    wave, (order,) = a_wave(hall, [hall.dry[1, 2], hall.cold[2, 3]])
    dry, cold = rounds(hall, wave, "zone")
    for number, worker, tote in ((dry, hall.ann, "TOTE-1"), (cold, hall.bob, "TOTE-2")):
        cart = equip(worker, ok(worker.post(f"/pick-rounds/{number}/claim")), [tote])
        ok(take(worker, cart["stops"][0], tote))
    assert state(order) == "picked"

    def bring(tote, place="WALL-1"):
        return hall.ann.post("/consolidations", {"warehouse": "HALL", "tote": tote, "place": place})

    refused(hall.bob.post("/shipments", {"order": order.number}), 409, "not_together")
    refused(bring("TOTE-1", "TOTE-3"), 409, "tote_needed")
    (spot,) = ok(bring("TOTE-1"))
    assert (spot["order"], spot["place"], spot["done_at"]) == (order.number, "WALL-1", None)
    refused(hall.bob.post("/shipments", {"order": order.number}), 409, "not_together")
    LocationFactory(warehouse=hall.warehouse, code="WALL-2", kind=LocationKind.STAGING)
    assert refused(bring("TOTE-2", "WALL-2"), 409, "other_place") == {
        "order": order.number,
        "place": "WALL-1",
        "scanned": "WALL-2",
    }
    refused(bring("TOTE-5"), 409, "nothing_in_tote")
    (spot,) = ok(bring("TOTE-2"))
    assert spot["done_at"] is not None
    pack(hall.bob, order)


def test_a_picker_leaves_and_another_goes_on_with_the_cart(hall):
    wave, orders = a_wave(hall, [hall.dry[1, 2], hall.dry[2, 3]], [hall.dry[1, 5]])
    (number,) = rounds(hall, wave, "cluster")
    cart = equip(hall.ann, ok(hall.ann.post(f"/pick-rounds/{number}/claim")), ["TOTE-1", "TOTE-2"])
    totes = {slot["slot"]: slot["tote"] for slot in cart["slots"]}
    ok(take(hall.ann, cart["stops"][0], totes[cart["stops"][0]["slot"]]))
    refused(hall.ann.post(f"/pick-rounds/{number}/finish"), 409, "round_open")

    ok(hall.ann.post(f"/pick-rounds/{number}/hand-back"))
    cart = ok(hall.bob.post(f"/pick-rounds/{number}/claim"))
    for slot in cart["slots"]:
        if slot["tote"] is None:
            ok(hall.bob.post(f"/pick-rounds/{number}/totes", {"slot": slot["slot"], "tote": totes[slot["slot"]]}))
    for stop in cart["stops"][1:]:
        ok(take(hall.bob, stop, totes[stop["slot"]]))

    assert ok(hall.desk.get(f"/pick-rounds/{number}"))["picker"] == hall.bob.user.username
    assert [state(order) for order in orders] == ["picked", "picked"]


def test_exceptions_on_the_way(hall):
    wave, (order,) = a_wave(hall, [hall.dry[1, 2], hall.dry[2, 3], hall.dry[3, 4]])
    (number,) = rounds(hall, wave, "cluster")
    cart = equip(hall.ann, ok(hall.ann.post(f"/pick-rounds/{number}/claim")), ["TOTE-1"])
    split, broken, moved = (stop["pick"] for stop in cart["stops"])
    other = hall.dry[1, 9]
    item = SalesOrder.objects.get(pk=order.pk).lines.get(item__number=moved["item"]).item
    stock(item, other, 5)

    part = ok(hall.ann.post(f"/picks/{split['number']}/split", {"quantity": "1", "tote": "TOTE-1"}))
    assert (part["quantity"], part["state"]) == ("1", "picked")
    assert (
        ok(hall.ann.post(f"/picks/{broken['number']}/damage", {"quantity": "1", "reason": "torn"}))["quantity"] == "1"
    )
    refused(
        hall.ann.post(f"/picks/{moved['number']}/substitute", {"location": "D2-09", "reason": "blocked"}),
        404,
        "not_found",
    )
    swapped = ok(hall.ann.post(f"/picks/{moved['number']}/substitute", {"location": other.code, "reason": "blocked"}))
    assert swapped["location"] == other.code
    for stop in ok(hall.ann.get(f"/pick-rounds/{number}"))["stops"]:
        if stop["pick"]["state"] == "to_pick":
            ok(take(hall.ann, stop, "TOTE-1"))

    assert ok(hall.ann.get(f"/pick-rounds/{number}"))["state"] == "done"
    assert state(order) == "picked"
    back = ok(hall.bob.post(f"/picks/{moved['number']}/unpick", {"location": other.code, "quantity": "2"}))
    assert (back["returned"], back["unpacked"]) == ("2", "0")
    assert stands(item) == {"D3-04": 2, other.code: 5}
    pack(hall.bob, order)


def test_the_pick_list_of_a_round_is_a_pdf(hall):
    wave, _ = a_wave(hall, [hall.dry[1, 2]])
    (number,) = rounds(hall, wave, "cluster")

    answer = hall.ann.get(f"/pick-rounds/{number}/pick-list")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")


def test_rounds_of_another_warehouse_are_not_found(hall):
    wave, _ = a_wave(hall, [hall.dry[1, 2]])
    (number,) = rounds(hall, wave, "cluster")
    stranger = a_person(WarehouseFactory(), roles=["supervisor"])
    pick = ok(hall.ann.get(f"/pick-rounds/{number}"))["stops"][0]["pick"]["number"]

    assert stranger.get("/pick-rounds").json()["results"] == []
    for path, body in (
        (f"/waves/{wave}/rounds", {"method": "single"}),
        (f"/pick-rounds/{number}/claim", {}),
        (f"/pick-rounds/{number}/totes", {"slot": 1, "tote": "TOTE-1"}),
        (f"/picks/{pick}/skip", {"reason": "x"}),
        (f"/picks/{pick}/unpick", {"location": "D1-02"}),
        ("/consolidations", {"warehouse": "HALL", "tote": "TOTE-1", "place": "WALL-1"}),
    ):
        refused(stranger.post(path, body), 404, "not_found")
    refused(hall.ann.post(f"/waves/{wave}/rounds", {"method": "single"}), 403, "not_allowed")


def test_a_claim_sent_twice_is_one_claim(hall):
    wave, _ = a_wave(hall, [hall.dry[1, 2]])
    (number,) = rounds(hall, wave, "cluster")

    first = hall.ann.post(f"/pick-rounds/{number}/claim", key="same")
    second = hall.ann.post(f"/pick-rounds/{number}/claim", key="same")

    assert first.json() == second.json()
