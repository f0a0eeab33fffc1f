"""The life of an incident, and the words that its records are kept in."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class IncidentKind(models.TextChoices):
    """What went wrong."""

    NEAR_MISS = "near_miss", "Near miss"
    DAMAGE = "damage", "Damage"
    INJURY = "injury", "Injury or illness"


class IncidentState(models.TextChoices):
    """Where an incident stands."""

    REPORTED = "reported", "Reported"
    INVESTIGATED = "investigated", "Investigated"
    CLOSED = "closed", "Closed"


INCIDENT_FLOW = Flow(
    {
        IncidentState.REPORTED: {IncidentState.INVESTIGATED},
        IncidentState.INVESTIGATED: {IncidentState.CLOSED},
        IncidentState.CLOSED: set(),
    }
)


class RootCause(models.TextChoices):
    """What an investigation found to lie behind it."""

    EQUIPMENT = "equipment", "Equipment"
    PLACE = "place", "Place or layout"
    PROCEDURE = "procedure", "Procedure missing or wrong"
    TRAINING = "training", "Training"
    BEHAVIOUR = "behaviour", "Procedure not kept to"
    ENVIRONMENT = "environment", "Weather, light or noise"
    OTHER = "other", "Other"


class InjuryKind(models.TextChoices):
    """Columns M1 to M6 of the 300 log."""

    INJURY = "injury", "Injury"
    SKIN = "skin", "Skin disorder"
    RESPIRATORY = "respiratory", "Respiratory condition"
    POISONING = "poisoning", "Poisoning"
    HEARING = "hearing", "Hearing loss"
    ILLNESS = "illness", "All other illnesses"


class Outcome(models.TextChoices):
    """Columns G to J of the 300 log, the most serious first; a case stands in one of them."""

    DEATH = "death", "Death"
    AWAY = "away", "Days away from work"
    RESTRICTED = "restricted", "Job transfer or restriction"
    OTHER = "other", "Other recordable cases"


class PrivacyReason(models.TextChoices):
    """Why a name is not on the log; 29 CFR 1904.29(b)(7), from memory."""

    INTIMATE = "intimate", "Intimate body part or reproductive system"
    ASSAULT = "assault", "Sexual assault"
    MENTAL = "mental", "Mental illness"
    INFECTION = "infection", "HIV infection, hepatitis or tuberculosis"
    SHARPS = "sharps", "Needlestick or cut by a contaminated sharp"
    REQUEST = "request", "Illness, and the employee asked for it"


class LostKind(models.TextChoices):
    """What somebody could not do on days after the injury."""

    AWAY = "away", "Away from work"
    RESTRICTED = "restricted", "Restricted or transferred"


class SevereKind(models.TextChoices):
    """What is reported to the authority by the hour."""

    DEATH = "death", "Death"
    HOSPITAL = "hospital", "In-patient hospitalisation"
    AMPUTATION = "amputation", "Amputation"
    EYE = "eye", "Loss of an eye"
