"""What the places refuse."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class WarehouseExists(DomainError):
    """A site's code names one site for good."""

    code = "warehouse_exists"
    message = "There is a site %(warehouse)s already."

    warehouse: str


@dataclass(kw_only=True, eq=False)
class NoPlaceToLabel(DomainError):
    """Labels are printed for places that are there."""

    code = "no_place_to_label"
    message = "No place is as asked for, so there is no label to print."
    recover = ("reenter",)


@dataclass(kw_only=True, eq=False)
class TooManyLabels(DomainError):
    """A roll has an end."""

    code = "too_many_labels"
    message = "More than %(most)s labels at once: ask for a zone or a kind of place at a time."
    recover = ("less",)

    most: int
