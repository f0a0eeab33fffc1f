"""What each channel offers, and what it was told that it may sell."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import SharedQuerySet, values_check
from apps.orders.models.order import Channel


class ListingStatus(models.TextChoices):
    """Whether a channel may sell it."""

    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


class ChannelListing(models.Model):
    """A channel offers an item under its own code; how much of what is there it is told."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="listings")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    code = models.CharField(max_length=80, help_text="What the channel calls it")
    status = models.CharField(max_length=6, choices=ListingStatus.choices, default=ListingStatus.ACTIVE)
    buffer = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
        help_text="Kept back from the channel, base units",
    )
    share = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=Decimal(100),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Per cent of what is left; over 100 in all channels together they are cut alike",
    )
    minimum = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Less than this is told as nothing",
    )
    maximum = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Never told more than this",
    )

    objects: ClassVar[SharedQuerySet[ChannelListing]] = SharedQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("channel", "code")
        verbose_name = "channel listing"
        constraints = (
            values_check("status", ListingStatus, "channel_listing_status_known"),
            models.UniqueConstraint(fields=["channel", "item"], name="channel_listing_item_once"),
            models.UniqueConstraint(fields=["channel", "code"], name="channel_listing_code_once"),
            models.CheckConstraint(
                name="channel_listing_figures",
                condition=Q(buffer__gte=0, share__gte=0, share__lte=100)
                & (Q(minimum=None) | Q(minimum__gte=0))
                & (Q(maximum=None) | Q(maximum__gte=0)),
                violation_error_message="Buffer, minimum and maximum are not negative; the share is from 0 to 100.",
            ),
        )
        indexes = (models.Index(fields=["item"], name="channel_listing_of_item"),)

    def __str__(self) -> str:
        return f"{self.code} on {self.channel.code}"


class ChannelAvailability(models.Model):
    """What a channel may sell of a listing, as it was told last; whoever read up to a position reads on from there.

    One writer gives out the positions, each once and in the order of its commits: so no reader misses a row.
    """

    listing = models.OneToOneField(ChannelListing, models.PROTECT, related_name="availability")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    position = models.BigIntegerField(unique=True)
    changed_at = models.DateTimeField()

    objects: ClassVar[SharedQuerySet[ChannelAvailability]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("position",)
        verbose_name = "channel availability"
        verbose_name_plural = "channel availability"
        constraints = (models.CheckConstraint(name="channel_availability_not_negative", condition=Q(quantity__gte=0)),)

    def __str__(self) -> str:
        return f"{self.listing}: {self.quantity.normalize():f}"


class ChannelFeed(models.Model):
    """How far the ledger and the promises were read, and the last position that was given out. There is one."""

    position = models.BigIntegerField(default=0)
    seen = models.JSONField(default=dict, help_text="What the last reading could see")
    read_at = models.DateTimeField(null=True)
    everything_at = models.DateTimeField(null=True, help_text="When all listings were counted last")

    objects: ClassVar[SharedQuerySet[ChannelFeed]] = SharedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "channel feed"
        constraints = (models.CheckConstraint(name="channel_feed_is_one", condition=Q(id=1)),)

    def __str__(self) -> str:
        return f"up to {self.position}"
