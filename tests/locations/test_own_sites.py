"""A site that others send goods to: the customer that stands for it, its transit place, how long goods travel to it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.core import clock
from apps.journal.models import AuditEntry
from apps.locations.choices import LocationKind
from apps.locations.models import Location, TransitTime
from apps.locations.operations import prepare_own_site
from apps.locations.queries import arrival_day, days_between
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory

pytestmark = pytest.mark.django_db


@transaction.atomic
def prepared(site):
    return prepare_own_site(warehouse_id=site.pk, by=an_actor(), at=clock.now())


def test_a_site_gets_a_customer_and_a_transit_place_when_goods_are_first_sent_to_it():
    site = WarehouseFactory(code="LYON", name="Lyon", city="Lyon", gln="4012345000009")

    party = prepared(site).party

    assert (party.number, party.name, party.city, party.gln, party.is_customer) == (
        "SITE-LYON",
        "Lyon",
        "Lyon",
        "4012345000009",
        True,
    )
    assert Location.objects.get(warehouse=site, kind=LocationKind.TRANSIT).code == "TRANSIT"
    assert AuditEntry.objects.of("warehouse", "LYON").get().detail == {"made": ["SITE-LYON", "TRANSIT"]}


def test_the_customer_follows_the_site_when_it_moves_and_nothing_is_made_twice():
    site = WarehouseFactory(code="LYON")
    LocationFactory(warehouse=site, code="ROAD", kind=LocationKind.TRANSIT)
    first = prepared(site).party
    site.refresh_from_db()
    site.city = "Villeurbanne"
    site.save()

    again = prepared(site).party

    assert (again, again.city) == (first, "Villeurbanne")
    assert Location.objects.get(warehouse=site, kind=LocationKind.TRANSIT).code == "ROAD"
    assert AuditEntry.objects.of("warehouse", "LYON").count() == 1


def test_goods_are_there_after_the_days_between_two_sites_by_the_calendar_of_the_receiver():
    paris, tokyo = WarehouseFactory(timezone="Europe/Paris"), WarehouseFactory(timezone="Asia/Tokyo")
    evening = datetime(2026, 3, 1, 20, tzinfo=UTC)

    assert days_between(paris, tokyo) == timedelta(days=1)
    assert arrival_day(paris, tokyo, left_at=evening) == date(2026, 3, 3)
    TransitTime.objects.create(origin=paris, target=tokyo, days=4)
    assert arrival_day(paris, tokyo, left_at=evening) == date(2026, 3, 6)
    assert arrival_day(tokyo, paris, left_at=evening) == date(2026, 3, 2)


def test_two_sites_have_one_transit_time_each_way():
    paris, lyon = WarehouseFactory(), WarehouseFactory()
    TransitTime.objects.create(origin=paris, target=lyon, days=1)
    TransitTime.objects.create(origin=lyon, target=paris, days=2)

    for origin, target in ((paris, lyon), (paris, paris)):
        with pytest.raises(IntegrityError), transaction.atomic():
            TransitTime.objects.create(origin=origin, target=target, days=3)
