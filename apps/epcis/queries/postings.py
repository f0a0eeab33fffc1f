"""The ledger's postings with what their documents say, as values that events are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F

from apps.assembly.models import AssemblyOrder
from apps.catalog.models import Packaging
from apps.catalog.models import Party as Partner
from apps.compliance.models import SupplierReturn
from apps.epcis.rules.moving import Moved, Party, Place, Posting, Shipped, Unit
from apps.ledger.models import HandlingUnit, StockMove, StockTransaction
from apps.ledger.states import TransactionKind, UnitKind
from apps.locations.models import Location
from apps.purchasing.models import ReceiptLine
from apps.returns.models import CustomerReturn, ReturnToSupplier
from apps.shipping.models import Shipment

UNITS = {
    "kg": "KGM",
    "g": "GRM",
    "mg": "MGM",
    "t": "TNE",
    "l": "LTR",
    "ml": "MLT",
    "m": "MTR",
    "cm": "CMT",
    "mm": "MMT",
    "m2": "MTK",
    "m3": "MTQ",
    "lb": "LBR",
    "oz": "ONZ",
    "ft": "FOT",
    "in": "INH",
}
"""UN/ECE Recommendation 20's codes by our units; what is not here and has no decimals is counted."""
SHIPS = (TransactionKind.SHIP, TransactionKind.DISPATCH)


@dataclass(slots=True)
class _Papers:
    """What documents say of postings, by the posting's key or the document's number."""

    parties: dict[Any, Party] = field(default_factory=dict)
    orders: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    notices: dict[int, str] = field(default_factory=dict)
    works: dict[str, str] = field(default_factory=dict)
    shipped: defaultdict[int, list[Shipped]] = field(default_factory=lambda: defaultdict(list))


def postings_of(move_ids: Collection[int], *, known: Collection[int] = ()) -> list[Posting]:
    """The postings of these moves in the ledger's order; what was taken back comes again when it was.

    Of the postings that are `known` only that they were taken back is told.
    """
    rows = StockMove.objects.filter(pk__among=list(move_ids)).select_related(
        "transaction",
        "warehouse",
        "item__unit",
        "lot",
        "serial",
        "source__warehouse",
        "target__warehouse",
        "source_unit",
        "target_unit",
    )
    moves: defaultdict[int, list[StockMove]] = defaultdict(list)
    headers: dict[int, StockTransaction] = {}
    for move in rows.order_by("pk"):
        moves[move.transaction_id].append(move)
        headers[move.transaction_id] = move.transaction
    gtins = _gtins({move.item_id for found in moves.values() for move in found})
    units = {move.source_unit_id for found in moves.values() for move in found if move.source_unit_id is not None}
    papers = _papers(headers.values(), units)
    told = {pk: _posting(header, moves[pk], gtins, papers) for pk, header in headers.items() if not header.reverses_id}
    found: list[tuple[Any, Posting]] = []
    for pk, header in headers.items():
        if header.reverses_id is None and pk in known:
            continue
        if header.reverses_id is None:
            found.append(((header.recorded_at, pk), told[pk]))
        elif header.reverses_id in told:
            zone = ZoneInfo(moves[pk][0].warehouse.timezone)
            again = replace(told[header.reverses_id], taken_back_at=header.recorded_at.astimezone(zone))
            found.append(((header.recorded_at, pk), again))
    return [posting for _, posting in sorted(found, key=lambda each: each[0])]


def _posting(header: StockTransaction, moves: Iterable[StockMove], gtins: dict[int, str], papers: _Papers) -> Posting:
    rows = list(moves)
    zone = ZoneInfo(rows[0].warehouse.timezone)
    return Posting(
        id=header.pk,
        kind=header.kind,
        at=header.occurred_at.astimezone(zone),
        recorded_at=header.recorded_at.astimezone(zone),
        document=header.document,
        orders=tuple(sorted(set(papers.orders[header.pk]))),
        notice=papers.notices.get(header.pk, ""),
        work=papers.works.get(header.document, ""),
        party=papers.parties.get(header.pk) or papers.parties.get(header.document),
        moved=tuple(_moved(move, gtins) for move in rows),
        shipped=tuple(papers.shipped[header.pk]),
    )


def _moved(move: StockMove, gtins: dict[int, str]) -> Moved:
    code = move.item.unit.code.lower()
    return Moved(
        id=move.pk,
        item=move.item.number,
        gtin=gtins.get(move.item_id, ""),
        lot=move.lot.number if move.lot is not None else "",
        expires_on=move.lot.expires_on.isoformat() if move.lot is not None and move.lot.expires_on else "",
        serial=move.serial.number if move.serial is not None else "",
        quantity=move.quantity,
        uom=UNITS.get(code),
        is_measured=code in UNITS or move.item.scale > 0,
        status=move.target_status,
        source=_place(move.source),
        target=_place(move.target),
        source_unit=_unit(move.source_unit),
        target_unit=_unit(move.target_unit),
    )


def _place(location: Location) -> Place:
    return Place(code=location.code, kind=location.kind, site=location.warehouse.code, gln=location.warehouse.gln)


def _unit(unit: HandlingUnit | None) -> Unit | None:
    if unit is None:
        return None
    return Unit(number=unit.number, sscc=unit.sscc or "", is_tote=unit.kind == UnitKind.TOTE)


def _party(partner: Partner) -> Party:
    return Party(number=partner.number, gln=partner.gln)


def _gtins(items: set[int]) -> dict[int, str]:
    """The GTIN of one base unit, where it has one."""
    rows = Packaging.objects.filter(item__in=items, gtin__isnull=False, numerator=F("denominator")).order_by("-pk")
    return {item: gtin for item, gtin in rows.values_list("item", "gtin") if gtin}


def _papers(headers: Collection[StockTransaction], unit_ids: set[int]) -> _Papers:
    papers = _Papers()
    keys = [header.pk for header in headers]
    numbers = {header.document for header in headers if header.document}
    lines = ReceiptLine.objects.filter(transaction__among=keys)
    for line in lines.select_related("receipt__supplier", "receipt__notice", "order_line__order").order_by("pk"):
        papers.parties[line.transaction_id] = _party(line.receipt.supplier)
        if line.order_line is not None:
            papers.orders[line.transaction_id].append(line.order_line.order.number)
        if line.receipt.notice is not None:
            papers.notices[line.transaction_id] = line.receipt.notice.number
    for back in CustomerReturn.objects.filter(number__in=numbers).select_related("customer"):
        papers.parties[back.number] = _party(back.customer)
    for away in ReturnToSupplier.objects.filter(number__in=numbers).select_related("supplier"):
        papers.parties[away.number] = _party(away.supplier)
    for sent in SupplierReturn.objects.filter(transaction__among=keys).select_related("inspection__supplier"):
        if sent.inspection.supplier is not None:
            papers.parties[sent.transaction_id] = _party(sent.inspection.supplier)
    papers.works = dict(AssemblyOrder.objects.filter(number__in=numbers).values_list("number", "kind"))
    left = [header.pk for header in headers if header.kind in SHIPS]
    for shipment in _shipments(left, unit_ids):
        papers.shipped[shipment.transaction_id or 0].append(_shipped(shipment))
    return papers


def _shipments(transaction_ids: list[int], unit_ids: set[int]) -> Iterable[Shipment]:
    """Those that left by these postings with some of these units."""
    chosen = Shipment.objects.filter(transaction__among=transaction_ids, cartons__unit__in=unit_ids).values("pk")
    rows = Shipment.objects.filter(pk__in=chosen).select_related(
        "party", "warehouse", "dock__warehouse", "destination", "order_shipment__order"
    )
    return rows.prefetch_related("cartons__unit").order_by("pk")


def _shipped(shipment: Shipment) -> Shipped:
    order = getattr(shipment, "order_shipment", None)
    site = Place(code="", kind="", site=shipment.warehouse.code, gln=shipment.warehouse.gln)
    to = shipment.destination
    units = (_unit(carton.unit) for carton in sorted(shipment.cartons.all(), key=lambda each: each.sequence))
    return Shipped(
        number=shipment.number,
        order=shipment.document,
        reference=order.order.reference if order is not None else "",
        units=tuple(unit for unit in units if unit is not None),
        dock=_place(shipment.dock) if shipment.dock is not None else site,
        party=_party(shipment.party),
        destination=Place(code="", kind="", site=to.code, gln=to.gln) if to is not None else None,
    )
