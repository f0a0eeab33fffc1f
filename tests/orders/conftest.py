"""A warehouse to ship from: bins in two zones, a tote, a bench, a door, a company with a GS1 prefix."""

from types import SimpleNamespace

import pytest

from apps.core.invariants import check_invariants
from apps.locations.choices import LocationKind
from apps.locations.models import Zone
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import CustomerFactory, a_supervisor
from tests.factories.shipping import a_bench, a_company


def an_outbound_floor():
    """Places, items and people; whatever stock a test wants it posts."""
    a_company()
    warehouse = WarehouseFactory(code="MAIN")
    near = Zone.objects.create(warehouse=warehouse, code="N", name="Near", pick_sequence=1)
    far = Zone.objects.create(warehouse=warehouse, code="F", name="Far", pick_sequence=2)
    return SimpleNamespace(
        warehouse=warehouse,
        face=LocationFactory(
            warehouse=warehouse, code="N-01", zone=near, kind=LocationKind.PICK_FACE, pick_sequence=10
        ),
        near=LocationFactory(warehouse=warehouse, code="N-02", zone=near, pick_sequence=20),
        far=LocationFactory(warehouse=warehouse, code="F-01", zone=far, pick_sequence=5),
        tote=LocationFactory(warehouse=warehouse, code="TOTE-1", kind=LocationKind.TOTE),
        bench=a_bench(warehouse),
        door=LocationFactory(warehouse=warehouse, code="DOOR-1", kind=LocationKind.DOCK),
        bolt=ItemFactory(number="BOLT"),
        nut=ItemFactory(number="NUT"),
        milk=ItemFactory(number="MILK", perishable=True),
        customer=CustomerFactory(number="SHOP", name="The Shop", city="Lyon"),
        boss=a_supervisor(),
        picker=an_actor(),
    )


@pytest.fixture
def floor(db):
    """The floor; afterwards every invariant holds."""
    yield an_outbound_floor()
    assert [str(violation) for violation in check_invariants()] == []
