"""Orders that have left, and goods of them that come back."""

from decimal import Decimal

from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.ledger.states import StockStatus
from apps.locations.choices import LocationKind
from apps.orders.operations import ship_order_shipment
from apps.purchasing.models import ReceiptLine
from apps.purchasing.operations import open_receipt
from apps.returns.operations import (
    announce_blind_return,
    announce_customer_return,
    confirm_supplier_pick,
    inspect_customer_return,
    receive_customer_return,
    request_return_to_supplier,
)
from apps.returns.rules import FOR_USE, ArrivedGoods, GoodsForSupplier, ReturnedGoods, UnmatchedGoods
from apps.returns.states import Grade
from apps.shipping.models import Carton
from apps.shipping.operations import load_carton
from apps.tasks.models import WarehouseTask
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor
from tests.factories.orders import a_sales_order, packed, pick_all, released
from tests.factories.purchasing import an_approved_order, receive_line
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
    """So much of a line is decided on; as new, unless told otherwise, where a grade is needed."""
    more.setdefault("grade", Grade.A if disposition in FOR_USE else "")
    return inspect_customer_return(
        return_id=document.pk,
        line=line,
        quantity=Decimal(quantity),
        disposition=disposition,
        by=by or an_actor(UserFactory(roles=[Role.SUPERVISOR])),
        at=clock.now(),
        **more,
    )


@transaction.atomic
def brought(document, *quantities, by=None, reason=""):
    """All that a return to a supplier asks for is where the truck's goods wait, or so much of each task in turn."""
    tasks = list(WarehouseTask.objects.open().filter(document=document.number, kind="send_back").order_by("pk"))
    for task, quantity in zip(tasks, quantities or [task.quantity for task in tasks], strict=False):
        confirm_supplier_pick(
            task_id=task.pk, quantity=Decimal(quantity), short_reason=reason, by=by or an_actor(), at=clock.now()
        )
    document.refresh_from_db()
    return document


@transaction.atomic
def received(floor, item, quantity, *, lot="", supplier=None, location=None):
    """So much of an order at 2.50 came in; its receipt line."""
    order = an_approved_order(floor.warehouse, (item, quantity), supplier=supplier)
    by, at = an_actor(UserFactory(roles=[Role.SUPERVISOR])), clock.now()
    receipt = open_receipt(order_ids=[order.pk], dock_id=floor.dock.pk, by=by, at=at)
    more = {"lot_number": lot} if lot else {}
    receive_line(receipt_id=receipt.pk, line=1, quantity=Decimal(quantity), by=by, at=at, **more)
    return ReceiptLine.objects.get(receipt=receipt)


def a_buyer():
    """Somebody who asks for returns to suppliers, approves those of others, and notes credits."""
    return an_actor(UserFactory(roles=[Role.BUYER]))


@transaction.atomic
def asked(floor, *goods, by=None, cause="overstock", status=StockStatus.AVAILABLE, **more):
    """That (receipt line, quantity) pairs go back to their supplier is asked for."""
    return request_return_to_supplier(
        warehouse_id=floor.warehouse.pk,
        cause=cause,
        lines=[
            GoodsForSupplier(receipt_line_id=line.pk, quantity=Decimal(quantity), status=status)
            for line, quantity in goods
        ],
        reason="too much",
        by=by or a_buyer(),
        at=clock.now(),
        **more,
    )


@transaction.atomic
def told(operation, document, *, by=None, **more):
    """What a buyer does with a return to a supplier."""
    return operation(return_id=document.pk, by=by or a_buyer(), at=clock.now(), **more)
