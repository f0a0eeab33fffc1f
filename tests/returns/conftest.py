"""A warehouse that ships and takes back."""

import pytest

from apps.core.invariants import check_invariants
from apps.locations.choices import LocationKind
from tests.factories.floor import a_floor
from tests.factories.locations import LocationFactory


@pytest.fixture
def floor(db):
    """The floor with a quarantine cage; afterwards every invariant holds."""
    floor = a_floor()
    floor.cage = LocationFactory(warehouse=floor.warehouse, code="CAGE", kind=LocationKind.QUARANTINE)
    yield floor
    assert [str(violation) for violation in check_invariants()] == []
