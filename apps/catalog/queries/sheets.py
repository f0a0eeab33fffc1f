"""Which hazardous items have no safety data sheet that is believed."""

from __future__ import annotations

from datetime import date

from apps.catalog.models import SafetySheet
from apps.catalog.models.item import ItemQuerySet


def lacking_sheet(items: ItemQuerySet, *, on: date) -> ItemQuerySet:
    """Of these the hazardous items without a sheet in force on that day, in any language."""
    return items.hazardous().exclude(pk__in=SafetySheet.objects.in_force(on).order_by().values("item"))
