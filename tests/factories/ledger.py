"""Lots, and stock made by posting a receipt."""

from decimal import Decimal

import factory

from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.actor import Actor
from apps.ledger.models import Lot, SerialNumber, StockBalance
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory


class LotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lot

    item = factory.SubFactory(ItemFactory, lots=True)
    number = factory.Sequence(lambda n: f"LOT-{n}")
    created_at = factory.LazyFunction(clock.now)


class SerialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SerialNumber

    item = factory.SubFactory(ItemFactory, serials=True)
    number = factory.Sequence(lambda n: f"SN-{n}")
    created_at = factory.LazyFunction(clock.now)


def an_actor(user=None, **more):
    """Somebody of the floor, who moves goods and decides nothing."""
    return Actor(user=user or UserFactory(roles=[Role.PICKER]), **more)


def stock(
    item, location, quantity, *, lot=None, serial=None, status=StockStatus.AVAILABLE, unit=None, by=None, cost=None
):
    """Receive a quantity from the supplier straight into a location; the ledger's transaction."""
    supplier = Location.objects.get(warehouse=location.warehouse, kind=LocationKind.SUPPLIER)
    return post(
        [
            Move(
                item_id=item.pk,
                lot_id=lot.pk if lot else None,
                serial_id=serial.pk if serial else None,
                quantity=Decimal(quantity),
                source=Place(location_id=supplier.pk),
                target=Place(location_id=location.pk, status=status, unit_id=unit),
                unit_cost=Decimal(cost) if cost is not None else None,
            )
        ],
        warehouse_id=location.warehouse_id,
        kind=TransactionKind.RECEIVE,
        by=by or an_actor(),
        at=clock.now(),
        document="TEST",
    )


def moved(item, source, target, quantity, *, lot=None, by=None):
    """Somebody carries goods from one place to another; what is reserved goes along."""
    return post(
        [
            Move(
                item_id=item.pk,
                lot_id=lot.pk if lot else None,
                quantity=Decimal(quantity),
                source=Place(location_id=source.pk),
                target=Place(location_id=target.pk),
            )
        ],
        warehouse_id=source.warehouse_id,
        kind=TransactionKind.MOVE,
        by=by or an_actor(),
        at=clock.now(),
    )


def stands(item):
    """How many of an item stand where, by the places' codes."""
    return {row.location.code: row.on_hand for row in StockBalance.objects.on_hand().filter(item=item)}
