"""What the ledger shows on several pages: statuses, and the tables of balances and of moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.core.admin import visible
from apps.core.admin.cells import NOTHING, Tone, badge, grouped, link, moment, quantity
from apps.core.admin.page import Column, Event, Table
from apps.ledger.models import StockBalance, StockMove, StockTransaction
from apps.ledger.states import ReservationState, StockStatus

STATUS_TONES = {
    StockStatus.AVAILABLE: Tone.DONE,
    StockStatus.INSPECTION: Tone.PROGRESS,
    StockStatus.DAMAGED: Tone.BLOCKED,
    StockStatus.RETURNED: Tone.WAITING,
    StockStatus.BLOCKED: Tone.BLOCKED,
}
RESERVATION_TONES = {
    ReservationState.PENDING: Tone.READY,
    ReservationState.CONSUMED: Tone.DONE,
    ReservationState.RELEASED: Tone.WAITING,
}
MOST_POSTINGS = 50
"""A timeline goes back this far; the list of postings has the rest."""
MOST_MOVES = 100
"""A page shows the newest of them; the list of moves has the rest."""

TOLD_AT_ONCE = timedelta(minutes=1)
"""What the device's time and the ledger's differ by when a command was not kept back: both read alike."""


def status_badge(status: str) -> SafeString:
    """A stock status in its colour."""
    known = StockStatus(status)
    return badge(known.label, STATUS_TONES[known])


def place(location: object, unit: object) -> SafeString:
    """Where goods were: the location, and what they stood in."""
    return format_html("{} <small>{}</small>", location, unit) if unit else format_html("{}", location)


def changed(change: Decimal, unit: object) -> SafeString:
    """What a move did to a balance, with its sign."""
    sign = "+" if change > 0 else ""
    return format_html('<span class="sg-amount">{}{} <small>{}</small></span>', sign, grouped(change), unit)


def recorded(posting: StockTransaction, zone: str) -> SafeString:
    """When it was recorded, and when it happened by the device's clock where that is another time."""
    at, note = moment(posting.recorded_at, zone), _happened(posting, zone)
    return format_html("{} <small>{}</small>", at, note) if note else at


def _happened(posting: StockTransaction, zone: str) -> SafeString | None:
    """The device's own time, as a note where it is worth one."""
    if abs(posting.recorded_at - posting.occurred_at) < TOLD_AT_ONCE:
        return None
    return format_html("happened {}", moment(posting.occurred_at, zone))


def balances_table(request: HttpRequest, balances: Iterable[StockBalance]) -> Table:
    """Where stock is now."""
    return Table(
        title="On hand",
        columns=(
            Column("Warehouse"),
            Column("Location"),
            Column("Item"),
            Column("Lot"),
            Column("Status"),
            Column("On hand", number=True),
            Column("Reserved", number=True),
        ),
        rows=[
            (
                balance.warehouse,
                place(link(balance.location), balance.unit),
                link(balance.item),
                balance.lot or NOTHING,
                status_badge(balance.status),
                quantity(balance.on_hand, balance.item.unit),
                quantity(balance.reserved, balance.item.unit),
            )
            for balance in visible(balances, request).select_related(  # type: ignore[arg-type]
                "warehouse", "location", "unit", "item__unit", "lot"
            )
        ],
        empty="None in the warehouses that you work at.",
    )


class MovesStock:
    """For the page of a document whose work moves stock: every posting is in its timeline."""

    def postings(self, document: Any) -> QuerySet[StockTransaction]:
        """Those of the document and its family."""
        return StockTransaction.objects.filter(document__in=self.family(document))  # type: ignore[attr-defined]

    def events(self, request: HttpRequest, document: Any) -> Iterable[Event]:
        """Who posted what, newest first."""
        postings = (
            visible(self.postings(document), request)
            .select_related("by", "device", "warehouse")
            .annotate(Count("moves"))
        )
        for posting in postings.order_by("-pk")[:MOST_POSTINGS]:
            moves = posting.moves__count
            notes = [
                f"{moves} move{'s' * (moves != 1)}",
                posting.reason,
                posting.device and f"by {posting.device}",
                _happened(posting, posting.warehouse.timezone),
            ]
            yield Event(
                at=posting.recorded_at,
                who=posting.by,
                what=link(posting, posting.get_kind_display().lower()),
                notes=[note for note in notes if note],
            )


def moves_table(request: HttpRequest, *documents: str) -> Table:
    """What the ledger posted for documents, newest first."""
    moves = StockMove.objects.filter(
        transaction__in=StockTransaction.objects.filter(document__in=documents).order_by().values("pk")
    )
    return table_of_moves(request, moves, empty="Nothing has been posted for it yet.")


def table_of_moves(request: HttpRequest, moves: object, *, empty: str) -> Table:
    """Moves with their postings."""
    rows = visible(moves, request).select_related(  # type: ignore[arg-type]
        "transaction__by", "warehouse", "item__unit", "lot", "source", "source_unit", "target", "target_unit"
    )
    return Table(
        title="Moves",
        columns=(
            Column("When"),
            Column("Posting"),
            Column("Item"),
            Column("Lot"),
            Column("Quantity", number=True),
            Column("From"),
            Column("To"),
            Column("Status"),
            Column("By"),
        ),
        rows=[
            (
                recorded(move.transaction, move.warehouse.timezone),
                link(move.transaction, f"{move.transaction_id} {move.transaction.get_kind_display()}"),
                link(move.item),
                link(move.lot),
                quantity(move.quantity, move.item.unit),
                place(move.source, move.source_unit),
                place(move.target, move.target_unit),
                status_badge(move.target_status),
                move.transaction.by,
            )
            for move in rows.order_by("-pk")[:MOST_MOVES]
        ],
        empty=empty,
    )
