"""Pick faces, and goods at a dock with the tasks to put them away."""

from decimal import Decimal

import factory
from django.db import transaction

from apps.core import clock
from apps.storage.models import PickFace
from apps.storage.operations import Goods, propose_putaways, replenish_faces
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory


class PickFaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PickFace

    item = factory.SubFactory(ItemFactory)
    location = factory.SubFactory(LocationFactory)
    minimum = Decimal(2)
    maximum = Decimal(10)


def goods_at(dock, item, quantity, *, lot=None, serial=None, status="available"):
    """Goods that came in at the dock."""
    stock(item, dock, quantity, lot=lot, serial=serial, status=status)
    return Goods(
        item_id=item.pk,
        lot_id=lot.pk if lot else None,
        serial_id=serial.pk if serial else None,
        quantity=Decimal(quantity),
        source_id=dock.pk,
        status=status,
    )


@transaction.atomic
def putaways_of(*goods, dock, document="GR-1"):
    """The proposals for goods at the dock."""
    return propose_putaways(
        list(goods), warehouse_id=dock.warehouse_id, document=document, by=an_actor(), at=clock.now()
    )


@transaction.atomic
def faces_filled_up(warehouse):
    """What brings every pick face that is below its minimum up to its maximum."""
    return replenish_faces(warehouse_id=warehouse.pk, by=an_actor(UserFactory(roles=["supervisor"])), at=clock.now())
