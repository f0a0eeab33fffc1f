"""The life of an inspection of the workplace and of a corrective action; how often things are inspected."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class CheckState(models.TextChoices):
    """Where an inspection of the workplace stands."""

    DUE = "due", "Due"
    PASSED = "passed", "Passed"
    FAILED = "failed", "Failed"


CHECK_FLOW = Flow(
    {
        CheckState.DUE: {CheckState.PASSED, CheckState.FAILED},
        CheckState.PASSED: set(),
        CheckState.FAILED: set(),
    }
)


class ActionState(models.TextChoices):
    """Where a corrective action stands."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


ACTION_FLOW = Flow({ActionState.OPEN: {ActionState.CLOSED}, ActionState.CLOSED: set()})


class Period(models.TextChoices):
    """What the time between two inspections is counted in."""

    DAYS = "days", "Days"
    MONTHS = "months", "Months"


class TakesOut(models.TextChoices):
    """What is taken out of service when a critical line fails."""

    ITSELF = "itself", "The thing itself"
    PLACE = "place", "The places where it is"


class LineKind(models.TextChoices):
    """How a line of a checklist is answered."""

    PASS_FAIL = "pass_fail", "Pass or fail"
    READING = "reading", "Reading"
