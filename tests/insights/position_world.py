"""A worked example: received, held, damaged, expired, shipped, picked, reserved, promised and expected."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from apps.core import clock
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason, StockStatus
from apps.locations.choices import LocationKind
from apps.orders.models import Pick
from apps.orders.operations import ship_order_shipment
from apps.shipping.operations import load_carton
from apps.supply.operations import note_received
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import a_sales_order, allocated, packed, pick_all, released
from tests.factories.purchasing import an_approved_order
from tests.factories.shipping import a_company

FIGURES = {
    "on_hand": "135",
    "reserved": "15",
    "available": "55",
    "inbound": "110",
    "promised": "120",
    "picked": "20",
    "outbound": "155",
    "in_transit": "0",
    "back_ordered": "65",
}
"""Of 100 good ones 10 have left, 20 are in a tote and 15 reserved; 5 are damaged, 30 on hold, 10 expired.

150 were ordered and 40 of them have come; 120 are promised and have no stock yet.
"""


@dataclass(frozen=True, kw_only=True)
class World:
    site: Any
    item: Any
    lots: Any


def a_world(site=None, **item):
    """The example at a site."""
    a_company()
    site = site or WarehouseFactory()
    item = ItemFactory(lots=True, **item)
    today = clock.now().date()
    storage = LocationFactory(warehouse=site)
    tote = LocationFactory(warehouse=site, kind=LocationKind.TOTE)
    LocationFactory(warehouse=site, kind=LocationKind.PACK)
    dock = LocationFactory(warehouse=site, kind=LocationKind.DOCK)
    good = LotFactory(item=item, number=f"GOOD-{item.pk}")
    held = LotFactory(item=item, number=f"HELD-{item.pk}")
    expired = LotFactory(item=item, number=f"OLD-{item.pk}", expires_on=today - timedelta(days=1))
    stock(item, storage, 100, lot=good)
    stock(item, storage, 5, lot=good, status=StockStatus.DAMAGED)
    stock(item, storage, 30, lot=held)
    stock(item, storage, 10, lot=expired)
    hold_lots([held.pk], reason=HoldReason.QUALITY, by=an_actor())

    shipped(a_sales_order(site, (item, 10)), tote, dock)
    pick_all(released(a_sales_order(site, (item, 20))), tote)
    allocated(a_sales_order(site, (item, 15)))
    purchase = an_approved_order(site, (item, 150), due_on=today + timedelta(days=1))
    note_received(document=purchase.number, quantities={1: Decimal(40)})
    a_sales_order(site, (item, 120))
    return World(site=site, item=item, lots=(good, held, expired))


@transaction.atomic
def shipped(order, tote, dock):
    """The order picked, packed, loaded and gone."""
    pick_all(released(order), tote)
    shipment = packed(order)
    by, at = an_actor(UserFactory(is_superuser=True)), clock.now()
    for carton in shipment.cartons.all():
        load_carton(carton_id=carton.pk, dock_id=dock.pk, by=by, at=at)
    ship_order_shipment(shipment_id=shipment.pk, by=by, at=at)
    assert not Pick.objects.on_their_way_out().filter(allocation__line__order=order).exists()
