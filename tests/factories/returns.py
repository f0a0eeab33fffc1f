"""Orders that have left, and goods of them that come back."""

from decimal import Decimal

from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.locations.choices import LocationKind
from apps.orders.operations import ship_order_shipment
from apps.returns.operations import (
    announce_blind_return,
    announce_customer_return,
    inspect_customer_return,
    receive_customer_return,
)
from apps.returns.rules import ArrivedGoods, ReturnedGoods, UnmatchedGoods
from apps.shipping.models import Carton
from apps.shipping.operations import load_carton
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor
from tests.factories.orders import a_sales_order, packed, pick_all, released
from tests.factories.shipping import a_bench, a_company


def an_inspector():
    """Somebody who judges what came back."""
    return an_actor(UserFactory(roles=[Role.QUALITY]))


def a_seller():
    """Somebody who opens returns."""
    return an_actor(UserFactory(roles=[Role.SALES]))


def a_shipped_order(floor, *lines, **more):
    """An order for (item, quantity) pairs that left in full, from what stands on the floor."""
    a_company()
    if not floor.warehouse.locations.filter(kind=LocationKind.PACK).exists():
        a_bench(floor.warehouse)
    order = a_sales_order(floor.warehouse, *lines, **more)
    pick_all(released(order), floor.tote)
    shipment = packed(order)
    for carton in Carton.objects.filter(shipment=shipment):
        with transaction.atomic():
            load_carton(carton_id=carton.pk, dock_id=floor.dock.pk, by=an_actor(), at=clock.now())
    with transaction.atomic():
        ship_order_shipment(shipment_id=shipment.pk, by=an_actor(), at=clock.now())
    order.refresh_from_db()
    return order


def back(quantity, *, line=1, lot=None, serial=None):
    """So much of an order's line comes back."""
    return ReturnedGoods(
        order_line=line,
        quantity=Decimal(quantity),
        lot_id=lot.pk if lot else None,
        serial_id=serial.pk if serial else None,
    )


def loose(item, quantity, *, lot=None, serial=None):
    """So much of an item comes back, matched to no order."""
    return UnmatchedGoods(
        item_id=item.pk,
        quantity=Decimal(quantity),
        lot_id=lot.pk if lot else None,
        serial_id=serial.pk if serial else None,
    )


@transaction.atomic
def a_return(order, *lines, by=None, reason="UNWANTED", **more):
    """A return that is announced."""
    return announce_customer_return(
        order_id=order.pk, lines=lines, reason=reason, by=by or a_seller(), at=clock.now(), **more
    )


@transaction.atomic
def a_blind_return(warehouse, customer, *lines, by=None, reason="UNWANTED", **more):
    """A return without an order, announced."""
    return announce_blind_return(
        warehouse_id=warehouse.pk,
        customer_id=customer.pk,
        lines=lines,
        reason=reason,
        by=by or an_actor(UserFactory(roles=[Role.SUPERVISOR])),
        at=clock.now(),
        **more,
    )


@transaction.atomic
def taken_in(document, place, *quantities, by=None):
    """All of it at a place, or so much of each line in turn."""
    lines = [ArrivedGoods(line=line, quantity=Decimal(each)) for line, each in enumerate(quantities, start=1)]
    return receive_customer_return(
        return_id=document.pk, location_id=place.pk, lines=lines or None, by=by or an_actor(), at=clock.now()
    )


@transaction.atomic
def inspected(document, quantity, disposition="restock", *, line=1, by=None, **more):
    """So much of a line is decided on."""
    return inspect_customer_return(
        return_id=document.pk,
        line=line,
        quantity=Decimal(quantity),
        disposition=disposition,
        by=by or an_actor(UserFactory(roles=[Role.SUPERVISOR])),
        at=clock.now(),
        **more,
    )
