"""Items that run short, with whoever sells them."""

from decimal import Decimal

import factory
from django.db import transaction

from apps.core import clock
from apps.planning.models import StockingPolicy
from apps.planning.operations import order_proposals, propose_reorders
from tests.factories.catalog import ItemFactory
from tests.factories.locations import WarehouseFactory
from tests.factories.purchasing import a_buyer


class StockingPolicyFactory(factory.django.DjangoModelFactory):
    """Ten is the minimum, forty the target."""

    class Meta:
        model = StockingPolicy

    warehouse = factory.SubFactory(WarehouseFactory)
    item = factory.SubFactory(ItemFactory)
    minimum = Decimal(10)
    target = Decimal(40)


@transaction.atomic
def proposed_at(warehouse, *, by=None, on=None, at=None):
    """A run at a warehouse: what it proposed and withdrew."""
    return propose_reorders(warehouse_id=warehouse.pk, on=on, by=by or a_buyer(), at=at or clock.now())


@transaction.atomic
def ordered(*proposals, by=None):
    """The purchase orders that were made of the proposals."""
    return order_proposals(proposal_ids=[proposal.pk for proposal in proposals], by=by or a_buyer(), at=clock.now())
