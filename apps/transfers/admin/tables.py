"""The tables on a transfer's page."""

from __future__ import annotations

from django.utils.safestring import SafeString

from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, quantity
from apps.core.admin.page import Column, Table
from apps.ledger.admin.cells import status_badge
from apps.transfers.models import Transfer, TransferArrival, TransitClosing
from apps.transfers.queries import balances_on_the_road, progress_of
from apps.transfers.states import TransferStage

TONES = {
    TransferStage.DRAFT: Tone.WAITING,
    TransferStage.REQUESTED: Tone.READY,
    TransferStage.REJECTED: Tone.BLOCKED,
    TransferStage.APPROVED: Tone.READY,
    TransferStage.PICKING: Tone.PROGRESS,
    TransferStage.IN_TRANSIT: Tone.PROGRESS,
    TransferStage.PART_RECEIVED: Tone.PROGRESS,
    TransferStage.RECEIVED: Tone.PROGRESS,
    TransferStage.CLOSED: Tone.DONE,
    TransferStage.CANCELLED: Tone.WAITING,
}


def stage_badge(stage: str) -> SafeString:
    """Where a transfer stands, in its colour."""
    return badge(TransferStage(stage).label, TONES[TransferStage(stage)])


def lines_table(document: Transfer) -> Table:
    """How far each line is."""
    return Table(
        title="Goods",
        columns=(
            Column("Item"),
            *(Column(title, number=True) for title in ("Asked", "Sent", "On the road", "Received", "Explained")),
        ),
        rows=[
            (
                link(each.line.item),
                *(
                    quantity(amount, each.line.item.unit)
                    for amount in (each.asked, each.dispatched, each.in_transit, each.received, each.closed)
                ),
            )
            for each in progress_of([document.pk])[document.pk]
        ],
    )


def road_table(document: Transfer) -> Table:
    """What is on the road, carton by carton."""
    rows = balances_on_the_road(document).select_related("item__unit", "lot", "serial", "unit__carton__shipment")
    return Table(
        title="On the road",
        columns=(
            Column("Carton"),
            Column("Item"),
            Column("Lot"),
            Column("Serial number"),
            Column("Quantity", number=True),
            Column("Left"),
        ),
        rows=[
            (
                link(row.unit),
                link(row.item),
                link(row.lot),
                row.serial or NOTHING,
                quantity(row.on_hand, row.item.unit),
                moment(row.unit.carton.shipment.shipped_at if row.unit else None, document.destination.timezone),
            )
            for row in rows
        ],
        empty="Nothing of it is on the road.",
    )


def arrivals_table(document: Transfer) -> Table:
    """What came in, good and damaged."""
    rows = TransferArrival.objects.filter(line__transfer=document)
    return Table(
        title="Received",
        columns=(
            Column("When"),
            Column("Item"),
            Column("Lot"),
            Column("Carton"),
            Column("Quantity", number=True),
            Column("Status"),
            Column("Because"),
            Column("By"),
        ),
        rows=[
            (
                moment(row.received_at, document.destination.timezone),
                link(row.line.item),
                link(row.lot),
                link(row.unit),
                quantity(row.quantity, row.line.item.unit),
                status_badge(row.status),
                row.reason or NOTHING,
                row.received_by,
            )
            for row in rows.select_related("line__item__unit", "lot", "unit", "received_by")
        ],
        empty="Nothing has come yet.",
    )


def closings_table(document: Transfer) -> Table:
    """What never came as it left, and what became of it."""
    rows = TransitClosing.objects.filter(line__transfer=document)
    return Table(
        title="Explained",
        columns=(
            Column("When"),
            Column("Item"),
            Column("Lot"),
            Column("Carton"),
            Column("Quantity", number=True),
            Column("What became of it"),
            Column("Because"),
            Column("By"),
        ),
        rows=[
            (
                moment(row.closed_at, document.destination.timezone),
                link(row.line.item),
                link(row.lot),
                link(row.unit),
                quantity(row.quantity, row.line.item.unit),
                row.get_outcome_display(),
                row.note,
                row.closed_by,
            )
            for row in rows.select_related("line__item__unit", "lot", "unit", "closed_by")
        ],
        empty="Nothing was missing so far.",
    )
