"""What every document needs of the company and its sites."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from apps.accounts.models import User
from apps.core.paper.formats import Address, Printed
from apps.locations.models import Company, Warehouse


def letterhead() -> Address:
    """The company as the head of every document; nameless until it is set up."""
    company = Company.objects.first()
    if company is None:
        return Address(name="")
    return company.on_paper(company.name, " ".join(filter(None, (company.phone, company.email))))


def printed(at: datetime, by: User, warehouse: Warehouse | None = None) -> Printed:
    """When and by whom a document was printed, by the clock of the warehouse it belongs to."""
    zone = ZoneInfo(warehouse.timezone if warehouse is not None else "UTC")
    return Printed(at=at.astimezone(zone), by=by.get_full_name() or by.get_username())
