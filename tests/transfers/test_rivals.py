"""Two at the dock at the same moment, and somebody who closes while another receives: goods come off the road once."""

from decimal import Decimal as D
from functools import partial

import pytest

from apps.core import clock
from apps.core.errors import DomainError, IllegalTransition
from apps.ledger.models import StockBalance
from apps.orders.models import SalesOrder
from apps.transfers.errors import MoreThanInTransit, NothingToTransfer, NotInTransit
from apps.transfers.models import Transfer, TransferArrival, TransitClosing
from apps.transfers.operations import approve_transfer, close_transit, receive_goods, receive_units
from tests.concurrency.crowd import together
from tests.factories.ledger import stands, stock
from tests.factories.transfers import a_transfer, goods, on_the_road, two_sites
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
