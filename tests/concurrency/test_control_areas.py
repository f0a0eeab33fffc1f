"""Two workers fill one control area at the same moment: only what fits together goes in."""

from decimal import Decimal as D
from functools import partial

from apps.core import clock
from apps.ledger.models import StockBalance
from apps.storage.errors import FlammableLimitExceeded
from apps.storage.operations import confirm_putaway
from tests.concurrency.crowd import persist, together
from tests.factories.areas import a_limit, a_liquid, an_area
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory
from tests.factories.storage import goods_at, putaways_of


def test_of_two_putaways_to_two_bins_of_an_area_only_the_one_that_fits_goes_in(floor):
    bins = [LocationFactory(warehouse=floor.warehouse, code=f"P-{n}") for n in range(2)]
    acetone = a_liquid()
    # They were planned before the area was: neither has a bin of it as its target.
    away = LocationFactory(warehouse=floor.warehouse, code="AWAY")
    floor.warehouse.locations.pickable().exclude(pk=away.pk).update(is_active=False)
    putaways = [persist(partial(putaways_of, goods_at(floor.dock, acetone, 6), dock=floor.dock))[0] for _ in range(2)]
    floor.warehouse.locations.filter(pk__in=[place.pk for place in bins]).update(is_active=True)
    a_limit(an_area(floor.warehouse, places=bins), 50, 1, 2, 3)

    results = together(
        *(
            partial(
                confirm_putaway,
                task_id=putaway.task_id,
                location_id=place.pk,
                quantity=None,
                by=an_actor(),
                at=clock.now(),
                override_reason="nearer",
            )
            for putaway, place in zip(putaways, bins, strict=True)
        )
    )

    [refused] = [each for each in results if isinstance(each, Exception)]
    assert isinstance(refused, FlammableLimitExceeded)
    assert (refused.there, refused.added, refused.limit) == (D(30), D(30), D(50))
    assert sorted(StockBalance.objects.filter(location__in=bins).values_list("on_hand", flat=True)) == [D(6)]
