"""The enumerations of outbound rules."""

from __future__ import annotations

from django.db import models


class AllocationStrategy(models.TextChoices):
    """In which order eligible goods are taken."""

    FEFO = "fefo", "First expired first out"
    FIFO = "fifo", "First in first out"
    LIFO = "lifo", "Last in first out"
    LEAST_BINS = "least_bins", "Fewest bins to go to"
    WHOLE_UNITS = "whole_units", "Whole pallets, then cases, then loose"


class RuleAbout(models.TextChoices):
    """What an outbound rule decides."""

    ALLOCATE = "allocate", "Allocation: which goods"
    RELEASE = "release", "Release: when it goes to the floor"
    PICK = "pick", "Picking: how it is picked"
    PACK = "pack", "Packing: what the packer is told"


class ReleaseWay(models.TextChoices):
    """How orders get to the floor."""

    WAVE = "wave", "In a wave that somebody releases"
    WAVELESS = "waveless", "By itself, as soon as it may"


class PickKind(models.TextChoices):
    """How a picker goes round."""

    SINGLE = "single", "One order at a time"
    BATCH = "batch", "Several orders together, sorted afterwards"
    CLUSTER = "cluster", "Several orders on a cart, a tote each"
    ZONE = "zone", "Each zone its part, brought together afterwards"
