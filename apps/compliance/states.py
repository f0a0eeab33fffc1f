"""The life of an inspection, and the words that plans, results and decisions are told in."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class InspectionState(models.TextChoices):
    """Where an inspection stands."""

    OPEN = "open", "To be inspected"
    WAITING = "waiting", "Waits for approval"
    DECIDED = "decided", "Decided"
    SKIPPED = "skipped", "Skipped"
    CANCELLED = "cancelled", "Cancelled"


INSPECTION_FLOW = Flow(
    {
        InspectionState.OPEN: {
            InspectionState.WAITING,
            InspectionState.DECIDED,
            InspectionState.SKIPPED,
            InspectionState.CANCELLED,
        },
        InspectionState.WAITING: {InspectionState.DECIDED},
        InspectionState.DECIDED: set(),
        # When what came in is taken back as if it had never come.
        InspectionState.SKIPPED: {InspectionState.CANCELLED},
        InspectionState.CANCELLED: set(),
    }
)


class InspectionDisposition(models.TextChoices):
    """What becomes of inspected goods."""

    ACCEPT = "accept", "Accept"
    REJECT = "reject", "Reject: back to the supplier"
    REWORK = "rework", "Rework, then inspect again"
    USE_AS_IS = "use_as_is", "Use as is, once another approves"


class Verdict(models.TextChoices):
    """What the results say of a lot, before anybody decides."""

    PENDING = "pending", "Results are missing"
    ACCEPT = "accept", "Acceptable"
    REJECT = "reject", "Not acceptable"


class Severity(models.TextChoices):
    """How strictly lots of a supplier are sampled, by how the last ones were."""

    NORMAL = "normal", "Normal"
    TIGHTENED = "tightened", "Tightened"
    REDUCED = "reduced", "Reduced"


class SamplingKind(models.TextChoices):
    """How the size of a sample is found."""

    ALL = "all", "Every unit"
    COUNT = "count", "A fixed number"
    PERCENT = "percent", "A percentage"
    TABLE = "table", "By a sampling table"


class InspectionLevel(models.TextChoices):
    """How much is inspected for the size of a lot; II unless there is a reason."""

    S1 = "S-1", "Special S-1"
    S2 = "S-2", "Special S-2"
    S3 = "S-3", "Special S-3"
    S4 = "S-4", "Special S-4"
    I = "I", "General I"  # noqa: E741 - as the standard names it
    II = "II", "General II"
    III = "III", "General III"


class CharacteristicKind(models.TextChoices):
    """How a characteristic is judged."""

    PASS_FAIL = "pass_fail", "Pass or fail"
    MEASURED = "measured", "Measured"


class ExcursionState(models.TextChoices):
    """Where the case of an excursion stands."""

    OPEN = "open", "To be decided"
    WAITING = "waiting", "Release waits for approval"
    RELEASED = "released", "Released"
    REJECTED = "rejected", "Rejected"


EXCURSION_FLOW = Flow(
    {
        ExcursionState.OPEN: {ExcursionState.WAITING, ExcursionState.REJECTED},
        # Open again when the approval is refused, or a reading comes that nobody had seen.
        ExcursionState.WAITING: {ExcursionState.OPEN, ExcursionState.RELEASED},
        ExcursionState.RELEASED: set(),
        ExcursionState.REJECTED: set(),
    }
)


class Measure(models.TextChoices):
    """What a sensor measures."""

    TEMPERATURE = "temperature", "Temperature"
    HUMIDITY = "humidity", "Humidity"


class ClimateVerdict(models.TextChoices):
    """What the readings of a window say by the rule of its condition."""

    WITHIN = "within", "Within the rule"
    BEYOND = "beyond", "Beyond the rule"
    NOT_EVALUABLE = "not_evaluable", "Not evaluable"
    NO_RULE = "no_rule", "No rule to judge by"
