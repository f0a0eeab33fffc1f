"""What will come and what is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import INBOUND, OUTBOUND
from apps.core import clock
from apps.core.admin import OwnFilter, ReadOnlyAdmin
from apps.core.admin.cells import Tone, badge, day, progress, quantity
from apps.supply.models import ExpectedReceipt, Promise

if TYPE_CHECKING:
    from apps.supply.models import ExpectedReceiptQuerySet, PromiseQuerySet


class OpenFilter(admin.SimpleListFilter):
    """By whether something of it is still to come or to be allocated."""

    title = "open"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """One choice: the open part is what counts in the stock position."""
        del request, model_admin
        return [("yes", "Still open")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those with something left."""
        del request
        rows = cast("ExpectedReceiptQuerySet | PromiseQuerySet", queryset)
        return rows.open() if self.value() else rows


@admin.register(ExpectedReceipt)
class ExpectedReceiptAdmin(ReadOnlyAdmin):
    """Goods on their way."""

    access = INBOUND
    list_display = ("document", "line", "item", "amount", "coming", "due", "warehouse", "stands")
    list_select_related = ("item__unit", "warehouse")
    list_filter = (("warehouse", OwnFilter), ("closed_at", admin.EmptyFieldListFilter), OpenFilter)
    search_fields = ("document", "item__number")
    first_step = "Approving a purchase order announces its goods."

    @admin.display(description="quantity", ordering="quantity")
    def amount(self, expected: ExpectedReceipt) -> SafeString:
        """Ordered."""
        return quantity(expected.quantity, expected.item.unit)

    @admin.display(description="received")
    def coming(self, expected: ExpectedReceipt) -> SafeString:
        """How much has come."""
        return progress(expected.received, expected.quantity)

    @admin.display(description="due", ordering="due_on")
    def due(self, expected: ExpectedReceipt) -> str:
        """By when."""
        return day(expected.due_on)

    @admin.display(description="state")
    def stands(self, expected: ExpectedReceipt) -> SafeString:
        """Whether more will come."""
        return badge("Closed", Tone.DONE) if expected.closed_at else badge("Expected", Tone.READY)


class PromiseFilter(OpenFilter):
    """By whether something is still to be allocated, and whether there is stock for it."""

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """What the stock position leads to."""
        return [*super().lookups(request, model_admin), ("back", "Back-ordered: no stock for it")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those with something left, or with something missing."""
        if self.value() == "back":
            return cast("PromiseQuerySet", queryset).back_ordered(clock.now())
        return super().queryset(request, queryset)


@admin.register(Promise)
class PromiseAdmin(ReadOnlyAdmin):
    """Quantities promised to customers, first come first served."""

    access = OUTBOUND
    list_display = ("document", "line", "item", "amount", "kept", "missing", "due", "warehouse", "stands")
    list_select_related = ("item__unit", "warehouse")
    list_filter = (("warehouse", OwnFilter), ("closed_at", admin.EmptyFieldListFilter), PromiseFilter)
    search_fields = ("document", "item__number")
    first_step = "Confirming a sales order promises its goods."

    @admin.display(description="quantity", ordering="quantity")
    def amount(self, promise: Promise) -> SafeString:
        """Promised."""
        return quantity(promise.quantity, promise.item.unit)

    @admin.display(description="allocated")
    def kept(self, promise: Promise) -> SafeString:
        """How much is reserved at a bin."""
        return progress(promise.allocated, promise.quantity)

    @admin.display(description="missing")
    def missing(self, promise: Promise) -> SafeString:
        """How much no available stock covers, where back-ordered ones are listed."""
        return quantity(getattr(promise, "missing", None), promise.item.unit)

    @admin.display(description="due", ordering="due_on")
    def due(self, promise: Promise) -> str:
        """By when."""
        return day(promise.due_on)

    @admin.display(description="state")
    def stands(self, promise: Promise) -> SafeString:
        """Whether it still binds."""
        return badge("Ended", Tone.DONE) if promise.closed_at else badge("Promised", Tone.READY)
