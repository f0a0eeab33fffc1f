"""What partners told: documents word for word, their events, and what each event is about. Never changed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.numbering import Series
from apps.core.querysets import SharedQuerySet, values_check
from apps.epcis.rules.identifiers import LONGEST_URI
from apps.epcis.states import EpcisAction, EpcisEventType, EpcisPart

CAPTURE_NUMBERS = Series("EC")


class EpcisCapture(models.Model):
    """A document that a partner sent, as it was sent; the same document sent again is this one."""

    number = models.CharField(max_length=40, unique=True, editable=False)
    captured_at = models.DateTimeField()
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(help_text="Character for character")
    digest = models.CharField(max_length=64, unique=True, help_text="Of what it says, however it is spelled")
    created_at = models.CharField(max_length=40, help_text="As the document says it")
    sender = models.CharField(max_length=200, blank=True)
    receiver = models.CharField(max_length=200, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = "EPCIS capture"

    def __str__(self) -> str:
        return self.number


class EpcisEventQuerySet(SharedQuerySet["EpcisEvent"]):
    """Events that partners told."""

    def number_field(self) -> str:
        """An event is known by its key here: its own ID may be missing, and a declaration shares it."""
        return "pk"


class EpcisEvent(models.Model):
    """One event as it was told, with what it can be found by."""

    capture = models.ForeignKey(EpcisCapture, models.PROTECT, related_name="events")
    position = models.PositiveIntegerField(help_text="In its document, from 0")
    event_type = models.CharField(max_length=20, choices=EpcisEventType.choices)
    action = models.CharField(max_length=7, choices=EpcisAction.choices, blank=True)
    event_id = models.CharField("event ID", max_length=LONGEST_URI, blank=True)
    event_time = models.DateTimeField()
    offset = models.CharField(max_length=6, help_text="Of the place where it happened")
    biz_step = models.CharField(max_length=LONGEST_URI, blank=True)
    disposition = models.CharField(max_length=LONGEST_URI, blank=True)
    read_point = models.CharField(max_length=LONGEST_URI, blank=True)
    biz_location = models.CharField(max_length=LONGEST_URI, blank=True)
    declared_at = models.DateTimeField(null=True, help_text="That it was wrong")
    reason = models.CharField(max_length=LONGEST_URI, blank=True, help_text="Why it was wrong")
    says = models.CharField(
        max_length=64, help_text="Digest of what it says; a declaration that it was wrong has the same"
    )
    content = models.JSONField()

    objects: ClassVar[EpcisEventQuerySet] = EpcisEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-event_time", "-id")
        verbose_name = "EPCIS event"
        constraints = (
            models.UniqueConstraint(fields=["capture", "position"], name="epcis_event_once_a_place"),
            values_check("event_type", EpcisEventType, "epcis_event_type_known"),
            models.CheckConstraint(name="epcis_event_action_known", condition=Q(action__in=("", *EpcisAction.values))),
        )
        indexes = (
            models.Index(fields=["says"], name="epcis_event_says"),
            models.Index(fields=["event_id"], name="epcis_event_id", condition=~Q(event_id="")),
            models.Index(fields=["-event_time", "-id"], name="epcis_event_latest"),
            models.Index(fields=["biz_step"], name="epcis_event_biz_step"),
            models.Index(fields=["read_point"], name="epcis_event_read_point"),
        )

    def __str__(self) -> str:
        return f"{self.get_event_type_display()} in {self.capture}, {self.position + 1}"


class EpcisThingQuerySet(SharedQuerySet["EpcisThing"]):
    """What events are about."""


class EpcisThing(models.Model):
    """A thing in an event: its URI, and the keys that the URI spells out; a GTIN has 14 digits."""

    event = models.ForeignKey(EpcisEvent, models.PROTECT, related_name="things")
    part = models.CharField(max_length=6, choices=EpcisPart.choices)
    uri = models.CharField("URI", max_length=LONGEST_URI)
    gtin = models.CharField("GTIN", max_length=14, blank=True)
    lot = models.CharField(max_length=LONGEST_URI, blank=True)
    serial = models.CharField(max_length=LONGEST_URI, blank=True)
    sscc = models.CharField("SSCC", max_length=18, blank=True)
    quantity = models.CharField(max_length=40, blank=True, help_text="With its unit, as it was told")

    objects: ClassVar[EpcisThingQuerySet] = EpcisThingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (values_check("part", EpcisPart, "epcis_thing_part_known"),)
        indexes = (
            models.Index(fields=["uri"], name="epcis_thing_uri"),
            models.Index(fields=["gtin", "lot"], name="epcis_thing_lot", condition=~Q(gtin="")),
            models.Index(fields=["gtin", "serial"], name="epcis_thing_serial", condition=~Q(serial="")),
            models.Index(fields=["sscc"], name="epcis_thing_sscc", condition=~Q(sscc="")),
        )

    def __str__(self) -> str:
        return self.uri
