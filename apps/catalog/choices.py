"""The catalog's enumerations."""

from __future__ import annotations

from django.db import models


class ItemKind(models.TextChoices):
    """What an item is to the company."""

    RAW = "raw", "Raw material"
    COMPONENT = "component", "Component"
    FINISHED = "finished", "Finished good"
    PACKAGING = "packaging", "Packaging"
    CONSUMABLE = "consumable", "Consumable"


class Tracking(models.TextChoices):
    """What each unit of an item is told apart by."""

    NONE = "none", "Not tracked"
    LOT = "lot", "By lot"
    SERIAL = "serial", "By serial number"
    BOTH = "both", "By lot and serial number"


class Lifecycle(models.TextChoices):
    """Whether an item is still bought and sold."""

    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    PHASING_OUT = "phasing_out", "Phasing out: sold, no longer bought"
    RETIRED = "retired", "Retired"


class PackagingLevel(models.TextChoices):
    """The levels of packaging, from the single unit up."""

    EACH = "each", "Each"
    INNER = "inner", "Inner pack"
    CASE = "case", "Case"
    PALLET = "pallet", "Pallet"


class ReasonKind(models.TextChoices):
    """What a reason is given for."""

    SHORT = "short", "Short pick"
    OVERRIDE = "override", "Another bin than proposed"
    DAMAGE = "damage", "Damaged goods"
    HOLD = "hold", "Hold on a lot"
    RETURN = "return", "Goods that a customer sends back"
    REJECT = "reject", "Goods that go back with the truck"
    COUNT = "count", "What a count found"


class BillKind(models.TextChoices):
    """Whether what is made of the parts is ever kept in stock."""

    STOCKED = "stocked", "Stocked: made, then sold"
    PHANTOM = "phantom", "Phantom kit: its parts are sold together"


class PartRole(models.TextChoices):
    """What a line of a bill is to what is made."""

    COMPONENT = "component", "Component"
    BY_PRODUCT = "by_product", "By-product"
