"""Goods that come, leave and are made at a cost, and a book that has read all of it."""

from decimal import Decimal

from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.ledger.operations import Move, Place, post
from apps.ledger.operations.seal import seal_block
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.valuation.models import CostEntry
from apps.valuation.operations import value_next
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import works_at

KINDS = {
    LocationKind.SUPPLIER: TransactionKind.RECEIVE,
    LocationKind.CUSTOMER: TransactionKind.SHIP,
    LocationKind.ADJUSTMENT: TransactionKind.ADJUST,
    LocationKind.SCRAP: TransactionKind.SCRAP,
    LocationKind.PRODUCTION: TransactionKind.PRODUCE,
}


def a_manager():
    """Somebody who may say what things cost, at every site."""
    user = UserFactory(roles=(Role.INVENTORY_MANAGER,))
    for warehouse in Warehouse.objects.all():
        works_at(user, warehouse)
    return an_actor(user)


def virtual(place, kind):
    """The place outside that stands for suppliers, customers and so on."""
    return Location.objects.get(warehouse=place.warehouse, kind=kind)


def a_move(item, place, quantity, *, outside, cost=None, lot=None, serial=None, owner=None):
    """So much comes in (or, where it is negative, leaves)."""
    here, there = Place(location_id=place.pk), Place(location_id=virtual(place, outside).pk)
    amount = Decimal(str(quantity))
    return Move(
        item_id=item.pk,
        quantity=abs(amount),
        source=there if amount > 0 else here,
        target=here if amount > 0 else there,
        lot_id=lot.pk if lot else None,
        serial_id=serial.pk if serial else None,
        owner_id=owner.pk if owner else None,
        unit_cost=None if cost is None else Decimal(str(cost)),
    )


@transaction.atomic
def posted(place, *moves, outside=LocationKind.SUPPLIER, document=""):
    """The moves in one posting."""
    return post(
        list(moves),
        warehouse_id=place.warehouse_id,
        kind=KINDS[outside],
        by=an_actor(),
        at=clock.now(),
        document=document,
    )


def received(item, place, quantity, cost, *, document="GR-1", **goods):
    """Goods from the supplier."""
    return posted(
        place, a_move(item, place, quantity, outside=LocationKind.SUPPLIER, cost=cost, **goods), document=document
    )


def sold(item, place, quantity, *, document="SH-1", **goods):
    """Goods for a customer."""
    move = a_move(item, place, -quantity, outside=LocationKind.CUSTOMER, **goods)
    return posted(place, move, outside=LocationKind.CUSTOMER, document=document)


def returned(item, place, quantity, *, document="RT-1", **goods):
    """A customer brings goods back."""
    move = a_move(item, place, quantity, outside=LocationKind.CUSTOMER, **goods)
    return posted(place, move, outside=LocationKind.CUSTOMER, document=document)


def found(item, place, quantity, **goods):
    """A count finds goods, or (negative) misses them."""
    move = a_move(item, place, quantity, outside=LocationKind.ADJUSTMENT, **goods)
    return posted(place, move, outside=LocationKind.ADJUSTMENT, document="CC-1")


@transaction.atomic
def valued(limit=10_000):
    """The book reads all that was posted."""
    while seal_block(by=an_actor(), at=clock.now()):
        pass
    while value_next(limit=limit, by=an_actor(), at=clock.now()):
        pass


def entries(item):
    """Kind, quantity, value and variance of an item's entries, in their order."""
    rows = CostEntry.objects.filter(item=item).order_by("pk")
    return [(row.kind, row.quantity, row.value, row.variance) for row in rows]
