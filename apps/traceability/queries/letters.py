"""A case's letters and lists, ready to print or to send."""

from __future__ import annotations

from datetime import date, datetime

from apps.accounts.models import User
from apps.core.decimals import plain
from apps.core.paper.formats import Address, day
from apps.ledger.models import Lot
from apps.locations.queries import letterhead, printed
from apps.traceability import pdf
from apps.traceability.models import RecallCase
from apps.traceability.queries.consignees import ConsigneeStanding, consignees_of
from apps.traceability.rules import LAW

CSV_TITLES = (
    "recall",
    "customer",
    "name",
    "contact",
    "phone",
    "email",
    "ship_to",
    "item",
    "item_name",
    "lot",
    "quantity",
    "unit",
    "shipped_on",
    "warehouse",
    "order",
    "shipment",
    "carton",
    "notified_at",
    "method",
    "responded_at",
)


def letters_of(
    case: RecallCase, *, at: datetime, by: User, party_id: int | None = None
) -> tuple[pdf.RecallLetter, ...]:
    """A letter for each consignee who was sent something, by their number; of one alone when one is named."""
    company, stamp = letterhead(), printed(at, by)
    expiries = dict(Lot.objects.filter(recalls=case).values_list("pk", "expires_on"))
    return tuple(
        pdf.RecallLetter(
            company=company,
            printed=stamp,
            number=case.number,
            opened_on=case.created_at.date(),
            to=Address(
                name=each.party.name,
                lines=tuple(each.party.address_lines),
                contact=" ".join(filter(None, (each.party.contact, each.party.phone, each.party.email))),
            ),
            customer=each.party.number,
            reason=case.reason,
            recall_class=case.get_recall_class_display() if case.recall_class else "",
            depth=case.get_depth_display(),
            regulator_reference=case.regulator_reference,
            instructions=case.instructions,
            answer_to=company.contact or company.name or "us",
            law=LAW["notice"].cited,
            lines=_lines(each, expiries),
        )
        for each in consignees_of(case)
        if each.lots and party_id in {None, each.party.pk}
    )


def _lines(standing: ConsigneeStanding, expiries: dict[int, date | None]) -> tuple[pdf.LetterLine, ...]:
    return tuple(
        pdf.LetterLine(
            item=each.item,
            name=each.name,
            lot=each.lot,
            expires_on=expiries.get(each.lot_id),
            first_on=each.first_on,
            last_on=each.last_on,
            shipments=", ".join(
                dict.fromkeys(sent.shipment for sent in standing.deliveries if sent.lot_id == each.lot_id)
            ),
            quantity=each.shipped,
            unit=each.unit,
        )
        for each in standing.lots
    )


def consignee_cells(case: RecallCase) -> list[tuple[str, ...]]:
    """A row a carton and lot: who got what, when, in which carton, how to reach them, whether they were told."""
    rows: list[tuple[str, ...]] = []
    for standing in consignees_of(case):
        told = standing.notified_at.isoformat() if standing.notified_at is not None else ""
        answered = standing.responded_at.isoformat() if standing.responded_at is not None else ""
        rows += [
            (
                case.number,
                each.customer,
                each.customer_name,
                each.contact,
                each.phone,
                each.email,
                each.ship_to,
                each.item,
                each.name,
                each.lot,
                plain(each.quantity),
                each.unit,
                day(each.shipped_on),
                each.warehouse,
                each.order,
                each.shipment,
                each.carton,
                told,
                standing.method,
                answered,
            )
            for each in standing.deliveries
        ]
    return rows
