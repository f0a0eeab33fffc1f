"""The roles people have; each is a Group, made by a migration."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What a person is at work; a person may be several."""

    PICKER = "picker", "Picker"
    SUPERVISOR = "supervisor", "Supervisor"
    INVENTORY_MANAGER = "inventory manager", "Inventory manager"
    BUYER = "buyer", "Buyer"
    SALES = "sales", "Sales"
    QUALITY = "quality", "Quality"
    SAFETY = "safety", "Safety"
    AUDITOR = "auditor", "Auditor"
    ADMIN = "admin", "Admin"
