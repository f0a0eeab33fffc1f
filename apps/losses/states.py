"""What doors tell, and what losses are added up by."""

from __future__ import annotations

from django.db import models


class DoorEventKind(models.TextChoices):
    """What happened at a door."""

    OPENED = "opened", "Opened"
    CLOSED = "closed", "Closed"
    HELD = "held", "Held open"
    FORCED = "forced", "Forced"
    DENIED = "denied", "Badge denied"


class LossBy(models.TextChoices):
    """What losses are added up by."""

    REASON = "reason", "Reason"
    ZONE = "zone", "Zone"
    SHIFT = "shift", "Shift"
