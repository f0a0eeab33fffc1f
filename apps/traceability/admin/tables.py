"""What the page of a recall shows: lots, where they are, who got them and has answered, what came back."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from apps.core.admin import visible
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment, quantity
from apps.core.admin.page import Column, Outlook, Table
from apps.ledger.admin.lots import condition_badge
from apps.ledger.models import Hold, Lot
from apps.traceability.models import RecallCase
from apps.traceability.queries import ConsigneeStanding, Reach, ReachedStock, RecallStatus, returned_of
from apps.traceability.states import CheckResult, LotOrigin

SHOWN = 200
"""A page shows so many rows; the CSV has them all."""


def lots_table(case: RecallCase) -> Table:
    """Its lots, how each came in, and whether the case holds it still."""
    origins = dict(case.recalled.values_list("lot", "origin"))
    held = set(Hold.objects.open().filter(recalls=case).values_list("lot", flat=True))
    lots = Lot.objects.filter(recalls=case).with_held().select_related("item", "supplier").order_by("pk")
    return Table(
        title="Lots",
        columns=(
            Column("Lot"),
            Column("By this case"),
            Column("State"),
            Column("Came in"),
            Column("Item"),
            Column("Name"),
            Column("Supplier"),
            Column("Expires"),
        ),
        rows=[
            (
                link(lot),
                badge("Frozen", Tone.HELD) if lot.pk in held else badge("Released", Tone.DONE),
                condition_badge(lot),
                LotOrigin(origins[lot.pk]).label,
                link(lot.item),
                lot.item.name,
                lot.supplier.name if lot.supplier else NOTHING,
                day(lot.expires_on),
            )
            for lot in lots[:SHOWN]
        ],
    )


def stock_table(stock: Iterable[ReachedStock], title: str = "Where it is") -> Table:
    """By site and sort of place."""
    return Table(
        title=title,
        columns=(
            Column("Site"),
            Column("Where"),
            Column("Item"),
            Column("Lot"),
            Column("Places", number=True),
            Column("Quantity", number=True),
            Column("Reserved", number=True),
        ),
        rows=[
            (
                each.warehouse,
                each.where.capitalize(),
                each.item,
                each.lot,
                each.places,
                quantity(each.quantity, each.unit),
                quantity(each.reserved, each.unit),
            )
            for each in stock
        ],
        empty="Nothing of it is on hand.",
    )


def consignees_table(status: RecallStatus) -> Table:
    """Who got some, whether they were told and answered; only for those who may read it."""
    return Table(
        title="Consignees",
        columns=(
            Column("Customer"),
            Column("Contact"),
            Column("Told"),
            Column("Answered"),
            Column("Check"),
            Column("Sent"),
            Column("Had when told"),
            Column("Accounted for"),
        ),
        rows=[
            (
                link(each.party, f"{each.party.number} {each.party.name}"),
                " ".join(filter(None, (each.party.contact, each.party.phone, each.party.email))) or NOTHING,
                moment(each.notified_at) if each.notified_at else badge("Not yet", Tone.LATE),
                moment(each.responded_at) if each.responded_at else badge("Silent", Tone.WAITING),
                _checked(each),
                _amounts((lot.lot, quantity(lot.shipped, lot.unit)) for lot in each.lots),
                _amounts((lot.lot, quantity(lot.on_hand, lot.unit)) for lot in each.lots if lot.on_hand is not None),
                _amounts((lot.lot, quantity(lot.accounted, lot.unit)) for lot in each.lots),
            )
            for each in status.consignees[:SHOWN]
        ],
        empty="Nobody was sent any of it.",
    )


def _checked(each: ConsigneeStanding) -> object:
    if each.check_result is None:
        return NOTHING
    if not each.check_result:
        return badge("To be made", Tone.READY)
    good = each.check_result == CheckResult.EFFECTIVE
    return badge(CheckResult(each.check_result).label, Tone.DONE if good else Tone.BLOCKED)


def _amounts(lots: Iterable[tuple[str, object]]) -> str:
    return ", ".join(f"{lot}: {amount}" for lot, amount in lots) or str(NOTHING)


def returns_table(request: HttpRequest, case: RecallCase) -> Table:
    """What came back of it at the sites that the person sees."""
    return Table(
        title="Came back",
        columns=(
            Column("Return"),
            Column("Warehouse"),
            Column("Customer"),
            Column("Lot"),
            Column("Serial number"),
            Column("Received", number=True),
            Column("Became"),
        ),
        rows=[
            (
                link(line.customer_return),
                line.customer_return.warehouse,
                line.customer_return.customer.name,
                link(line.lot),
                line.serial or NOTHING,
                quantity(line.received, line.item.unit),
                ", ".join(sorted({each.get_disposition_display() for each in line.inspections.all()})) or NOTHING,
            )
            for line in visible(returned_of(case), request)
        ],
        empty="Nothing of these lots came back.",
    )


def reach_outlook(reach: Reach) -> Outlook:
    """What a freeze would touch, before it is asked for."""
    others = sorted({number for lot in reach.lots for number in lot.other_cases})
    said = (
        f"{len(reach.lots)} lots at {len(reach.sites)} sites would be frozen; {len(reach.documents)} documents would "
        f"lose what they reserved, {reach.open_picks} picks would be called off, {len(reach.cartons)} packed cartons "
        f"could not leave; {len(reach.customers)} customers got some."
    )
    if others:
        said += f" Some are in {', '.join(others)} already: say that both are to hold them."
    return Outlook(
        note=said,
        possible=bool(reach.lots),
        tables=[
            Table(
                title="Lots",
                columns=(Column("Lot"), Column("Item"), Column("Name"), Column("Came in"), Column("Supplier")),
                rows=[
                    (lot.number, lot.item, lot.name, lot.origin.label, lot.supplier or NOTHING)
                    for lot in reach.lots[:SHOWN]
                ],
                empty="No lot fits.",
            ),
            stock_table(reach.stock),
        ],
    )
