"""The enumerations of putaway rules."""

from __future__ import annotations

from django.db import models

from apps.ledger.states import UnitKind
from apps.storage.rules import LOOSE


class Strength(models.TextChoices):
    """How strong a putaway rule is."""

    ONLY = "only", "Only there: nowhere else"
    PREFER = "prefer", "Rather there"


class ComesOn(models.TextChoices):
    """What goods stand on when they are put away."""

    LOOSE = LOOSE, "On no handling unit"
    PALLET = UnitKind.PALLET.value, "On a pallet"
    CARTON = UnitKind.CARTON.value, "In a carton"
    TOTE = UnitKind.TOTE.value, "In a tote"
    CONTAINER = UnitKind.CONTAINER.value, "In a container"


class FillState(models.TextChoices):
    """How a control area stands to its limits of flammable liquids."""

    OVER = "over", "Over its limit"
    NOT_EVALUABLE = "not_evaluable", "Not evaluable: something of a liquid is not known"
    NEAR = "near", "Near its limit"
    WITHIN = "within", "Within its limits"
    NO_LIMIT = "no_limit", "No limit is known"


class Measure(models.TextChoices):
    """What the band of a pool's faces is counted in."""

    UNITS = "units", "Base units"
    PALLETS = "pallets", "Pallets"
