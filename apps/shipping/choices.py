"""Kinds of services and what carriers report."""

from __future__ import annotations

from django.db import models


class ServiceKind(models.TextChoices):
    """What one pays for: a piece, a pallet's room, or the truck."""

    PARCEL = "parcel", "Parcel"
    LTL = "ltl", "Part load (LTL)"
    FTL = "ftl", "Full load (FTL)"


class Weekday(models.IntegerChoices):
    """Days of the week as Python counts them."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class EventKind(models.TextChoices):
    """What a carrier reports of a parcel."""

    PICKED_UP = "picked_up", "Picked up"
    IN_TRANSIT = "in_transit", "In transit"
    DELIVERED = "delivered", "Delivered"
    EXCEPTION = "exception", "Exception"
    LOST = "lost", "Lost"
