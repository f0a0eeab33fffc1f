"""What a tag stands for."""

from __future__ import annotations

from django.db import models


class TagKind(models.TextChoices):
    """What the code on a tag was known as when it was read."""

    UNIT = "handling_unit", "Handling unit"
    ITEM = "item", "Item"
    PLACE = "location", "Place"
    ASSET = "asset", "Asset"
    UNKNOWN = "unknown", "Unknown"
