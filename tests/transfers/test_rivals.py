"""Two at the dock at the same moment, and somebody who closes while another receives: goods come off the road once."""

from decimal import Decimal as D
from functools import partial

import pytest

from apps.core import clock
from apps.core.errors import DomainError, IllegalTransition
from apps.ledger.models import StockBalance
from apps.ledger.operations import dispatch_units, open_units
from apps.ledger.states import UnitKind
from apps.locations.choices import LocationKind
from apps.orders.models import SalesOrder
from apps.orders.operations import ship_order_shipment
from apps.shipping.models import Carton
from apps.shipping.operations import load_carton
from apps.transfers.errors import MoreThanInTransit, NothingToTransfer, NotInTransit
from apps.transfers.models import Transfer, TransferArrival, TransitClosing
from apps.transfers.operations import approve_transfer, cancel_transfer, close_transit, receive_goods, receive_units
from tests.concurrency.crowd import persist, together
from tests.factories.ledger import LotFactory, stands, stock
from tests.factories.locations import LocationFactory
from tests.factories.transfers import a_transfer, goods, on_the_road, picked_and_packed, two_sites
from tests.invariants import assert_invariants


@pytest.fixture
def sites(transactional_db):
    return two_sites()


def test_a_carton_that_two_receive_comes_in_once(sites):
    transfer, unit = on_the_road(sites, (sites.item, 4))
    receive = partial(
        receive_units, transfer_id=transfer.pk, location_id=sites.dock.pk, unit_ids=[unit.pk], at=clock.now()
    )

    results = together(partial(receive, by=sites.receiver), partial(receive, by=sites.manager))

    assert sum(isinstance(result, Transfer) for result in results) == 1
    assert sum(isinstance(result, NotInTransit | IllegalTransition) for result in results) == 1
    assert stands(sites.item) == {"LYON-IN": D(4)}
    assert TransferArrival.objects.count() == 1
    assert_invariants()


def test_of_two_who_receive_the_last_goods_one_is_refused(sites):
    transfer, _ = on_the_road(sites, (sites.item, 5))
    receive = partial(
        receive_goods,
        transfer_id=transfer.pk,
        location_id=sites.dock.pk,
        goods=[goods(sites.item, 3)],
        at=clock.now(),
    )

    results = together(partial(receive, by=sites.receiver), partial(receive, by=sites.manager))

    (refused,) = [result for result in results if isinstance(result, DomainError)]
    assert isinstance(refused, MoreThanInTransit)
    assert stands(sites.item) == {"LYON-IN": D(3), "TRANSIT": D(2)}
    assert_invariants()


def test_goods_are_received_or_written_off_and_never_both(sites):
    transfer, unit = on_the_road(sites, (sites.item, 4))

    results = together(
        partial(
            receive_units,
            transfer_id=transfer.pk,
            location_id=sites.dock.pk,
            unit_ids=[unit.pk],
            by=sites.receiver,
            at=clock.now(),
        ),
        partial(
            close_transit,
            transfer_id=transfer.pk,
            outcome="lost",
            remark="gone",
            by=sites.manager,
            at=clock.now(),
        ),
    )

    (refused,) = [result for result in results if isinstance(result, Exception)]
    assert isinstance(refused, NotInTransit | NothingToTransfer | IllegalTransition)
    assert TransferArrival.objects.count() + TransitClosing.objects.count() == 1
    assert Transfer.objects.get().state == "closed"
    assert not StockBalance.objects.in_transit().exists()
    assert_invariants()


def test_a_transfer_that_is_approved_twice_at_once_has_one_order(sites):
    stock(sites.item, sites.paris.a, 4)
    transfer = a_transfer(sites, (sites.item, 4), approve=False)
    approve = partial(approve_transfer, transfer_id=transfer.pk, by=sites.sender, at=clock.now())

    results = together(approve, approve)

    assert sum(isinstance(result, IllegalTransition) for result in results) == 1
    assert SalesOrder.objects.get().lines.count() == 1
    assert_invariants()


def test_two_first_transfers_to_a_site_find_one_party_and_one_transit_place(sites):
    transfers = [a_transfer(sites, (sites.item, 1), approve=False) for _ in range(2)]

    results = together(
        *(partial(approve_transfer, transfer_id=each.pk, by=sites.sender, at=clock.now()) for each in transfers)
    )

    assert [type(result) for result in results] == [Transfer, Transfer]
    assert len({result.order.customer_id for result in results}) == 1
    assert len({result.order.channel_id for result in results}) == 1
    assert_invariants()


def loaded(sites, transfer):
    """Its shipment, packed and at the door."""
    shipment = picked_and_packed(sites, transfer)
    for carton in Carton.objects.filter(shipment=shipment):
        persist(partial(load_carton, carton_id=carton.pk, dock_id=sites.paris.dock.pk, by=sites.sender, at=clock.now()))
    return shipment


def test_a_transfer_leaves_or_is_cancelled_and_never_both(sites):
    stock(sites.item, sites.paris.a, 4)
    transfer = a_transfer(sites, (sites.item, 10))
    shipment = loaded(sites, transfer)

    results = together(
        partial(ship_order_shipment, shipment_id=shipment.pk, by=sites.sender, at=clock.now()),
        partial(cancel_transfer, transfer_id=transfer.pk, reason="no", by=sites.sender, at=clock.now()),
    )

    assert any(isinstance(result, DomainError) for result in results)
    transfer = Transfer.objects.get()
    gone = StockBalance.objects.in_transit().exists()
    assert (transfer.state, gone) in {("approved", True), ("cancelled", False), ("approved", False)}
    assert_invariants()


def test_goods_of_one_lot_that_cross_on_the_road_do_not_wait_for_each_other(sites):
    lot = LotFactory()
    there = LocationFactory(warehouse=sites.lyon, code="LYON-OUT", kind=LocationKind.DOCK)
    roads = [
        LocationFactory(warehouse=site, code="ROAD", kind=LocationKind.TRANSIT)
        for site in (sites.paris.warehouse, sites.lyon)
    ]
    sends = []
    for door, road in ((there, roads[0]), (sites.paris.dock, roads[1])):
        units = open_units(warehouse_id=door.warehouse_id, kind=UnitKind.CARTON, count=5)
        for unit in units:
            persist(partial(stock, lot.item, door, 2, lot=lot, unit=unit))
        sends += [
            partial(
                dispatch_units,
                [unit],
                warehouse_id=door.warehouse_id,
                target_id=road.pk,
                by=sites.sender,
                at=clock.now(),
                document="SH-9",
            )
            for unit in units
        ]

    results = together(*sends)

    assert [type(result) for result in results] == [tuple] * 10
    assert stands(lot.item) == {"ROAD": D(2)}
    assert StockBalance.objects.in_transit().filter(item=lot.item).count() == 10
