"""The rules on the way from bin to truck are silent on a day's work and speak up on the fault they are there for."""

import pytest
from django.db import transaction

from apps.core import clock
from apps.orders.operations import cancel_sales_order, put_back, ship_order_shipment, unpick
from apps.shipping.models import Carton
from apps.shipping.operations import load_carton
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.orders import a_sales_order, a_supervisor, packed, pick, pick_all, released
from tests.factories.shipping import a_bench, a_company
from tests.invariants import assert_invariants, broken_by

FAULTS = {
    "a pick that took more than it posted": ("I19", "update orders_pick set picked = 2 where picked = 3"),
    "a pick without its posting": (
        "I19",
        "alter table orders_pick drop constraint pick_picked_has_posting; update orders_pick set transaction_id = null",
    ),
    "a task that is done for nothing": ("I19", "update orders_pick set state = 'to_pick'"),
    "more packed than picked": ("I24", "update orders_packedpick set quantity = quantity + 1"),
    "more picked than ordered": ("I24", "update orders_salesorderline set quantity = 1"),
    "a carton's goods that never left": (
        "I24",
        (
            "update ledger_stockmove set quantity = quantity - 1 where quantity > 1 and transaction_id in"
            " (select transaction_id from shipping_shipment)"
        ),
    ),
    "a cancelled order that binds stock": ("I36", "update orders_salesorder set state = 'cancelled'"),
    "a pick that took other goods than it says": (
        "I35",
        (
            "update ledger_stockmove set quantity = quantity + 1 where transaction_id in"
            " (select transaction_id from orders_pick)"
        ),
    ),
    "another lot in the carton than was packed": (
        "I35",
        (
            "update ledger_stockmove set lot_id = (select min(id) from ledger_lot) where transaction_id in"
            " (select transaction_id from shipping_shipment)"
        ),
    ),
    "goods in a carton that nobody packed": (
        "I35",
        "update orders_packedpick set quantity = quantity - 1 where carton_id = (select max(id) from shipping_carton)",
    ),
    "goods said to be back that no posting brought": (
        "I35",
        "delete from orders_pickreturn where put_back_id is null",
    ),
    "a posting that brought back less than it says": (
        "I35",
        (
            "update ledger_stockmove set quantity = quantity - 1 where quantity > 1 and transaction_id in"
            " (select transaction_id from orders_pickreturn)"
        ),
    ),
    "goods to be put back that nobody is asked to bring": (
        "I19",
        "update tasks_warehousetask set state = 'cancelled' where kind = 'put_back' and state = 'ready'",
    ),
    "goods asked for that are back": (
        "I19",
        (
            "update tasks_warehousetask set state = 'ready' where kind = 'put_back' and state = 'done' and id in"
            " (select task_id from orders_putback where returned = quantity)"
        ),
    ),
    "a shipped order with goods left behind": ("I24", "delete from orders_packedpick"),
}


@pytest.fixture
def shipped(transactional_db):
    """An order that left in full, one that left short, and one that is still allocated, all committed."""
    a_company()
    floor = a_floor()
    a_bench(floor.warehouse)
    stock(floor.item, floor.a, 20)
    full, short = a_sales_order(floor.warehouse, (floor.item, 3)), a_sales_order(floor.warehouse, (floor.item, 5))
    pick_all(released(full), floor.tote)
    (one,) = released(short).picks.all()
    pick(one, 4, floor.tote, short_reason="damaged")
    for order in (full, short):
        shipment = packed(order)
        for carton in Carton.objects.filter(shipment=shipment):
            with transaction.atomic():
                load_carton(carton_id=carton.pk, dock_id=floor.dock.pk, by=an_actor(), at=clock.now())
        with transaction.atomic():
            ship_order_shipment(shipment_id=shipment.pk, by=an_actor(), at=clock.now())
    LotFactory()
    waiting = a_sales_order(floor.warehouse, (floor.item, 2))
    pick_all(released(waiting), floor.tote)
    packed(waiting)
    _bring_back(floor)
    released(a_sales_order(floor.warehouse, (floor.item, 2)))
    return floor


def _bring_back(floor):
    """An order that was unpicked, one whose goods are back, and one whose goods wait to be."""
    for back in ("unpicked", "back", "waits"):
        order = a_sales_order(floor.warehouse, (floor.item, 2))
        (one,) = pick_all(released(order), floor.tote)
        with transaction.atomic():
            if back == "unpicked":
                unpick(pick_id=one.pk, target_id=floor.a.pk, by=an_actor(), at=clock.now())
            else:
                cancel_sales_order(order_id=order.pk, reason="x", by=a_supervisor(), at=clock.now())
        if back == "back":
            with transaction.atomic():
                put_back(pick_id=one.pk, location_id=floor.a.pk, by=an_actor(), at=clock.now())


def test_a_day_of_orders_breaks_no_rule(shipped):
    assert_invariants()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(shipped, superuser_dsn, fault):
    number, statement = FAULTS[fault]

    assert number in broken_by(statement, superuser_dsn)
