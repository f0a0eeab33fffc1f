"""A warehouse with two bins, a tote and stock in the first bin."""

from types import SimpleNamespace

import pytest

from apps.locations.choices import LocationKind
from apps.locations.models import Location
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory


@pytest.fixture
def floor(db):
    """Places and people to post with."""
    warehouse = WarehouseFactory()

    def virtual(kind):
        return Location.objects.get(warehouse=warehouse, kind=kind)

    return SimpleNamespace(
        warehouse=warehouse,
        a=LocationFactory(warehouse=warehouse, code="A"),
        b=LocationFactory(warehouse=warehouse, code="B"),
        tote=LocationFactory(warehouse=warehouse, code="TOTE", kind=LocationKind.TOTE),
        dock=LocationFactory(warehouse=warehouse, code="DOCK", kind=LocationKind.DOCK),
        customer=virtual(LocationKind.CUSTOMER),
        supplier=virtual(LocationKind.SUPPLIER),
        scrap=virtual(LocationKind.SCRAP),
        item=ItemFactory(number="BOLT"),
        by=an_actor(),
    )
