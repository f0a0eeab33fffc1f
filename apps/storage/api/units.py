"""Handling units, carried by the rules of the places that they are carried to."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from apps.ledger.api.units import HandlingUnitViewSet
from apps.ledger.models import HandlingUnit
from apps.storage.operations import carry_unit


class CarriedUnitViewSet(HandlingUnitViewSet):
    """Pallets, cartons, totes and containers; found by any number that they bear or bore."""

    carrying: ClassVar[Callable[..., HandlingUnit]] = staticmethod(carry_unit)
