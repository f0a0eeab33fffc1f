"""What a warehouse says about its outbound work: which goods, when, how picked, what the packer is told."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Category, Item, Party
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Warehouse, Zone
from apps.orders.choices import AllocationStrategy, PickKind, ReleaseWay, RuleAbout
from apps.orders.models.order import Channel

DECIDES = {
    RuleAbout.ALLOCATE: "strategy",
    RuleAbout.RELEASE: "release",
    RuleAbout.PICK: "pick_kind",
    RuleAbout.PACK: "instructions",
}
"""The field in which a rule of each kind says what it decides."""


class OutboundRuleQuerySet(ScopedQuerySet["OutboundRule"]):
    """Rules of the warehouses a user works in."""

    def in_use(self) -> OutboundRuleQuerySet:
        """Those that are followed."""
        return self.filter(is_active=True)


class OutboundRule(models.Model):
    """Orders and lines that are like this are allocated, released, picked or packed like that.

    Of the rules that match, the one of the highest priority decides, then the one that names more; packing
    instructions of all that match are shown.
    """

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="outbound_rules")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=8, choices=RuleAbout.choices)
    priority = models.PositiveSmallIntegerField(default=50, help_text="Higher goes first; of equals, what names more")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="+")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", help_text="With all below it"
    )
    customer = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="+")
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="+", help_text="Where goods for the order stand"
    )
    strategy = models.CharField(max_length=12, choices=AllocationStrategy.choices, blank=True)
    excluded_zones = models.ManyToManyField(
        Zone, blank=True, related_name="+", help_text="Nothing is allocated from there"
    )
    release = models.CharField(max_length=8, choices=ReleaseWay.choices, blank=True)
    hours_before_due = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="By itself no earlier than so long before the end of the due day"
    )
    task_priority = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of its tasks; empty: the order's own"
    )
    pick_kind = models.CharField(max_length=7, choices=PickKind.choices, blank=True)
    instructions = models.CharField(max_length=400, blank=True, help_text="Shown at the packing station")
    note = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[OutboundRuleQuerySet] = OutboundRuleQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords(m2m_fields=[excluded_zones])

    class Meta:
        ordering = ("warehouse", "about", "-priority", "code")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "code"], name="outbound_rule_code_once_a_warehouse"),
            values_check("about", RuleAbout, "outbound_rule_about_known"),
            models.CheckConstraint(
                name="outbound_rule_decides_one_thing",
                condition=Q(about=RuleAbout.ALLOCATE, release="", pick_kind="", instructions="")
                & Q(strategy__in=AllocationStrategy.values)
                | Q(about=RuleAbout.RELEASE, strategy="", pick_kind="", instructions="")
                & Q(release__in=ReleaseWay.values)
                | Q(about=RuleAbout.PICK, strategy="", release="", instructions="") & Q(pick_kind__in=PickKind.values)
                | Q(about=RuleAbout.PACK, strategy="", release="", pick_kind="") & ~Q(instructions=""),
                violation_error_message="A rule says what it is about, and nothing else.",
            ),
            models.CheckConstraint(
                name="outbound_rule_release_alone_has_a_time",
                condition=Q(about=RuleAbout.RELEASE) | Q(hours_before_due=None, task_priority=None),
                violation_error_message="Only a rule about release says when and how urgent.",
            ),
            models.CheckConstraint(
                name="outbound_rule_zone_of_release_and_pick",
                condition=Q(about__in=(RuleAbout.RELEASE, RuleAbout.PICK)) | Q(zone=None),
                violation_error_message="Goods have no zone before they are allocated, nor when they are packed.",
            ),
        )

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """The zone is one of its warehouse."""
        if self.zone is not None and self.zone.warehouse_id != self.warehouse_id:
            raise ValidationError({"zone": "This zone is in another warehouse."})
