"""How far apart hazards are stored."""

from __future__ import annotations

from django.db import models


class Apart(models.TextChoices):
    """What goods of two hazard classes may not share; the stricter the later."""

    TOGETHER = "together", "May stand together"
    BIN = "bin", "Not in one bin"
    ZONE = "zone", "Not in one zone"
