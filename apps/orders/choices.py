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
