"""Goods that lack a label which their site requires are not released."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from apps.catalog.models import Item
from apps.locations.models import LabelGate, Warehouse
from apps.safety.choices import RequiredLabel
from apps.safety.errors import LabelMissing
from apps.safety.rules import labels_lacking

WHAT_HELPS = {
    RequiredLabel.CONTAINER: "Enter its container label as the safety data sheet says.",
    RequiredLabel.TRANSPORT: "Give it a shipping description.",
}


def labels_required(warehouse: Warehouse, *, on: date) -> set[str]:
    """The labels without which a site releases nothing dangerous on a day of its calendar. One query."""
    rows = LabelGate.objects.filter(warehouse=warehouse, effective_on__lte=on).order_by("effective_on")
    last = dict(rows.values_list("label", "is_required"))
    return {label for label, is_required in last.items() if is_required}


def refuse_unlabelled(items: Iterable[Item], warehouse: Warehouse, *, on: date) -> None:
    """Raise `LabelMissing` for the first item by number that lacks a label which the site requires on that day.

    The gates are asked for only where something lacks a label at all; of goods that are not dangerous nothing is asked.
    """
    lacking = {
        item.number: labels
        for item in items
        if (
            labels := labels_lacking(
                is_hazardous=item.is_hazardous,
                has_container_label=item.is_hazardous and hasattr(item, "container_label"),
                is_described=item.shipping_description_id is not None,
            )
        )
    }
    required = labels_required(warehouse, on=on) if lacking else set()
    for number in sorted(lacking):
        for label in lacking[number]:
            if label in required:
                raise LabelMissing(item=number, label=label.label.lower(), todo=WHAT_HELPS[label])
