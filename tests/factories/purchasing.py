"""Purchase orders as buyers raise and approve them, by the operations."""

from datetime import date
from decimal import Decimal

import factory
from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.actor import Actor
from apps.purchasing.models import SupplierItem
from apps.purchasing.operations import (
    Arrival,
    OrderLine,
    approve_purchase_order,
    raise_purchase_order,
    receive_lines,
    submit_purchase_order,
)
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory, PartyFactory


class SupplierItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupplierItem

    supplier = factory.SubFactory(PartyFactory, is_supplier=True)
    item = factory.SubFactory(ItemFactory)
    price = Decimal(1)


def a_buyer():
    """Somebody who may decide about orders."""
    return Actor(user=UserFactory(roles=[Role.BUYER]))


@transaction.atomic
def an_order(warehouse, *lines, supplier=None, by=None, due_on=date(2027, 1, 15), **more):
    """A draft for (item, quantity) or (item, quantity, tolerance), each at 2.50."""
    return raise_purchase_order(
        warehouse_id=warehouse.pk,
        supplier_id=(supplier or PartyFactory(is_supplier=True)).pk,
        lines=[
            OrderLine(
                item_id=item.pk,
                quantity=Decimal(quantity),
                price=Decimal("2.50"),
                over_tolerance_percent=Decimal(tolerance[0] if tolerance else 0),
            )
            for item, quantity, *tolerance in lines
        ],
        due_on=due_on,
        by=by or a_buyer(),
        at=clock.now(),
        **more,
    )


@transaction.atomic
def an_approved_order(warehouse, *lines, **more):
    """An order that goods may come in against."""
    order = an_order(warehouse, *lines, **more)
    submit_purchase_order(order_id=order.pk, by=Actor(user=order.raised_by), at=clock.now())
    boss = Actor(user=UserFactory(roles=[Role.ADMIN]))  # whose limit no order is above
    return approve_purchase_order(order_id=order.pk, by=boss, at=clock.now())


def receive_line(*, receipt_id, line, quantity, by, at, **more):
    """So much of an order's line comes in."""
    arrival = Arrival(line=line, quantity=quantity, **more)
    return receive_lines(receipt_id=receipt_id, arrivals=[arrival], by=by, at=at)
