"""Opening a site: it starts with the places that goods come from and go to."""

from __future__ import annotations

from datetime import datetime

from simple_history.utils import bulk_create_with_history

from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.choices import VIRTUAL, SiteKind
from apps.locations.errors import WarehouseExists
from apps.locations.models import Location, Warehouse


def open_warehouse(
    *,
    code: str,
    name: str,
    by: Actor,
    at: datetime,
    kind: SiteKind = SiteKind.WAREHOUSE,
    timezone: str = "UTC",
    street: str = "",
    city: str = "",
    region: str = "",
    postal_code: str = "",
    country: str = "",
    gln: str = "",
) -> Warehouse:
    """Open a site with its virtual locations: supplier, customer, adjustment, scrap and production.

    Raises `WarehouseExists`, and `ValidationError` for a time zone or a code that cannot be.
    """
    if Warehouse.objects.filter(code=code).exists():
        raise WarehouseExists(warehouse=code)
    warehouse = Warehouse(
        code=code,
        name=name,
        kind=kind,
        timezone=timezone,
        street=street,
        city=city,
        region=region,
        postal_code=postal_code,
        country=country,
        gln=gln,
    )
    warehouse.clean_fields()
    warehouse.save()
    bulk_create_with_history(
        [Location(warehouse=warehouse, code=place.value.upper(), kind=place) for place in VIRTUAL],
        Location,
        default_user=by.user,
        default_date=at,
    )
    record("opened", kind="warehouse", number=code, by=by, at=at, warehouse_code=code)
    return warehouse
