"""One site asks another for goods, through the API: approved, picked, packed, on the road, received, explained."""

from datetime import timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.ledger.models import Lot, StockBalance
from apps.locations.choices import LocationKind
from apps.locations.models import TransitTime
from apps.supply.models import ExpectedReceipt
from apps.tasks.models import WarehouseTask
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.shipping import a_bench, a_company
from tests.invariants import assert_invariants


@pytest.fixture
def world(db):
    """Paris has bolts, milk of two lots and a saw; Lyon has people and room. Goods travel two days."""
    a_company()
    paris, lyon = a_floor(), WarehouseFactory(code="LYON", name="Lyon", city="Lyon", country="FR")
    a_bench(paris.warehouse)
    for code, kind in (("IN", LocationKind.DOCK), ("SHELF", LocationKind.STORAGE), ("CAGE", LocationKind.QUARANTINE)):
        LocationFactory(warehouse=lyon, code=code, kind=kind)
    TransitTime.objects.create(origin=paris.warehouse, target=lyon, days=2)
    milk, saw = ItemFactory(number="MILK", lots=True, expires=True), ItemFactory(number="SAW", serials=True)
    today = lyon.local_date(clock.now())
    stock(paris.item, paris.a, 20)
    for number, days in (("L-1", 20), ("L-2", 40)):
        stock(milk, paris.b, 6, lot=LotFactory(item=milk, number=number, expires_on=today + timedelta(days=days)))
    stock(saw, paris.b, 1, serial=SerialFactory(item=saw, number="S-1"))
    return SimpleNamespace(
        paris=paris,
        lyon=lyon,
        today=today,
        milk=milk,
        buyer=a_person(lyon, roles=(Role.BUYER,)),
        boss=a_person(paris.warehouse, roles=(Role.SUPERVISOR,)),
        picker=a_worker(paris.warehouse),
        receiver=a_worker(lyon),
        keeper=a_person(lyon, roles=(Role.INVENTORY_MANAGER,)),
    )


def ok(answer, status=200):
    assert answer.status_code == status, answer.content
    return answer.json()


def asked_and_approved(world):
    body = {
        "origin": world.paris.warehouse.code,
        "destination": "LYON",
        "needed_on": (world.today + timedelta(days=6)).isoformat(),
        "reason": "The shop opens on Monday",
        "lines": [
            {"item": "BOLT", "quantity": "10"},
            {"item": "MILK", "quantity": "8"},
            {"item": "SAW", "quantity": "1"},
        ],
    }
    number = ok(world.buyer.post("/transfers", body), 201)["number"]
    ok(world.buyer.post(f"/transfers/{number}/request"))
    return ok(world.boss.post(f"/transfers/{number}/approve"))


def picked(world, order):
    """Allocated, released and picked by its tasks."""
    ok(world.boss.post(f"/sales-orders/{order}/allocate"))
    wave = ok(
        world.boss.post("/waves", {"warehouse": world.paris.warehouse.code, "orders": [order]}),
        201,
    )
    for pick in wave["picks"]:
        ok(world.picker.post(f"/tasks/{pick['task']}/confirm", {"quantity": pick["quantity"], "location": "TOTE"}))
    return [pick["number"] for pick in wave["picks"]]


def packed_and_gone(world, order, *cartons):
    """The picks in cartons, as they are named, loaded and shipped; their SSCCs."""
    shipment = ok(world.boss.post("/shipments", {"order": order}), 201)["number"]
    labels = []
    for contents in cartons:
        sscc = ok(world.boss.post(f"/shipments/{shipment}/cartons", {}), 201)["sscc"]
        ok(world.boss.post(f"/cartons/{sscc}/pack", {"contents": contents}))
        ok(world.boss.post(f"/cartons/{sscc}/close", {"weight_g": "1000"}))
        labels.append(sscc)
    ok(world.boss.post(f"/shipments/{shipment}/pack"))
    for sscc in labels:
        ok(world.boss.post(f"/cartons/{sscc}/load", {"dock": "DOCK"}))
    gone = ok(world.boss.post(f"/shipments/{shipment}/ship"))
    assert (gone["state"], gone["destination"]) == ("shipped", "LYON")
    return shipment, labels


def test_goods_go_from_paris_to_lyon_and_all_of_them_are_accounted_for(world):
    transfer = asked_and_approved(world)
    order, address = transfer["order"], f"/transfers/{transfer['number']}"
    picks = picked(world, order)
    assert ok(world.buyer.get(address))["stage"] == "picking"
    by_item = {pick["number"]: pick for pick in ok(world.boss.get("/picks", order=order))["results"]}
    assert {by_item[number]["lot"] for number in picks} == {None, "L-1", "L-2"}
    contents = [{"pick": number, "quantity": by_item[number]["picked"]} for number in picks]
    bolts = [each for each in contents if by_item[each["pick"]]["item"] == "BOLT"]
    others = [each for each in contents if each not in bolts]

    shipment, (of_bolts, of_others) = packed_and_gone(world, order, bolts, others)

    # On the road: owned, dated, promisable at Lyon from its day on, and no stock of anybody's to sell today.
    assert ok(world.buyer.get(address))["stage"] == "in_transit"
    assert {row.due_on for row in ExpectedReceipt.objects.filter(document=shipment)} == {
        world.today + timedelta(days=2)
    }
    on_road = ok(world.keeper.get("/in-transit"))
    assert {(row["item"], row["lot"], row["serial"], row["quantity"]) for row in on_road} == {
        ("BOLT", "", "", "10"),
        ("MILK", "L-1", "", "6"),
        ("MILK", "L-2", "", "2"),
        ("SAW", "", "S-1", "1"),
    }
    facts = refused(world.boss.post(f"{address}/cancel", {"reason": "too late"}), 409, "already_dispatched")
    assert facts == {"transfer": transfer["number"]}
    assert_invariants()

    # One carton comes as it left; of the other some is short and some is broken.
    ok(world.receiver.post(f"{address}/receive-cartons", {"location": "IN", "cartons": [of_bolts]}))
    part = ok(
        world.receiver.post(
            f"{address}/receive",
            {
                "location": "IN",
                "lines": [
                    {"item": "MILK", "lot": "L-1", "quantity": "4"},
                    {"item": "MILK", "lot": "L-1", "quantity": "1", "damaged": True, "reason": "leaks"},
                    {"item": "MILK", "lot": "L-2", "quantity": "2"},
                    {"item": "SAW", "serial": "S-1", "quantity": "1", "carton": of_others},
                ],
            },
        )
    )
    assert part["stage"] == "part_received"
    assert [(line["item"], line["received"], line["damaged"], line["in_transit"]) for line in part["lines"]] == [
        ("BOLT", "10", "0", "0"),
        ("MILK", "7", "1", "1"),
        ("SAW", "1", "0", "0"),
    ]
    assert_invariants()

    # Whoever received does not say what became of the rest; somebody else does, and it is closed.
    refused(world.receiver.post(f"{address}/close-transit", {"outcome": "lost", "note": "x"}), 403, "not_allowed")
    closed = ok(world.keeper.post(f"{address}/close-transit", {"outcome": "lost", "note": "not on the truck"}))
    assert (closed["state"], closed["stage"]) == ("closed", "closed")
    assert [(line["item"], line["dispatched"], line["closed"], line["in_transit"]) for line in closed["lines"]] == [
        ("BOLT", "10", "0", "0"),
        ("MILK", "8", "1", "0"),
        ("SAW", "1", "0", "0"),
    ]
    assert ok(world.keeper.get("/in-transit")) == []

    # What came is put away by its tasks, the whole carton in one.
    for task in WarehouseTask.objects.open().filter(document=transfer["number"]).order_by("pk"):
        target = task.target.code if task.target else "CAGE"
        body = {"location": target, "quantity": str(task.quantity)}
        ok(world.receiver.post(f"/tasks/{task.number}/confirm", body))
    standing = StockBalance.objects.on_hand().filter(warehouse=world.lyon)
    assert set(standing.values_list("item__number", "lot__number", "location__code", "status", "on_hand")) == {
        ("BOLT", None, "SHELF", "available", D(10)),
        ("MILK", "L-1", "SHELF", "available", D(4)),
        ("MILK", "L-1", "CAGE", "damaged", D(1)),
        ("MILK", "L-2", "SHELF", "available", D(2)),
        ("SAW", None, "SHELF", "available", D(1)),
    }
    assert Lot.objects.get(number="L-1").expires_on == world.today + timedelta(days=20)
    assert standing.filter(unit__number=of_bolts).get().item == world.paris.item
    assert_invariants()
