"""Postings and their moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter

from apps.accounts.access import STOCK
from apps.core import clock
from apps.core.admin import OwnFilter, ReadOnlyAdmin, StateFilter, day_of
from apps.core.admin.cells import NOTHING, day, link, moment, named, quantity
from apps.core.admin.page import Column, Fact, Outlook, Table
from apps.journal.admin.page import AskReason, Button, PageAdmin
from apps.ledger.admin.cells import place, recorded, status_badge, table_of_moves
from apps.ledger.models import StockMove, StockTransaction
from apps.ledger.operations.decide import MAY_UNDO, undo_posting
from apps.ledger.queries.reversal import preview_reversal
from apps.locations.models import Warehouse

if TYPE_CHECKING:
    from apps.accounts.models import User

ONE_DAY = timedelta(days=1)


def outlook_of_reversal(request: HttpRequest, posting: StockTransaction) -> Outlook:
    """The moves as they would go back, and what is in the way."""
    del request
    preview = preview_reversal(posting)
    back = Table(
        title="What would go back",
        columns=(
            Column("Item"),
            Column("Lot"),
            Column("Serial number"),
            Column("Quantity", number=True),
            Column("From"),
            Column("To"),
            Column("Status then"),
        ),
        rows=[
            (
                link(move.item, move.item.number),
                link(move.lot),
                move.serial or NOTHING,
                quantity(move.quantity, move.item.unit),
                place(move.target, move.target_unit),
                place(move.source, move.source_unit),
                status_badge(move.source_status),
            )
            for move in preview.moves
        ],
    )
    if preview.possible:
        note = "Each move goes back exactly, once, as a posting of its own. That posting cannot be reversed."
        return Outlook(note=note, possible=True, tables=[back])
    blocked = Table(
        title="What is in the way",
        columns=(Column("Why not"), Column("Since then"), Column("Reserved for")),
        rows=[
            (
                str(obstacle.refusal),
                format_html_join(", ", "{}", ((_told(later),) for later in obstacle.postings)) or NOTHING,
                format_html_join(", ", "{}", ((named(number),) for number in obstacle.documents)) or NOTHING,
            )
            for obstacle in preview.obstacles
        ],
    )
    return Outlook(note="This posting cannot be reversed now.", possible=False, tables=[blocked, back])


def _told(posting: StockTransaction) -> SafeString:
    return link(posting, f"{posting.pk} {posting.get_kind_display()} {posting.document}".strip())


@admin.register(StockTransaction)
class StockTransactionAdmin(PageAdmin):
    """Postings: who did what to stock, under which document."""

    access = STOCK
    trail_kinds = ("posting",)
    list_display = ("id", "kind", "document", "warehouse", "when", "by", "device", "reason")
    list_select_related = ("warehouse", "by", "device")
    list_filter = (("kind", StateFilter), ("warehouse", OwnFilter), ("recorded_at", RangeDateTimeFilter))
    search_fields = ("document", "by__username", "reason", "=id")
    first_step = "Every receipt, putaway, pick and shipment posts here, and nothing is ever rewritten."
    buttons = (
        Button(
            name="reverse",
            label="Reverse",
            operation=undo_posting,
            argument="transaction_id",
            done="Reversed by posting %s.",
            roles=MAY_UNDO,
            when=lambda posting: posting.is_undone_alone and not hasattr(posting, "reversed_by"),
            form=AskReason,
            icon="undo",
            grave=True,
            outlook=outlook_of_reversal,
        ),
    )

    @admin.display(description="recorded", ordering="recorded_at")
    def when(self, posting: StockTransaction) -> SafeString:
        """By the database's clock, shown as the warehouse's; and by the device's where it was told later."""
        return recorded(posting, posting.warehouse.timezone)

    def facts(self, document: StockTransaction) -> Iterable[Fact]:
        """The header of the posting."""
        zone = document.warehouse.timezone
        yield Fact("Kind", document.get_kind_display())
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Document", named(document.document))
        yield Fact("Recorded", moment(document.recorded_at, zone))
        yield Fact("Happened, by the device's clock", moment(document.occurred_at, zone))
        yield Fact("By", document.by)
        if document.device:
            yield Fact("Device", document.device)
        if document.reason:
            yield Fact("Reason", document.reason)
        if document.reverses:
            yield Fact("Reverses", link(document.reverses))
        if hasattr(document, "reversed_by"):
            yield Fact("Reversed by", link(document.reversed_by))
        if hasattr(document, "seal"):
            yield Fact("Sealed", f"block {document.seal.block_id}, position {document.seal.position}")

    def tables(self, request: HttpRequest, document: StockTransaction) -> Iterable[Table]:
        """Its moves."""
        yield table_of_moves(request, document.moves.all(), empty="Its moves are in another warehouse.")

    def trail_number(self, document: StockTransaction) -> str:
        """By its id."""
        return str(document.pk)


class DayFilter(admin.SimpleListFilter):
    """By the day on which it was recorded, by the calendar of its warehouse."""

    title = "day"
    parameter_name = "day"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The two that people ask for, and the one that led here."""
        del request, model_admin
        today = clock.now().date()
        days = {today.isoformat(): "Today", (today - ONE_DAY).isoformat(): "Yesterday"}
        asked = _day_or_none(self.value())
        return [(asked.isoformat(), day(asked)), *days.items()] if asked and str(asked) not in days else [*days.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[StockMove]) -> QuerySet[StockMove]:
        """The moves of that day; postings are found by the index of warehouse and time, then judged by their zone."""
        if self.value() is None:
            return queryset
        asked = _day_or_none(self.value())
        if asked is None:
            return queryset.none()
        start = datetime.combine(asked, time(), UTC)
        postings = StockTransaction.objects.filter(
            warehouse__in=Warehouse.objects.for_user(cast("User", request.user)),
            recorded_at__range=(start - ONE_DAY, start + 2 * ONE_DAY),
        )
        return queryset.filter(
            transaction__in=postings.alias(day=day_of("warehouse__timezone", "recorded_at"))
            .filter(day=asked)
            .order_by()
            .values("pk")
        )


def _day_or_none(value: str | None) -> date | None:
    try:
        asked = date.fromisoformat(value or "")
    except ValueError:
        return None
    # A day beside the end of the calendar has no neighbours.
    return asked if date.min + 2 * ONE_DAY < asked < date.max - 2 * ONE_DAY else None


@admin.register(StockMove)
class StockMoveAdmin(ReadOnlyAdmin):
    """Goods went from a place to a place."""

    access = STOCK
    list_display = ("when", "posting", "item_number", "lot", "amount", "origin", "goal", "condition", "warehouse")
    list_select_related = (
        "transaction",
        "warehouse",
        "item__unit",
        "lot",
        "source",
        "source_unit",
        "target",
        "target_unit",
    )
    list_filter = (
        ("warehouse", OwnFilter),
        ("transaction__kind", StateFilter),
        DayFilter,
        ("item", AutocompleteSelectFilter),
        ("recorded_at", RangeDateTimeFilter),
    )
    search_fields = ("item__number", "lot__number", "transaction__document", "serial__number")
    ordering = ("-id",)
    first_step = "Every receipt, putaway, pick and shipment posts its moves here."

    @admin.display(description="when", ordering="recorded_at")
    def when(self, move: StockMove) -> SafeString:
        """As the clock of the warehouse showed it, and the device's where it was told later."""
        return recorded(move.transaction, move.warehouse.timezone)

    @admin.display(description="posting")
    def posting(self, move: StockMove) -> SafeString:
        """What was done, under which document."""
        kind, document = move.transaction.get_kind_display(), move.transaction.document
        return link(move.transaction, f"{kind} {document}")

    @admin.display(description="item", ordering="item__number")
    def item_number(self, move: StockMove) -> str:
        """Of what."""
        return move.item.number

    @admin.display(description="quantity", ordering="quantity")
    def amount(self, move: StockMove) -> SafeString:
        """How much."""
        return quantity(move.quantity, move.item.unit)

    @admin.display(description="from")
    def origin(self, move: StockMove) -> SafeString:
        """Whence."""
        return place(move.source, move.source_unit)

    @admin.display(description="to")
    def goal(self, move: StockMove) -> SafeString:
        """Whither."""
        return place(move.target, move.target_unit)

    @admin.display(description="status", ordering="target_status")
    def condition(self, move: StockMove) -> SafeString:
        """In which status it arrived."""
        return status_badge(move.target_status)
