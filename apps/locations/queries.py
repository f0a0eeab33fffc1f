"""What documents and jobs need of the company and its sites, and what the label of a place says."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.core.paper.formats import Address, Printed
from apps.locations.choices import VIRTUAL
from apps.locations.errors import TooManyLabels
from apps.locations.models import Company, Location, Warehouse
from apps.locations.pdf import BinLabel

MOST_LABELS = 2000
"""On one roll."""


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


def sites_from(hour: int, *, at: datetime) -> list[tuple[Warehouse, date]]:
    """The sites in use whose own clock has come to that hour of their day, each with the day it is there.

    Beat calls by the hour: a job of one day makes up for a call that was missed.
    """
    return [
        (warehouse, warehouse.local_date(at))
        for warehouse in Warehouse.objects.filter(is_active=True)
        if at.astimezone(ZoneInfo(warehouse.timezone)).hour >= hour
    ]


def bin_labels_of(places: QuerySet[Location]) -> list[BinLabel]:
    """The labels of places that something can be stuck to, in walking order. Raises `TooManyLabels`."""
    real = places.exclude(kind__in=VIRTUAL).select_related("warehouse", "zone__storage_condition", "storage_condition")
    rows = list(real.order_by("warehouse", "zone__pick_sequence", "pick_sequence", "code")[: MOST_LABELS + 1])
    if len(rows) > MOST_LABELS:
        raise TooManyLabels(most=MOST_LABELS)
    return [
        BinLabel(
            code=place.code,
            warehouse=place.warehouse.code,
            zone=place.zone.name if place.zone is not None else "",
            kind=place.get_kind_display(),
            condition=place.condition.name if place.condition is not None else "",
            level=place.level,
        )
        for place in rows
    ]
