"""Opening a site: it starts with the places that goods come from and go to."""

from __future__ import annotations

from datetime import datetime

from simple_history.utils import bulk_create_with_history

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.choices import VIRTUAL, SiteKind
from apps.locations.errors import WarehouseExists
from apps.locations.models import Location, Warehouse, WarehouseAccess


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
    """Open a site with its virtual locations: where goods come from and go to.

    An admin opens it and works there from the start, or could not see it. Raises `NotAllowed`, `WarehouseExists`, and
    `ValidationError` for a time zone or a code that cannot be.
    """
    if not by.user.has_role(Role.ADMIN):
        raise NotAllowed(who=by.user.get_username(), act="open sites")
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
    if not by.user.is_superuser:
        WarehouseAccess.objects.create(user=by.user, warehouse=warehouse)
    record("opened", kind="warehouse", number=code, by=by, at=at, warehouse_code=code)
    return warehouse
