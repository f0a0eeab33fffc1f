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
