"""The rule on what is on the road is silent on good transfers and speaks up on the fault it is there for."""

import pytest
from django.db import transaction

from apps.core import clock
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.models import Channel
from apps.transfers.operations import close_transit, receive_goods
from tests.factories.transfers import goods, on_the_road, two_sites
from tests.invariants import assert_invariants, broken_by

FAULTS = {
    "an arrival that was not posted": (
        "update transfers_transferarrival set quantity = quantity + 1 where id ="
        " (select min(id) from transfers_transferarrival)"
    ),
    "an arrival that was forgotten": "delete from transfers_transferarrival",
    "goods that were written off by nobody": "delete from transfers_transitclosing",
    "a receiver who closed what was missing": (
        "update transfers_transitclosing set closed_by_id = (select min(received_by_id) from transfers_transferarrival)"
    ),
    "goods on the road that no transfer sent": "update transfers_transfer set order_id = null, state = 'cancelled'",
    "goods on the road in no carton": (
        "update ledger_stockbalance set unit_id = null where on_hand > 0 and location_id in"
        " (select id from locations_location where kind = 'transit')"
    ),
    "a transfer that was closed too early": (
        "update transfers_transfer set state = 'closed', closed_at = now() where state = 'approved'"
    ),
}


@pytest.fixture
def sites(transactional_db):
    """Of ten, six came, one of them damaged, one is lost and three are on the road. All committed."""
    sites = two_sites()
    transfer, _ = on_the_road(sites, (sites.item, 10))
    at = clock.now()
    with transaction.atomic():
        receive_goods(
            transfer_id=transfer.pk,
            location_id=sites.dock.pk,
            goods=[goods(sites.item, 5), goods(sites.item, 1, damaged=True, reason="crushed")],
            by=sites.receiver,
            at=at,
        )
    with transaction.atomic():
        close_transit(
            transfer_id=transfer.pk,
            outcome="lost",
            remark="gone",
            goods=[goods(sites.item, 1)],
            by=sites.manager,
            at=at,
        )
    return sites


def test_a_good_transfer_breaks_no_rule(sites):
    assert_invariants()
    assert Channel.objects.filter(kind="site").count() == 1
    assert Location.objects.filter(kind=LocationKind.TRANSIT).count() == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(sites, superuser_dsn, fault):
    assert "I34" in broken_by(FAULTS[fault], superuser_dsn)
