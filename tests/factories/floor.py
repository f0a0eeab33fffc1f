"""A small warehouse to work in: two bins, a tote, a dock and the virtual locations."""

from types import SimpleNamespace

from apps.locations.choices import VIRTUAL, LocationKind
from apps.locations.models import Location
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory


def a_floor(item=None):
    """Places, an item without tracking and somebody to post with; a place by its kind or letter."""
    warehouse = WarehouseFactory()
    virtual = {place.kind: place for place in Location.objects.filter(warehouse=warehouse, kind__in=[*VIRTUAL])}
    return SimpleNamespace(
        warehouse=warehouse,
        a=LocationFactory(warehouse=warehouse, code="A"),
        b=LocationFactory(warehouse=warehouse, code="B"),
        tote=LocationFactory(warehouse=warehouse, code="TOTE", kind=LocationKind.TOTE),
        dock=LocationFactory(warehouse=warehouse, code="DOCK", kind=LocationKind.DOCK),
        item=item or ItemFactory(number="BOLT"),
        by=an_actor(),
        **virtual,
    )
