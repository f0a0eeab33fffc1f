"""People who want the same goods at the same moment: real connections, real locks."""

from datetime import timedelta
from decimal import Decimal as D
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Sum

from apps.accounts.models import User
from apps.core import clock
from apps.core.errors import IllegalTransition
from apps.core.invariants import check_invariants
from apps.journal.actor import Actor
from apps.ledger.errors import LotOnHold
from apps.ledger.models import Reservation, StockBalance, StockTransaction
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.locations.choices import LocationKind
from apps.orders.errors import NothingToAllocate, NothingToRelease, OverPack
from apps.orders.models import FloorLimit, PackedPick, Pick, SalesOrder, Wave
from apps.orders.operations import (
    OrderLine,
    PackLine,
    Released,
    allocate_order,
    allocate_orders,
    confirm_pick,
    confirm_sales_order,
    depart_load,
    open_carton,
    open_shipment,
    pack_picks,
    raise_sales_order,
    release_by_criteria,
    release_wave,
)
from apps.orders.queries.releasing import Criteria
from apps.shipping.operations import close_load, load_carton, plan_load, start_loading
from apps.supply.errors import NotPromisable
from apps.supply.models import Promise
from apps.tasks.errors import TaskStale
from tests.concurrency.crowd import together
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import (
    ChannelFactory,
    CustomerFactory,
    a_sales_order,
    a_supervisor,
    allocated,
    packed,
    pick_all,
    released,
)
from tests.factories.shipping import a_bench, a_company


@pytest.fixture
def hall(transactional_db):
    """A warehouse with ten bolts in a bin; afterwards every invariant holds."""
    a_company()
    warehouse = WarehouseFactory(code="MAIN")
    bolt = ItemFactory(number="BOLT")
    place = LocationFactory(warehouse=warehouse)
    LocationFactory(warehouse=warehouse, code="TOTE", kind=LocationKind.TOTE)
    a_bench(warehouse)
    stock(bolt, place, 10)
    yield warehouse, bolt
    assert [str(violation) for violation in check_invariants()] == []


def kinds(answers, kind):
    return [answer for answer in answers if isinstance(answer, kind)]


def fresh(by):
    """The same person, read anew: each thread has rows of its own."""
    return Actor(user=User.objects.get(pk=by.user.pk))


def test_of_twenty_orders_for_ten_units_exactly_ten_get_one(hall):
    warehouse, bolt = hall
    boss = a_supervisor()
    orders = [a_sales_order(warehouse, (bolt, 1), by=boss) for _ in range(20)]

    answers = together(
        *[lambda pk=order.pk: allocate_order(order_id=pk, by=fresh(boss), at=clock.now()) for order in orders]
    )

    assert len(kinds(answers, SalesOrder)) == 10
    assert len(kinds(answers, NothingToAllocate)) == 10
    assert StockBalance.objects.get(item=bolt).reserved == D(10)
    assert Reservation.objects.pending().aggregate(total=Sum("quantity"))["total"] == D(10)
    first_ten = SalesOrder.objects.filter(state="allocated").values_list("pk", flat=True).order_by("pk")
    assert list(first_ten) == [order.pk for order in orders[:10]]


def test_orders_allocated_one_by_one_and_together_share_the_same_goods(hall):
    warehouse, bolt = hall
    boss = a_supervisor()
    orders = [a_sales_order(warehouse, (bolt, 3), by=boss) for _ in range(6)]
    pks = [order.pk for order in orders]

    answers = together(
        lambda: allocate_orders(order_ids=pks, by=fresh(boss), at=clock.now()),
        lambda: allocate_orders(order_ids=reversed(pks), by=fresh(boss), at=clock.now()),
        *[partial(one, pk, boss) for pk in pks],
    )

    assert not [
        answer for answer in answers if isinstance(answer, Exception) and not isinstance(answer, NothingToAllocate)
    ]
    assert StockBalance.objects.get(item=bolt).reserved == D(10)
    assert list(Promise.objects.order_by("pk").values_list("allocated", flat=True)) == [D(3), D(3), D(3), D(1), 0, 0]


def one(pk, boss):
    return allocate_order(order_id=pk, by=fresh(boss), at=clock.now())


def test_two_pickers_confirm_the_same_task_and_one_wins(hall):
    warehouse, bolt = hall
    task_id = released(a_sales_order(warehouse, (bolt, 4))).picks.get().task_id
    tote = warehouse.locations.get(code="TOTE")
    pickers = [an_actor(), an_actor()]

    answers = together(
        *[
            lambda by=by: confirm_pick(
                task_id=task_id, version=1, quantity=D(4), tote_id=tote.pk, by=fresh(by), at=clock.now()
            )
            for by in pickers
        ]
    )

    assert len(kinds(answers, Pick)) == 1
    assert len(kinds(answers, TaskStale)) == 1
    held = StockBalance.objects.filter(item=bolt).values_list("location__kind", "on_hand", "reserved")
    assert sorted(held) == [("storage", D(6), D(0)), ("tote", D(4), D(0))]


def test_the_last_picks_of_a_wave_end_it_once(hall):
    warehouse, bolt = hall
    orders = [a_sales_order(warehouse, (bolt, 1)) for _ in range(8)]
    wave = released(*orders)
    tote = warehouse.locations.get(code="TOTE")
    by = an_actor()

    answers = together(
        *[
            lambda pk=task_id: confirm_pick(task_id=pk, quantity=D(1), tote_id=tote.pk, by=fresh(by), at=clock.now())
            for task_id in wave.picks.values_list("task", flat=True)
        ]
    )

    assert len(kinds(answers, Pick)) == 8
    assert Wave.objects.get().state == "done"
    assert set(SalesOrder.objects.values_list("state", flat=True)) == {"picked"}


def test_a_hold_and_a_pick_at_once_leave_no_held_goods_half_taken(hall):
    warehouse, _ = hall
    milk = ItemFactory(number="MILK", perishable=True)
    lot = LotFactory(item=milk, expires_on=clock.now().date() + timedelta(days=90))
    stock(milk, LocationFactory(warehouse=warehouse), 5, lot=lot)
    task_id = released(a_sales_order(warehouse, (milk, 5))).picks.get().task_id
    tote = warehouse.locations.get(code="TOTE")
    by = an_actor()

    held, taken = together(
        lambda: hold_lots([lot.pk], reason=HoldReason.QUALITY, by=fresh(by)),
        lambda: confirm_pick(task_id=task_id, quantity=D(5), tote_id=tote.pk, by=fresh(by), at=clock.now()),
    )

    assert isinstance(held, list)
    assert isinstance(taken, Pick | LotOnHold)
    places = StockBalance.objects.filter(item=milk).on_hand().values_list("location__kind", "on_hand", "reserved")
    assert list(places) == [("tote" if isinstance(taken, Pick) else "storage", D(5), D(0))]


def test_a_feed_sent_twice_at_once_sells_once(hall):
    warehouse, bolt = hall
    channel, customer, by = ChannelFactory(), CustomerFactory(), a_supervisor()

    def sell():
        return raise_sales_order(
            warehouse_id=warehouse.pk,
            channel_id=channel.pk,
            customer_id=customer.pk,
            lines=[OrderLine(item_id=bolt.pk, quantity=D(1))],
            due_on=warehouse.local_date(clock.now()),
            reference="W-1",
            by=fresh(by),
            at=clock.now(),
        )

    answers = together(*[sell] * 4)

    assert len({order.pk for order in kinds(answers, SalesOrder)}) == 1
    assert len(kinds(answers, SalesOrder)) == 4
    assert SalesOrder.objects.get().lines.count() == 1


def test_two_shops_that_sell_only_what_is_there_do_not_sell_it_twice(hall):
    warehouse, bolt = hall
    boss = a_supervisor()
    orders = [a_sales_order(warehouse, (bolt, 6), confirm=False) for _ in range(4)]

    answers = together(
        *[
            lambda pk=order.pk: confirm_sales_order(order_id=pk, by=fresh(boss), at=clock.now(), require_stock=True)
            for order in orders
        ]
    )

    assert len(kinds(answers, SalesOrder)) == 1
    assert len(kinds(answers, NotPromisable)) == 3


def test_two_packers_do_not_pack_the_same_goods_twice(hall):
    warehouse, bolt = hall
    order = a_sales_order(warehouse, (bolt, 4))
    (picked,) = pick_all(released(order), warehouse.locations.get(code="TOTE"))
    by = an_actor()
    with transaction.atomic():
        shipment = open_shipment(order_id=order.pk, by=by, at=clock.now())
        cartons = [open_carton(shipment_id=shipment.pk, by=by, at=clock.now()) for _ in range(2)]

    answers = together(
        *[
            lambda pk=carton.pk: pack_picks(
                carton_id=pk, contents=[PackLine(pick_id=picked.pk, quantity=D(3))], by=fresh(by), at=clock.now()
            )
            for carton in cartons
        ]
    )

    assert len(kinds(answers, OverPack)) == 1
    assert PackedPick.objects.get().quantity == D(3)


def by_criteria(warehouse, boss, **criteria):
    return lambda: release_by_criteria(
        warehouse_id=warehouse.pk, criteria=Criteria(**criteria), by=fresh(boss), at=clock.now()
    )


def test_two_waves_at_once_release_each_order_once_and_nothing_twice(hall):
    warehouse, bolt = hall
    boss = a_supervisor()
    orders = [a_sales_order(warehouse, (bolt, 1), by=boss) for _ in range(14)]

    answers = together(*[by_criteria(warehouse, boss) for _ in range(3)])

    waves = [answer.wave for answer in kinds(answers, Released)]
    assert len(waves) + len(kinds(answers, NothingToRelease)) == 3
    assert sum(wave.picks.count() for wave in waves) == Pick.objects.count() == 10
    assert StockBalance.objects.get(item=bolt).reserved == D(10)
    released = SalesOrder.objects.filter(state="released").order_by("pk")
    assert list(released) == orders[:10]


def test_a_wave_of_criteria_and_a_wave_by_hand_over_the_same_orders(hall):
    warehouse, bolt = hall
    boss = a_supervisor()
    orders = [allocated(a_sales_order(warehouse, (bolt, 2), by=boss), by=boss) for _ in range(4)]
    numbers = [order.pk for order in reversed(orders)]

    answers = together(
        by_criteria(warehouse, boss),
        lambda: release_wave(warehouse_id=warehouse.pk, order_ids=numbers, by=fresh(boss), at=clock.now()),
    )

    assert len(kinds(answers, Released)) + len(kinds(answers, Wave)) == 1
    assert len(kinds(answers, NothingToRelease)) + len(kinds(answers, IllegalTransition)) == 1
    assert Pick.objects.count() == 4


def test_two_releases_at_once_count_the_floors_open_picks_one_after_the_other(hall):
    warehouse, bolt = hall
    boss = a_supervisor()
    shops = [ChannelFactory(code=code) for code in ("ONE", "TWO")]
    FloorLimit.objects.create(warehouse=warehouse, most_open_picks=4)
    for shop in shops:
        for _ in range(3):
            a_sales_order(warehouse, (bolt, 1), by=boss, channel=shop)

    together(*[by_criteria(warehouse, boss, channel_id=shop.pk) for shop in shops])

    assert Pick.objects.count() == 4
    assert SalesOrder.objects.filter(state="released").count() == 4


def test_a_lot_frozen_while_a_wave_is_released_is_either_picked_by_nobody_or_was_there_first(hall):
    warehouse, _ = hall
    boss = a_supervisor()
    milk = ItemFactory(number="MILK", perishable=True)
    today = warehouse.local_date(clock.now())
    lot = LotFactory(item=milk, expires_on=today + timedelta(days=90))
    stock(milk, LocationFactory(warehouse=warehouse), 10, lot=lot)
    a_sales_order(warehouse, (milk, 5), by=boss)

    together(by_criteria(warehouse, boss), lambda: hold_lots([lot.pk], reason=HoldReason.QUALITY, by=fresh(boss)))

    assert StockBalance.objects.get(item=milk).reserved == D(0)
    for pick in Pick.objects.all():
        assert pick.allocation.reservation.state == "released"


def test_of_two_clerks_who_send_a_load_off_at_once_one_does(hall):
    warehouse, bolt = hall
    door = LocationFactory(warehouse=warehouse, code="DOOR", kind=LocationKind.DOCK)
    tote = warehouse.locations.get(code="TOTE")
    orders = [a_sales_order(warehouse, (bolt, 2)) for _ in range(2)]
    pick_all(released(*orders), tote)
    shipments = [packed(order) for order in orders]
    by = a_supervisor()
    with transaction.atomic():
        load = plan_load(
            warehouse_id=warehouse.pk,
            carrier_id=PartyFactory(is_carrier=True).pk,
            dock_id=door.pk,
            shipment_ids=[each.pk for each in shipments],
            by=by,
            at=clock.now(),
        )
        start_loading(load_id=load.pk, by=by, at=clock.now())
    for shipment in shipments:
        with transaction.atomic():
            load_carton(carton_id=shipment.cartons.get().pk, dock_id=door.pk, by=by, at=clock.now())
    with transaction.atomic():
        close_load(load_id=load.pk, by=by, at=clock.now())

    answers = together(*[partial(depart_load, load_id=load.pk, taken_by="A", by=by, at=clock.now()) for _ in range(2)])

    assert len(kinds(answers, IllegalTransition)) == 1
    assert set(SalesOrder.objects.values_list("state", flat=True)) == {"shipped"}
    assert StockTransaction.objects.filter(kind="ship").count() == 1
