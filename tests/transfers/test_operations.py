"""Transfers between our sites: asked for, approved by another, sent as orders are, received, and explained."""

from datetime import timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import IllegalTransition, InvalidQuantity, NotAllowed
from apps.journal.models import Approval, AuditEntry
from apps.ledger.models import HandlingUnit, StockBalance, StockTransaction
from apps.ledger.operations import hold_lots, let_go_units, nest_unit, open_unit
from apps.ledger.queries.as_of import stock_as_of
from apps.ledger.states import HoldReason, StockStatus, UnitKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, TransitTime
from apps.orders.errors import OwnSite
from apps.orders.models import Pick, SalesOrder
from apps.orders.models.order import ChannelKind
from apps.orders.operations import (
    PackLine,
    cancel_sales_order,
    open_carton,
    open_shipment,
    pack_picks,
    ship_order_shipment,
)
from apps.orders.states import SalesOrderState
from apps.shipping.models import Carton, Shipment
from apps.shipping.operations import close_carton, complete_packing, load_carton
from apps.shipping.operations.depart import dispatch
from apps.shipping.queries import contents_of
from apps.shipping.states import ShipmentState
from apps.storage.models import Putaway
from apps.supply.models import ExpectedReceipt, Promise
from apps.supply.queries import available_to_promise
from apps.traceability.queries import trace_lot
from apps.transfers.errors import (
    AlreadyDispatched,
    DayOver,
    ItemTwice,
    LotUnclear,
    MoreThanInTransit,
    NoArrivalPlace,
    NothingToTransfer,
    NotInTransit,
    OwnReceipt,
    OwnTransfer,
    ReasonNeeded,
    SameSite,
)
from apps.transfers.models import Transfer, TransferArrival, TransitClosing
from apps.transfers.operations import (
    approve_transfer,
    cancel_transfer,
    close_transit,
    end_transfer,
    receive_goods,
    receive_units,
    reject_transfer,
    request_transfer,
)
from apps.transfers.queries import progress_of
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stands, stock
from tests.factories.locations import works_at
from tests.factories.orders import a_sales_order, allocated, pick_all, refusing, released
from tests.factories.transfers import a_transfer, dispatched, goods, on_the_road, picked_and_packed
from tests.invariants import assert_invariants


def stage_of(transfer):
    rows: Any = Transfer.objects.with_stage()
    return rows.get(pk=transfer.pk).stage


def figures(transfer):
    """Each line's asked, dispatched, received, damaged, closed, in transit."""
    return [
        tuple(int(each) for each in (p.asked, p.dispatched, p.received, p.damaged, p.closed, p.in_transit))
        for p in progress_of([transfer.pk])[transfer.pk]
    ]


@transaction.atomic
def do(operation, transfer, by, **more):
    return operation(transfer_id=transfer.pk, by=by, at=clock.now(), **more)


def receive(sites, transfer, *named, by=None, place=None):
    return do(
        receive_goods,
        transfer,
        by or sites.receiver,
        location_id=(place or sites.dock).pk,
        goods=list(named),
    )


def receive_whole(sites, transfer, *units, by=None, place=None):
    return do(
        receive_units,
        transfer,
        by or sites.receiver,
        location_id=(place or sites.dock).pk,
        unit_ids=[unit.pk for unit in units],
    )


def close(sites, transfer, outcome, *named, by=None, **more):
    return do(
        close_transit,
        transfer,
        by or sites.manager,
        outcome=outcome,
        goods=list(named),
        remark=more.pop("remark", "the truck was searched"),
        **more,
    )


def test_an_approved_transfer_is_an_order_of_our_own_site_that_is_promised(sites):
    stock(sites.item, sites.paris.a, 10)
    TransitTime.objects.create(origin=sites.paris.warehouse, target=sites.lyon, days=2)

    transfer = a_transfer(sites, (sites.item, 4))

    order = transfer.order
    assert (order.state, order.warehouse, order.reference, order.ship_to) == (
        SalesOrderState.CONFIRMED,
        sites.paris.warehouse,
        transfer.number,
        "Lyon",
    )
    assert (order.channel.kind, order.customer.site) == (ChannelKind.SITE, sites.lyon)
    assert order.due_on == transfer.needed_on - timedelta(days=2)
    assert Promise.objects.get(document=order.number).quantity == D(4)
    assert Approval.objects.get(number=transfer.number).decided_by == sites.sender.user
    assert stage_of(transfer) == "approved"
    assert Location.objects.get(warehouse=sites.lyon, kind=LocationKind.TRANSIT).code == "TRANSIT"


def test_sales_figures_leave_the_orders_of_our_own_sites_out(sites):
    stock(sites.item, sites.paris.a, 10)
    sold = a_sales_order(sites.paris.warehouse, (sites.item, 1))
    a_transfer(sites, (sites.item, 4))

    assert list(SalesOrder.objects.sales()) == [sold]
    assert SalesOrder.objects.count() == 2


def test_nobody_sells_to_our_own_site(sites):
    customer = a_transfer(sites, (sites.item, 4)).order.customer

    with refusing(OwnSite) as caught:
        a_sales_order(sites.paris.warehouse, (sites.item, 1), customer=customer)

    assert (caught.value.party, caught.value.recover) == ("SITE-LYON", ("reenter",))


def test_a_second_transfer_to_a_site_finds_the_party_and_the_place_there(sites):
    first, second = a_transfer(sites, (sites.item, 1)), a_transfer(sites, (sites.item, 1))

    assert first.order.customer == second.order.customer
    assert Location.objects.filter(warehouse=sites.lyon, kind=LocationKind.TRANSIT).count() == 1


def test_a_transfer_is_approved_by_another_who_works_at_the_sender(sites):
    transfer = a_transfer(sites, (sites.item, 1), approve=False)
    own = a_transfer(sites, (sites.item, 1), request=False)
    asker, sites.asker = sites.asker, sites.sender
    drafted = a_transfer(sites, (sites.item, 1), request=False)
    with transaction.atomic():
        request_transfer(transfer_id=own.pk, by=sites.sender, at=clock.now())
        request_transfer(transfer_id=drafted.pk, by=asker, at=clock.now())

    refused = []
    for each in (own, drafted):
        with refusing(OwnTransfer) as caught:
            do(approve_transfer, each, sites.sender)
        refused.append(caught.value.who)
    for stranger in (sites.manager, an_actor(works_at(UserFactory(roles=[Role.BUYER]), sites.paris.warehouse))):
        with refusing(NotAllowed):
            do(approve_transfer, transfer, stranger)

    assert refused == [sites.sender.user.get_username()] * 2
    assert not SalesOrder.objects.exists()
    assert do(approve_transfer, transfer, sites.sender).state == "approved"


def test_what_a_transfer_asks_for_makes_sense(sites):
    for lines, refusal in (
        ((), NothingToTransfer),
        (((sites.item, 1), (sites.item, 2)), ItemTwice),
        (((sites.item, "0.5"),), InvalidQuantity),
    ):
        with refusing(refusal):
            a_transfer(sites, *lines)
    with refusing(DayOver):
        a_transfer(sites, (sites.item, 1), needed_in=-1)
    sites.paris.warehouse, here = sites.lyon, sites.paris.warehouse
    with refusing(SameSite):
        a_transfer(sites, (sites.item, 1))
    sites.paris.warehouse = here
    sites.asker = an_actor(UserFactory(roles=[Role.BUYER]))
    with refusing(NotAllowed):
        a_transfer(sites, (sites.item, 1))

    assert not Transfer.objects.exists()


def test_a_rejected_transfer_sends_nothing(sites):
    transfer = a_transfer(sites, (sites.item, 1), approve=False)

    rejected = do(reject_transfer, transfer, sites.sender, reason="we need it ourselves")

    assert (rejected.state, rejected.decision, rejected.order) == ("rejected", "we need it ourselves", None)
    with refusing(IllegalTransition):
        do(approve_transfer, transfer, sites.sender)


def test_a_transfer_is_cancelled_before_it_leaves_and_its_stock_is_free(sites):
    stock(sites.item, sites.paris.a, 10)
    transfer = a_transfer(sites, (sites.item, 4))
    allocated(transfer.order)
    assert StockBalance.objects.get(location=sites.paris.a).reserved == D(4)

    cancelled = do(cancel_transfer, transfer, sites.sender, reason="not needed")

    assert (cancelled.state, cancelled.order.state) == ("cancelled", SalesOrderState.CANCELLED)
    assert StockBalance.objects.get(location=sites.paris.a).reserved == D(0)
    assert not Promise.objects.open().exists()
    assert_invariants()


def test_what_has_left_is_not_cancelled(sites):
    transfer, _ = on_the_road(sites, (sites.item, 4))

    with refusing(AlreadyDispatched):
        do(cancel_transfer, transfer, sites.sender, reason="not needed")

    assert figures(transfer) == [(4, 4, 0, 0, 0, 4)]


def test_a_draft_is_cancelled_by_whoever_may_ask(sites):
    draft = a_transfer(sites, (sites.item, 4), request=False)

    assert do(cancel_transfer, draft, sites.asker, reason="typo").decision == "typo"


def test_an_order_that_was_cancelled_at_its_own_desk_ends_the_transfer_too(sites):
    transfer = a_transfer(sites, (sites.item, 4))
    with transaction.atomic():
        cancel_sales_order(order_id=transfer.order_id, reason="no", by=sites.sender, at=clock.now())

    assert stage_of(transfer) == "cancelled"
    assert do(cancel_transfer, transfer, sites.sender, reason="no").state == "cancelled"


def test_what_leaves_is_in_transit_and_expected_at_its_destination_by_a_day(sites):
    TransitTime.objects.create(origin=sites.paris.warehouse, target=sites.lyon, days=3)
    today = sites.lyon.local_date(clock.now())

    transfer, unit = on_the_road(sites, (sites.item, 4))

    shipment = Shipment.objects.get()
    assert shipment.destination == sites.lyon
    assert StockTransaction.objects.get(shipment=shipment).kind == "dispatch"
    assert stage_of(transfer) == "in_transit"
    assert figures(transfer) == [(4, 4, 0, 0, 0, 4)]
    assert stands(sites.item) == {"TRANSIT": D(4)}
    assert StockBalance.objects.on_hand().get().unit == unit
    expected = ExpectedReceipt.objects.get()
    assert (expected.warehouse, expected.document, expected.quantity, expected.due_on) == (
        sites.lyon,
        shipment.number,
        D(4),
        today + timedelta(days=3),
    )
    for days, promisable in ((2, 0), (3, 4)):
        answer = available_to_promise(
            warehouse_id=sites.lyon.pk, item_ids=[sites.item.pk], by=today + timedelta(days=days)
        )
        assert answer == {sites.item.pk: D(promisable)}
    assert_invariants()


def test_goods_on_the_road_are_ours_as_of_any_moment_and_in_the_trace_of_their_lot(sites):
    lot = LotFactory()
    stock(lot.item, sites.paris.a, 6, lot=lot)
    transfer = a_transfer(sites, (lot.item, 4))
    before = clock.now()
    unit = dispatched(sites, transfer)
    on_road = clock.now()
    receive(sites, transfer, goods(lot.item, 3))
    close(sites, transfer, "lost")

    def stood(at):
        page = stock_as_of(UserFactory(is_superuser=True), at=at, item=lot.item, limit=10)
        return {(row.warehouse, row.location, row.quantity) for row in page.rows}

    paris = sites.paris.warehouse.code
    assert stood(before) == {(paris, "A", D(6))}
    assert stood(on_road) == {(paris, "A", D(2)), ("LYON", "TRANSIT", D(4))}
    assert stood(clock.now()) == {(paris, "A", D(2)), ("LYON", "LYON-IN", D(3))}
    balance = trace_lot(lot.pk).balance
    assert (balance.received, balance.on_hand, balance.shipped, balance.adjusted, balance.difference) == (
        D(6),
        D(5),
        D(0),
        D(1),
        D(0),
    )
    assert unit.warehouse == sites.lyon
    assert_invariants()


def test_a_carton_is_received_whole_by_its_label_and_put_away(sites):
    transfer, unit = on_the_road(sites, (sites.item, 4))

    done = receive_whole(sites, transfer, unit)

    assert (done.state, stage_of(transfer), done.closed_at is not None) == ("closed", "closed", True)
    assert figures(transfer) == [(4, 4, 4, 0, 0, 0)]
    standing = StockBalance.objects.on_hand().get()
    assert (standing.location, standing.unit, standing.on_hand) == (sites.dock, unit, D(4))
    putaway = Putaway.objects.get()
    assert (putaway.task.unit, putaway.task.document, putaway.proposed) == (unit, transfer.number, sites.bin)
    assert not ExpectedReceipt.objects.open().exists()
    unit.refresh_from_db()
    assert (unit.warehouse, unit.document) == (sites.lyon, "")
    assert StockTransaction.objects.latest("pk").kind == "arrive"
    assert_invariants()


def test_goods_are_received_short_and_damaged_and_the_rest_stays_on_the_road(sites):
    transfer, unit = on_the_road(sites, (sites.item, 10))

    part = receive(
        sites, transfer, goods(sites.item, 6), goods(sites.item, 1, damaged=True, reason="crushed"), by=sites.receiver
    )

    assert (part.state, stage_of(transfer)) == ("approved", "part_received")
    assert figures(transfer) == [(10, 10, 7, 1, 0, 3)]
    assert {(row.location.code, row.status, row.on_hand) for row in StockBalance.objects.on_hand()} == {
        ("LYON-IN", StockStatus.AVAILABLE, D(6)),
        ("LYON-IN", StockStatus.DAMAGED, D(1)),
        ("TRANSIT", StockStatus.AVAILABLE, D(3)),
    }
    assert set(Putaway.objects.values_list("status", "proposed__code", "task__quantity")) == {
        ("available", "LYON-A", D(6)),
        ("damaged", "LYON-Q", D(1)),
    }
    assert (ExpectedReceipt.objects.get().quantity, ExpectedReceipt.objects.get().received) == (D(10), D(7))
    assert TransferArrival.objects.get(status="damaged").reason == "crushed"
    assert AuditEntry.objects.get(verb="damaged").detail["goods"] == "1 BOLT: crushed"
    assert unit.carton.unit == unit
    assert_invariants()


def test_papers_tell_what_a_carton_left_with_whatever_becomes_of_it(sites):
    transfer, unit = on_the_road(sites, (sites.item, 10))
    told = [contents_of([unit.carton])]

    for quantity in (6, 4):
        receive(sites, transfer, goods(sites.item, quantity), by=sites.receiver)
        told.append(contents_of([unit.carton]))

    assert [[(row.item, row.quantity) for row in each[unit.carton.pk]] for each in told] == [[(sites.item, D(10))]] * 3


def test_no_more_is_received_than_is_on_the_road(sites):
    transfer, _ = on_the_road(sites, (sites.item, 4))

    with refusing(MoreThanInTransit) as caught:
        receive(sites, transfer, goods(sites.item, 3), goods(sites.item, 2))

    assert (caught.value.in_transit, caught.value.asked, caught.value.item) == (D(1), D(2), "BOLT")
    assert stands(sites.item) == {"TRANSIT": D(4)}
    assert not TransferArrival.objects.exists()


def test_a_carton_is_received_once_and_only_of_its_transfer(sites):
    transfer, unit = on_the_road(sites, (sites.item, 4))
    other, other_unit = on_the_road(sites, (sites.item, 2))

    with refusing(NotInTransit) as caught:
        receive_whole(sites, transfer, unit, other_unit)
    receive_whole(sites, other, other_unit)
    with refusing(IllegalTransition):
        receive_whole(sites, other, other_unit)
    receive(sites, transfer, goods(sites.item, 1))
    receive_whole(sites, transfer, unit)

    assert (caught.value.unit, caught.value.transfer) == (other_unit.number, transfer.number)
    assert figures(transfer) == [(4, 4, 4, 0, 0, 0)]
    assert_invariants()


def test_goods_come_in_where_trucks_are_unloaded_and_are_told_of_when_damaged(sites):
    transfer, unit = on_the_road(sites, (sites.item, 4))

    for place in (sites.bin, sites.paris.dock):
        with refusing(NoArrivalPlace):
            receive_whole(sites, transfer, unit, place=place)
    with refusing(ReasonNeeded):
        receive(sites, transfer, goods(sites.item, 1, damaged=True, reason=" "))
    with refusing(NothingToTransfer):
        receive(sites, transfer)
    with refusing(NotAllowed):
        receive_whole(sites, transfer, unit, by=sites.sender)

    assert figures(transfer) == [(4, 4, 0, 0, 0, 4)]


def test_lots_and_serial_numbers_travel_with_their_expiry(sites):
    item = ItemFactory(number="MILK", lots=True, expires=True)
    today = sites.lyon.local_date(clock.now())
    lots = [LotFactory(item=item, number=f"L{n}", expires_on=today + timedelta(days=n)) for n in (60, 30)]
    serial = SerialFactory()
    for lot in lots:
        stock(item, sites.paris.a, 3, lot=lot)
    stock(serial.item, sites.paris.a, 1, serial=serial)
    transfer = a_transfer(sites, (item, 5), (serial.item, 1))
    unit = dispatched(sites, transfer)

    # First expired first out: all of the lot that expires first, and some of the other.
    road = StockBalance.objects.in_transit().filter(item=item)
    assert set(road.values_list("lot__number", "on_hand")) == {
        ("L30", D(3)),
        ("L60", D(2)),
    }
    with refusing(LotUnclear) as caught:
        receive(sites, transfer, goods(item, 1))
    receive(sites, transfer, goods(item, 3, lot_id=lots[1].pk), goods(serial.item, 1, serial_id=serial.pk))
    receive_whole(sites, transfer, unit)

    assert caught.value.lots == ["L30", "L60"]
    assert {
        (row.lot.number if row.lot else "", row.serial, row.on_hand, row.unit)
        for row in StockBalance.objects.on_hand().filter(location=sites.dock)
    } == {("L30", None, D(3), None), ("", serial, D(1), None), ("L60", None, D(2), unit)}
    assert_invariants()


def test_a_lot_that_is_held_on_the_road_comes_in_and_goes_no_further(sites):
    lot = LotFactory()
    stock(lot.item, sites.paris.a, 3, lot=lot)
    transfer = a_transfer(sites, (lot.item, 3))
    unit = dispatched(sites, transfer)
    with transaction.atomic():
        hold_lots([lot.pk], reason=HoldReason.RECALL, by=sites.manager)

    receive_whole(sites, transfer, unit)

    assert StockBalance.objects.on_hand().get().location == sites.dock
    assert_invariants()


@pytest.fixture
def pallet(sites):
    """A transfer of two cartons that left Paris on one pallet: the transfer, the pallet, its cartons."""
    stock(sites.item, sites.paris.a, 10)
    transfer = a_transfer(sites, (sites.item, 10))
    pick_all(released(transfer.order), sites.paris.tote)
    at, by = clock.now(), sites.sender
    with transaction.atomic():
        shipment = open_shipment(order_id=transfer.order_id, by=by, at=at)
        (pick,) = Pick.objects.all()
        cartons = [open_carton(shipment_id=shipment.pk, by=by, at=at) for _ in range(2)]
    for carton, quantity in zip(cartons, (4, 6), strict=True):
        with transaction.atomic():
            pack_picks(carton_id=carton.pk, contents=[PackLine(pick_id=pick.pk, quantity=D(quantity))], by=by, at=at)
            close_carton(carton_id=carton.pk, by=by, at=at)
    units = [carton.unit_id for carton in cartons]
    bench = Location.objects.get(warehouse=sites.paris.warehouse, kind=LocationKind.PACK)
    with transaction.atomic():
        let_go_units(units, document=shipment.number)
        stacked = open_unit(
            warehouse_id=sites.paris.warehouse.pk, kind=UnitKind.PALLET, by=by, at=at, location_id=bench.pk
        )
        for unit in units:
            nest_unit(unit_id=unit, into_id=stacked.pk, by=by, at=at)
        complete_packing(shipment_id=shipment.pk, by=by, at=at)
    with transaction.atomic():
        gone = Shipment.objects.lock_one(shipment.pk)
        assert gone.destination is not None
        gone.transaction_id = dispatch(gone, gone.destination, [stacked.pk], by=by, at=at)
        gone.loaded_at, gone.shipped_at = at, at
        gone.advance(ShipmentState.LOADED, "loaded_at")
        gone.advance(ShipmentState.SHIPPED, "transaction", "shipped_at")
    return transfer, stacked, HandlingUnit.objects.filter(pk__in=units).order_by("pk")


def test_a_pallet_is_received_with_all_cartons_on_it(sites, pallet):
    transfer, stacked, (first, _) = pallet

    receive_whole(sites, transfer, stacked, first)

    assert figures(transfer) == [(10, 10, 10, 0, 0, 0)]
    standing = StockBalance.objects.on_hand().select_related("unit")
    assert {(row.location, row.on_hand) for row in standing} == {(sites.dock, D(4)), (sites.dock, D(6))}
    assert set(HandlingUnit.objects.filter(parent=stacked).values_list("location", flat=True)) == {sites.dock.pk}
    assert Putaway.objects.get().task.unit == stacked
    assert_invariants()


def test_a_carton_is_received_off_its_pallet_and_the_rest_stays_on_the_road(sites, pallet):
    transfer, stacked, (first, second) = pallet

    receive_whole(sites, transfer, first)

    assert figures(transfer) == [(10, 10, 4, 0, 0, 6)]
    assert list(HandlingUnit.objects.filter(parent=stacked)) == [second]
    assert StockBalance.objects.in_transit().get().unit == second
    receive_whole(sites, transfer, stacked)
    assert figures(transfer) == [(10, 10, 10, 0, 0, 0)]
    assert_invariants()


def test_what_never_came_is_written_off_by_another_than_who_received_and_the_transfer_closes(sites):
    transfer, _ = on_the_road(sites, (sites.item, 10))
    works_at(sites.sender.user, sites.lyon)
    receive(sites, transfer, goods(sites.item, 7), by=sites.manager)

    with refusing(OwnReceipt):
        close(sites, transfer, "lost")
    for by in (sites.receiver, sites.asker):
        with refusing(NotAllowed):
            close(sites, transfer, "lost", by=by)
    with refusing(ReasonNeeded):
        close(sites, transfer, "lost", by=sites.sender, remark=" ")
    with refusing(MoreThanInTransit):
        close(sites, transfer, "lost", goods(sites.item, 4), by=sites.sender)
    done = close(sites, transfer, "lost", by=sites.sender)

    assert (done.state, figures(transfer)) == ("closed", [(10, 10, 7, 0, 3, 0)])
    closing = TransitClosing.objects.get()
    assert (closing.outcome, closing.quantity, closing.closed_by) == ("lost", D(3), sites.sender.user)
    posting = closing.transaction
    assert (posting.kind, posting.warehouse, posting.reason) == ("adjust", sites.lyon, "the truck was searched")
    assert not ExpectedReceipt.objects.open().exists()
    assert not posting.is_undone_alone
    assert_invariants()


@pytest.mark.parametrize(
    ("outcome", "kind", "left"),
    [
        ("lost", "adjust", {}),
        ("left_behind", "adjust", {}),
        ("damaged", "scrap", {}),
        ("found", "arrive", {"LYON-IN": 4}),
    ],
)
def test_each_outcome_takes_the_goods_off_the_road(sites, outcome, kind, left):
    transfer, unit = on_the_road(sites, (sites.item, 4))

    place = {"location_id": sites.dock.pk} if outcome == "found" else {}
    done = close(sites, transfer, outcome, **place)

    assert done.state == "closed"
    assert StockTransaction.objects.latest("pk").kind == kind
    assert stands(sites.item) == {code: D(quantity) for code, quantity in left.items()}
    assert Putaway.objects.count() == len(left)
    unit.refresh_from_db()
    assert unit.retired_at is not None
    assert_invariants()


def test_what_is_found_stands_somewhere(sites):
    transfer, _ = on_the_road(sites, (sites.item, 4))

    with refusing(NoArrivalPlace):
        close(sites, transfer, "found")
    with refusing(NoArrivalPlace):
        close(sites, transfer, "found", location_id=sites.bin.pk)


def test_what_is_lost_in_part_is_expected_no_more(sites):
    transfer, _ = on_the_road(sites, (sites.item, 10))

    close(sites, transfer, "lost", goods(sites.item, 4))

    expected = ExpectedReceipt.objects.get()
    assert (expected.quantity, expected.received, expected.closed_at) == (D(6), D(0), None)
    receive(sites, transfer, goods(sites.item, 6))
    assert not ExpectedReceipt.objects.open().exists()
    assert Transfer.objects.get().state == "closed"


def test_a_back_order_is_sent_later_and_the_transfer_waits_for_it(sites):
    stock(sites.item, sites.paris.a, 4)
    transfer = a_transfer(sites, (sites.item, 10))
    unit = dispatched(sites, transfer)
    receive_whole(sites, transfer, unit)

    assert (stage_of(transfer), figures(transfer)) == ("received", [(10, 4, 4, 0, 0, 0)])
    stock(sites.item, sites.paris.a, 2)
    later = dispatched(sites, transfer)
    assert stage_of(transfer) == "part_received"
    assert figures(transfer) == [(10, 6, 4, 0, 0, 2)]
    do(end_transfer, transfer, sites.sender, reason="no more to send")
    assert (Transfer.objects.get().state, SalesOrder.objects.get().state) == ("approved", SalesOrderState.SHIPPED)
    receive_whole(sites, transfer, later)

    assert Transfer.objects.get().state == "closed"
    assert_invariants()


def test_picking_shows_while_it_is_picked(sites):
    stock(sites.item, sites.paris.a, 4)
    transfer = a_transfer(sites, (sites.item, 4))

    picked_and_packed(sites, transfer)

    assert stage_of(transfer) == "picking"
    assert stage_of(a_transfer(sites, (sites.item, 4), request=False)) == "draft"


def test_a_shipment_to_a_site_without_a_transit_place_does_not_leave(sites):
    stock(sites.item, sites.paris.a, 4)
    transfer = a_transfer(sites, (sites.item, 4))
    Location.objects.filter(kind=LocationKind.TRANSIT).update(is_active=False)

    with pytest.raises(Exception, match="LYON has no transit place in use"):
        dispatched(sites, transfer)

    assert stage_of(transfer) == "picking"


def test_many_cartons_are_received_in_as_many_statements_as_few(sites):
    counts = []
    for cartons in (2, 12):
        transfer = a_transfer(sites, (sites.item, cartons))
        stock(sites.item, sites.paris.a, cartons)
        pick_all(released(transfer.order), sites.paris.tote)
        units = in_cartons(sites, transfer, *[D(1)] * cartons)
        with CaptureQueriesContext(connection) as captured:
            receive_whole(sites, transfer, *units)
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert StockBalance.objects.on_hand().filter(location=sites.dock).count() == 14
    assert_invariants()


def in_cartons(sites, transfer, *quantities):
    """What is picked of it leaves in so many cartons; their units."""
    at, by = clock.now(), sites.sender
    with transaction.atomic():
        shipment = open_shipment(order_id=transfer.order_id, by=by, at=at)
    pick = Pick.objects.get(allocation__line__order=transfer.order_id)
    for quantity in quantities:
        with transaction.atomic():
            carton = open_carton(shipment_id=shipment.pk, by=by, at=at)
            pack_picks(carton_id=carton.pk, contents=[PackLine(pick_id=pick.pk, quantity=quantity)], by=by, at=at)
            close_carton(carton_id=carton.pk, by=by, at=at)
    with transaction.atomic():
        complete_packing(shipment_id=shipment.pk, by=by, at=at)
    for carton in Carton.objects.filter(shipment=shipment):
        with transaction.atomic():
            load_carton(carton_id=carton.pk, dock_id=sites.paris.dock.pk, by=by, at=at)
    with transaction.atomic():
        ship_order_shipment(shipment_id=shipment.pk, by=by, at=at)
    return HandlingUnit.objects.filter(carton__shipment=shipment).order_by("pk")
