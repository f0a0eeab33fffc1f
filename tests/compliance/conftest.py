"""A floor with a quarantine cage, where goods come in."""

import pytest

from apps.locations.choices import LocationKind
from tests.factories.catalog import PartyFactory
from tests.factories.floor import a_floor
from tests.factories.locations import LocationFactory
from tests.invariants import assert_invariants


@pytest.fixture
def floor(db):
    """The floor with a cage and a supplier; afterwards every invariant holds."""
    floor = a_floor()
    floor.cage = LocationFactory(warehouse=floor.warehouse, code="CAGE", kind=LocationKind.QUARANTINE)
    floor.maker = PartyFactory(number="MAKER", is_supplier=True)
    yield floor
    assert_invariants()
