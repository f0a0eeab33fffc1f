"""Pick faces, and goods at a dock with the tasks to put them away."""

from decimal import Decimal

import factory
from django.db import transaction

from apps.core import clock
from apps.ledger.operations import open_unit
from apps.ledger.states import UnitKind
from apps.storage.models import FacePool, PickFace, PutawayRule
from apps.storage.operations import Goods, propose_putaways, replenish_faces
from apps.storage.queries import goods_on
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


class FacePoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FacePool

    minimum = Decimal(2)
    maximum = Decimal(10)


class PutawayRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PutawayRule

    code = factory.Sequence(lambda n: f"RULE-{n}")
    name = "as the site says"


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


def a_pallet(dock, *stood, sscc=""):
    """A pallet that came in at the dock with these on it, each an item, how many and what else `stock` takes."""
    unit = open_unit(
        warehouse_id=dock.warehouse_id,
        kind=UnitKind.PALLET,
        location_id=dock.pk,
        sscc=sscc,
        by=an_actor(),
        at=clock.now(),
    )
    for item, quantity, *more in stood:
        stock(item, dock, quantity, unit=unit.pk, **(more[0] if more else {}))
    return unit


def goods_of(*units):
    """The goods on these units, as a receipt asks for them to be put away."""
    return [each for goods in goods_on([unit.pk for unit in units]).values() for each in goods]


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
