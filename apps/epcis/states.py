"""The kinds of events, and what a thing is in one."""

from __future__ import annotations

from django.db import models


class EpcisEventType(models.TextChoices):
    """What sort of event it is."""

    OBJECT = "ObjectEvent", "Object"
    AGGREGATION = "AggregationEvent", "Aggregation"
    TRANSACTION = "TransactionEvent", "Transaction"
    TRANSFORMATION = "TransformationEvent", "Transformation"
    ASSOCIATION = "AssociationEvent", "Association"
    OTHER = "other", "A partner's own"


class EpcisAction(models.TextChoices):
    """How what an event is about relates to its life; a transformation has none."""

    ADD = "ADD", "Add"
    OBSERVE = "OBSERVE", "Observe"
    DELETE = "DELETE", "Delete"


class EpcisPart(models.TextChoices):
    """What a thing is in an event."""

    OBJECT = "object", "Object"
    PARENT = "parent", "Parent"
    CHILD = "child", "Child"
    INPUT = "input", "Went in"
    OUTPUT = "output", "Came out"
