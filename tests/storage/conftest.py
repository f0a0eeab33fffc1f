"""A dock, bins of every kind, and an item to put away."""

from types import SimpleNamespace

import pytest

from apps.locations.choices import LocationKind
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory


@pytest.fixture
def racks(db):
    """`racks.bin(code, …)` adds a bin, in walking order."""
    warehouse = WarehouseFactory(code="MAIN")

    def add(code, kind=LocationKind.STORAGE, **more):
        return LocationFactory(warehouse=warehouse, code=code, kind=kind, **more)

    return SimpleNamespace(
        warehouse=warehouse,
        dock=add("DOCK", LocationKind.DOCK, pick_sequence=0),
        bin=add,
        item=ItemFactory(number="BOLT"),
        by=an_actor(),
    )
