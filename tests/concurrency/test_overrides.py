"""Two bring goods under one override at the same moment: no more passes in all than it allows."""

from decimal import Decimal as D
from functools import partial

from apps.overrides.operations import go_past
from apps.overrides.states import OverrideOf
from apps.safety.models import HazardClass
from tests.concurrency.crowd import persist, together
from tests.factories.catalog import ItemFactory
from tests.factories.locations import LocationFactory
from tests.factories.overrides import an_occasion, approved


def test_of_two_uses_only_as_much_passes_as_was_approved(floor):
    bleach = ItemFactory(hazard_class=HazardClass.objects.get(code="5.1"))
    place = LocationFactory(warehouse=floor.warehouse, code="NEAR")
    told = {"warehouse": floor.warehouse, "other": "3", "location_id": place.pk, "most": D(5)}
    override = persist(partial(approved, "stored", bleach, **told))
    use = {"item_id": bleach.pk, "place": place, "quantity": D(3), "rule": "apart", "other_class": "3"}

    results = together(*(partial(go_past, OverrideOf.STORED, occasion=an_occasion(), **use) for _ in range(2)))

    assert sorted(results) == [False, True]
    assert override.used == 3
