"""The enumerations of costs, and the life of a landed cost."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class CostMethod(models.TextChoices):
    """Which cost leaves with goods that leave."""

    FIFO = "fifo", "First in, first out"
    AVERAGE = "average", "Moving average"
    STANDARD = "standard", "Standard cost"
    SPECIFIC = "specific", "By lot or serial number"


class EntryKind(models.TextChoices):
    """Why the value of stock changed."""

    RECEIVED = "received", "Received"
    SENT_BACK = "sent_back", "Sent back to the supplier"
    SOLD = "sold", "Sold"
    RETURNED = "returned", "Returned by a customer"
    FOUND = "found", "Found"
    LOST = "lost", "Lost"
    SCRAPPED = "scrapped", "Scrapped"
    RECOVERED = "recovered", "Recovered from scrap"
    CONSUMED = "consumed", "Consumed"
    PRODUCED = "produced", "Produced"
    LEFT_SITE = "left_site", "To another site"
    CAME_TO_SITE = "came_to_site", "From another site"
    LANDED = "landed", "Landed cost"
    PRICE = "price", "Invoiced at another price"
    STATED = "stated", "Cost stated later"
    RESTATED = "restated", "Revalued"
    CLOSED = "closed", "Work closed"


REVALUATIONS = (EntryKind.LANDED, EntryKind.PRICE, EntryKind.STATED, EntryKind.RESTATED)
"""Entries without a move: what changed is the value alone."""

COST_OF_GOODS = (EntryKind.SOLD, EntryKind.RETURNED)
"""What customers took, less what they brought back."""


class EventKind(models.TextChoices):
    """What people, or master data, say about costs; applied after a position of the ledger."""

    METHOD = "method", "Cost method"
    STANDARD = "standard", "Standard cost"
    LANDED = "landed", "Landed cost"
    PRICE = "price", "Invoiced at another price"
    STATED = "stated", "Cost stated later"
    RESTATED = "restated", "Revalued"
    CLOSED = "closed", "Work closed"


class Basis(models.TextChoices):
    """By what a landed cost is spread over the goods that it was paid for."""

    VALUE = "value", "Value"
    WEIGHT = "weight", "Weight"
    VOLUME = "volume", "Volume"
    QUANTITY = "quantity", "Quantity"


class LandedKind(models.TextChoices):
    """What was paid for besides the goods."""

    FREIGHT = "freight", "Freight"
    DUTY = "duty", "Duty"
    INSURANCE = "insurance", "Insurance"
    HANDLING = "handling", "Handling"
    OTHER = "other", "Other"


class LandedCostState(models.TextChoices):
    """Where a landed cost stands."""

    POSTED = "posted", "Posted"
    CANCELLED = "cancelled", "Cancelled"


LANDED_COST_FLOW = Flow(
    {
        LandedCostState.POSTED: {LandedCostState.CANCELLED},
        LandedCostState.CANCELLED: set(),
    }
)


class AccountUse(models.TextChoices):
    """What a line of the journal is for."""

    INVENTORY = "inventory", "Inventory"
    NOT_INVOICED = "not_invoiced", "Goods received, not invoiced"
    COST_OF_GOODS = "cost_of_goods", "Cost of goods sold"
    ADJUSTMENT = "adjustment", "Inventory adjustment"
    SCRAP = "scrap", "Scrap"
    PRICE_VARIANCE = "price_variance", "Price variance"
    COST_VARIANCE = "cost_variance", "Variance of cost of goods"
    LANDED_CLEARING = "landed_clearing", "Landed cost clearing"
    WORK_IN_PROGRESS = "work_in_progress", "Work in progress"
    WORK_VARIANCE = "work_variance", "Variance of work"
    REVALUATION = "revaluation", "Revaluation"
