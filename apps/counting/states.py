"""The life of a cycle count."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class CountState(models.TextChoices):
    """Where a count stands."""

    OPEN = "open", "Open"
    COUNTED = "counted", "Waits for approval"
    RECOUNT = "recount", "To be counted again"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    CANCELLED = "cancelled", "Cancelled"


UNDER_WAY = (CountState.OPEN, CountState.COUNTED, CountState.RECOUNT)

CYCLE_COUNT_FLOW = Flow(
    {
        CountState.OPEN: {CountState.COUNTED, CountState.CANCELLED},
        CountState.COUNTED: {
            CountState.RECOUNT,
            CountState.APPROVED,
            CountState.REJECTED,
            CountState.CANCELLED,
        },
        CountState.RECOUNT: {CountState.COUNTED, CountState.CANCELLED},
        CountState.APPROVED: set(),
        CountState.REJECTED: set(),
        CountState.CANCELLED: set(),
    }
)


class CountScope(models.TextChoices):
    """What a count is of, and so how it is done."""

    PLACE = "place", "All that stands in the place"
    ITEM = "item", "One item in the place"
    UNIT = "unit", "What stands on a unit"
    EMPTY = "empty", "Whether the place is empty"


class ProgramKind(models.TextChoices):
    """By what a program chooses what is counted."""

    CLASS = "class", "By class and interval"
    RISK = "risk", "By risk"
    RANDOM = "random", "Random sample"
    ZONE = "zone", "By zone and interval"
    EVENT = "event", "When something was seen"


class DoubtKind(models.TextChoices):
    """What somebody saw that makes the book doubtful."""

    SHORT_PICK = "short_pick", "Short pick"
    EMPTY_BIN = "empty_bin", "The picker saw it empty"
    WRONG_PLACE = "wrong_place", "Goods that should stand elsewhere"


class FindingKind(models.TextChoices):
    """Why the book cannot name what was seen."""

    BARCODE = "barcode", "Unknown barcode"
    ITEM = "item", "Unknown item"
    LOT = "lot", "Unknown lot"
    SERIAL = "serial", "Unknown serial number"
    ASIDE = "aside", "Not what is counted here"


class InventoryState(models.TextChoices):
    """Where a full inventory stands."""

    COUNTING = "counting", "Being counted"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


INVENTORY_FLOW = Flow(
    {
        InventoryState.COUNTING: {InventoryState.CLOSED, InventoryState.CANCELLED},
        InventoryState.CLOSED: set(),
        InventoryState.CANCELLED: set(),
    }
)
