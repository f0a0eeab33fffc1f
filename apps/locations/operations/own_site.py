"""A site that goods are sent to by another: who stands for it as a customer, and where its goods are on the road."""

from __future__ import annotations

from datetime import datetime

from apps.catalog.models import Party
from apps.catalog.models.party import Address
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse

ADDRESS = tuple(field.name for field in Address._meta.get_fields())


def prepare_own_site(*, warehouse_id: int, by: Actor, at: datetime) -> Warehouse:
    """Give a site the customer that stands for it and a transit place, where it has none; the site, locked.

    The customer bears the site's name and address as they are now.
    """
    # Read after the lock, and not joined with it: whoever held it may just have given the site its party.
    site = Warehouse.objects.lock_one(warehouse_id)
    made = []
    party = site.party or Party(number=f"SITE-{site.code}", is_customer=True)
    told = {"name": site.name, "gln": site.gln, **{field: getattr(site, field) for field in ADDRESS}}
    if any(getattr(party, field) != value for field, value in told.items()):
        for field, value in told.items():
            setattr(party, field, value)
        party.save()
    if site.party is None:
        site.party = party
        site.save(update_fields=["party"])
        made.append(party.number)
    transit = Location.objects.filter(warehouse=site, kind=LocationKind.TRANSIT, is_active=True)
    if not transit.exists():
        made.append(Location.objects.create(warehouse=site, code="TRANSIT", kind=LocationKind.TRANSIT).code)
    if made:
        record("prepared", kind="warehouse", number=site.code, by=by, at=at, warehouse_code=site.code, made=made)
    return site
