"""What doors tell, and what losses are added up by."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


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


class LossCaseState(models.TextChoices):
    """Where the investigation of losses stands."""

    OPEN = "open", "Open"
    JUDGED = "judged", "Finding waits for approval"
    CLOSED = "closed", "Closed"


LOSS_CASE_FLOW = Flow(
    {
        LossCaseState.OPEN: {LossCaseState.JUDGED},
        LossCaseState.JUDGED: {LossCaseState.OPEN, LossCaseState.CLOSED},
        LossCaseState.CLOSED: set(),
    }
)


class LossFinding(models.TextChoices):
    """What became of the goods."""

    MISCOUNT = "miscount", "Counted wrongly: they are there"
    MISPLACED = "misplaced", "Found in another place"
    BOOKING = "booking", "Booked wrongly, or not at all"
    SUPPLIER = "supplier", "The supplier sent less"
    DAMAGE = "damage", "Broken or spoilt, and not told"
    INSIDE = "inside", "Taken by somebody who works here"
    OUTSIDE = "outside", "Taken by somebody from outside"
    UNKNOWN = "unknown", "Not to be found out"


class LossStepKind(models.TextChoices):
    """What was done to find out."""

    FOOTAGE = "footage", "Footage was seen"
    ASKED = "asked", "Somebody was asked"
    SEARCHED = "searched", "Searched for"
    RECORDS = "records", "Records were compared"
    TOLD = "told", "Police or insurer were told"


class Oddity(models.TextChoices):
    """Why an adjustment is odd."""

    VALUE = "value", "Worth far more than others"
    PERSON = "person", "One person writes off far more often than others"
    REPEAT = "repeat", "The same item is written off at one place again and again"
    HOURS = "hours", "Outside every shift"
    MATCHED = "matched", "As much was found elsewhere soon after"
