"""What a supplier says is on its way: pallets and cartons by their SSCC, and what is in them."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from apps.catalog.models import Item, Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.states import UnitKind
from apps.locations.models import Warehouse
from apps.purchasing.models.order import PurchaseOrderLine
from apps.purchasing.states import NOTICE_FLOW, NoticeState

NOTICE_NUMBERS = Series("ASN")


class ShippingNoticeQuerySet(ScopedQuerySet["ShippingNotice"]):
    """Shipping notices by whether their goods are still to come."""

    def open(self) -> ShippingNoticeQuerySet:
        """Announced, and not all of it at the dock yet."""
        return self.filter(state__in=(NoticeState.ANNOUNCED, NoticeState.ARRIVED))


class ShippingNotice(Document):
    """An advance shipping notice: a supplier's despatch to a warehouse, once under its number there."""

    flow = NOTICE_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Party, models.PROTECT, related_name="shipping_notices")
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.ANNOUNCED)
    reference = models.CharField(max_length=80, help_text="The supplier's number for the despatch")
    expected_on = models.DateField(help_text="When the truck should be here")
    carrier = models.CharField(max_length=80, blank=True)
    vehicle = models.CharField(max_length=40, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[ShippingNoticeQuerySet] = ShippingNoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "shipping notice"
        constraints = (
            values_check("state", NoticeState, "shipping_notice_state_known"),
            models.UniqueConstraint(fields=["supplier", "reference"], name="shipping_notice_once"),
        )


class ShippingNoticeUnit(models.Model):
    """An announced pallet or carton, perhaps on another; it comes in as a handling unit under the same SSCC."""

    notice = models.ForeignKey(ShippingNotice, models.CASCADE, related_name="units")
    sscc = models.CharField("SSCC", max_length=18)
    kind = models.CharField(max_length=9, choices=UnitKind.choices)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children", help_text="Stands on it")

    class Meta:
        ordering = ("notice", "id")
        verbose_name = "announced unit"
        constraints = (
            models.UniqueConstraint(fields=["notice", "sscc"], name="shipping_notice_unit_once"),
            values_check("kind", UnitKind, "shipping_notice_unit_kind_known"),
        )
        indexes = (models.Index(fields=["sscc"]),)

    def __str__(self) -> str:
        return self.sscc


class ShippingNoticeLineQuerySet(ScopedQuerySet["ShippingNoticeLine"]):
    """Lines of the notices a user may see."""

    warehouse_path: ClassVar[str] = "notice__warehouse"

    def with_came(self) -> ShippingNoticeLineQuerySet:
        """Annotates `came`: how much of each has come in."""
        counted = Q(receipt_lines__isnull=False, receipt_lines__transaction__reversed_by=None)
        return self.annotate(
            came=Coalesce(
                Sum("receipt_lines__quantity", filter=counted),
                Decimal(0),
                output_field=models.DecimalField(max_digits=DIGITS, decimal_places=PLACES),
            )
        )


class ShippingNoticeLine(models.Model):
    """So much of an item is announced, of one lot, in a unit or loose on the truck."""

    notice = models.ForeignKey(ShippingNotice, models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    unit = models.ForeignKey(ShippingNoticeUnit, models.CASCADE, null=True, related_name="lines")
    order_line = models.ForeignKey(
        PurchaseOrderLine, models.PROTECT, null=True, related_name="notice_lines", help_text="None: nobody ordered it"
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="Base units")
    lot_number = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True)
    made_on = models.DateField(null=True)
    supplier_lot = models.CharField(max_length=40, blank=True)
    serials = models.JSONField(default=list)

    objects: ClassVar[ShippingNoticeLineQuerySet] = ShippingNoticeLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("notice", "line")
        verbose_name = "announced line"
        constraints = (
            models.UniqueConstraint(fields=["notice", "line"], name="shipping_notice_line_once"),
            models.CheckConstraint(name="shipping_notice_line_positive", condition=Q(quantity__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.notice}/{self.line}"
