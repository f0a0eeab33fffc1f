"""The life of an assembly order, and what kinds of work there are."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class WorkKind(models.TextChoices):
    """What is done at the bench."""

    ASSEMBLE = "assemble", "Assemble"
    DISASSEMBLE = "disassemble", "Take apart"
    REWORK = "rework", "Rework"
    REPACK = "repack", "Repack"
    REFURBISH = "refurbish", "Refurbish"
    SERVICE = "service", "Service for an order"


SAME_ITEM = (WorkKind.REWORK, WorkKind.REPACK, WorkKind.REFURBISH)
"""What goes in comes out, as the same item."""


class AssemblyState(models.TextChoices):
    """Where an order stands."""

    DRAFT = "draft", "Draft"
    RELEASED = "released", "Released"
    IN_WORK = "in_work", "In work"
    CANCELLING = "cancelling", "Being cancelled: goods go back"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


ON_FLOOR = (AssemblyState.RELEASED, AssemblyState.IN_WORK)
ENDED = (AssemblyState.DONE, AssemblyState.CANCELLED)

ASSEMBLY_ORDER_FLOW = Flow(
    {
        AssemblyState.DRAFT: {AssemblyState.RELEASED, AssemblyState.CANCELLED},
        AssemblyState.RELEASED: {AssemblyState.IN_WORK, AssemblyState.DONE, AssemblyState.CANCELLED},
        AssemblyState.IN_WORK: {AssemblyState.DONE, AssemblyState.CANCELLING, AssemblyState.CANCELLED},
        AssemblyState.CANCELLING: {AssemblyState.DONE, AssemblyState.CANCELLED},
        AssemblyState.DONE: set(),
        AssemblyState.CANCELLED: set(),
    }
)


class LineRole(models.TextChoices):
    """Whether a line's goods go in or come out."""

    COMPONENT = "component", "Goes in"
    OUTPUT = "output", "Comes out"
    BY_PRODUCT = "by_product", "Comes out besides"
