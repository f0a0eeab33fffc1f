"""What an override lets goods go past, and its life."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class OverrideOf(models.TextChoices):
    """Which check it lets goods go past; conditions, mixing and room of a bin know no override."""

    STORED = "stored", "Goods that are stored apart"
    CARRIED = "carried", "Goods that are not carried together"
    FLAMMABLE = "flammable", "A limit of flammable liquids"


class OverrideState(models.TextChoices):
    """Where an override stands; an approved one is in force from its first day to its last."""

    ASKED = "asked", "Asked for"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    ENDED = "ended", "Ended"


OVERRIDE_FLOW = Flow(
    {
        OverrideState.ASKED: {OverrideState.APPROVED, OverrideState.REFUSED},
        OverrideState.APPROVED: {OverrideState.ENDED},
        OverrideState.REFUSED: set(),
        OverrideState.ENDED: set(),
    }
)
