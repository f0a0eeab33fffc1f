"""What a code can stand for, at the desk and on the handheld: everything it may be, in a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from apps.catalog.models import Barcode, Item, Packaging
from apps.compliance.models import Inspection
from apps.core.codes import CodeKind, ParsedCode
from apps.core.decimals import plain
from apps.counting.models import CycleCount
from apps.insights.rules import EXACT, HERE, LIKELY, POSSIBLE, WITHIN, Candidate, Expectation, rank
from apps.ledger.models import HandlingUnit, Lot, SerialNumber, UnitLabel
from apps.locations.models import DockAppointment, Location
from apps.orders.models import SalesOrder, Wave
from apps.planning.models import ReorderProposal
from apps.purchasing.models import ParkedGoods, PurchaseOrder, Receipt, ShippingNotice
from apps.returns.models import CustomerReturn
from apps.shipping.models import Shipment
from apps.shipping.queries import pallet_contents
from apps.tasks.models import WarehouseTask
from apps.traceability.models import RecallCase
from apps.transfers.models import Transfer

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST = 20
"""Of each kind: one lot number may be many items'."""

DOCUMENTS: dict[str, Any] = {
    "PO": PurchaseOrder,
    "GR": Receipt,
    "ASN": ShippingNotice,
    "UG": ParkedGoods,
    "SO": SalesOrder,
    "W": Wave,
    "SH": Shipment,
    "T": WarehouseTask,
    "CC": CycleCount,
    "QI": Inspection,
    "RC": RecallCase,
    "RP": ReorderProposal,
    "RT": CustomerReturn,
    "TR": Transfer,
    "DA": DockAppointment,
}
_DOCUMENT = re.compile(r"([A-Z]{1,4})-\d+")
_SHORT = re.compile(r"([A-Z]{1,4})[- ]?0*(\d{1,8})")
WIDTHS = (6, 8)
"""Digits in a document's number; tasks have more."""


def document_kind(model: Any) -> str:
    """What a kind of document is called among candidates."""
    return str(model._meta.verbose_name).replace(" ", "_")


KINDS: dict[str, Any] = {
    "item": Item,
    "lot": Lot,
    "serial": SerialNumber,
    "handling_unit": HandlingUnit,
    "location": Location,
    **{document_kind(model): model for model in DOCUMENTS.values()},
}
"""The table behind each kind of candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Items by pk and how surely each was named, so that lots and serials can be looked for within them."""

    items: dict[int, Item] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)


def candidates_for(parsed: ParsedCode, *, user: User, task: WarehouseTask | None) -> list[Candidate]:
    """Everything the code may stand for that the user may see, the likeliest first; what the task expects, before all.

    A badge is not among it: nobody finds out by scanning who works here.
    """
    expected = _expectation(task)
    found = _items(parsed, user)
    candidates = [
        *found.candidates,
        *_lots(parsed, user, found.items),
        *_serials(parsed, user, found.items),
        *_units(parsed, user),
        *_locations(parsed, user, task),
        *_documents(parsed, user),
        *_announced(parsed, user),
    ]
    return rank(candidates, expected)


def _texts(parsed: ParsedCode) -> list[str]:
    """How the whole code may be written as a code of our own: as it is, or in capitals when typed."""
    if parsed.kind in {CodeKind.GS1, CodeKind.DIGITAL_LINK}:
        return []
    return [parsed.text, parsed.text.upper()]


def _items(parsed: ParsedCode, user: User) -> Found:
    texts = _texts(parsed)
    gtins = [gtin for gtin in (parsed.gtin, parsed.content_gtin) if gtin]
    items: dict[int, Item] = {}
    candidates: dict[int, Candidate] = {}

    def add(item: Item, score: int, **detail: str) -> None:
        # By its GTIN, by a barcode and by its number it is one candidate, named the surest way.
        if item.pk not in items:
            items[item.pk] = item
            candidates[item.pk] = _item(item, score, **detail)

    for packaging in Packaging.objects.filter(gtin__in=gtins).select_related("item__unit", "unit"):
        factor = packaging.factor
        add(packaging.item, EXACT, packaging=packaging.unit.code, gtin=packaging.gtin or "", base_units=str(factor))
    for barcode in Barcode.objects.filter(code__in=texts).select_related("item__unit", "packaging__unit"):
        unit = barcode.packaging
        detail = {"packaging": unit.unit.code, "base_units": str(unit.factor)} if unit else {}
        add(barcode.item, EXACT, barcode=barcode.code, **detail)
    numbers = [number for number in (parsed.item_number, *texts) if number]
    for item in Item.objects.for_user(user).filter(number__in=numbers).select_related("unit"):
        add(item, EXACT if item.number == parsed.item_number else LIKELY)
    return Found(items=items, candidates=list(candidates.values()))


def _item(item: Item, score: int, **detail: str) -> Candidate:
    return Candidate(
        kind="item",
        number=item.number,
        label=item.name,
        score=score,
        pk=item.pk,
        detail={"unit": item.unit.code, "tracking": item.tracking, **detail},
    )


def _within(named: str, parsed: ParsedCode, items: Iterable[int]) -> Q | None:
    """Where to look for a lot or serial: in the items that the same code names, else everywhere by the whole text."""
    if named:
        # With a GTIN or item number beside it that we don't know, the number alone says too little.
        known = bool(parsed.gtin or parsed.content_gtin or parsed.item_number)
        return Q(number=named, item_id__in=list(items)) if known else Q(number=named)
    texts = _texts(parsed)
    return Q(number__in=texts) if texts else None


def _lots(parsed: ParsedCode, user: User, items: dict[int, Item]) -> Iterator[Candidate]:
    where = _within(parsed.lot, parsed, items)
    if where is None:
        return
    score = WITHIN if parsed.lot and items else POSSIBLE
    for lot in Lot.objects.for_user(user).with_held().filter(where).select_related("item").order_by("-pk")[:MOST]:
        yield Candidate(
            kind="lot",
            number=lot.number,
            label=f"{lot.item.name}, lot {lot.number}",
            score=score,
            pk=lot.pk,
            item_id=lot.item_id,
            detail={
                "id": lot.pk,
                "item": lot.item.number,
                "expires_on": lot.expires_on,
                "held": lot.held,  # type: ignore[attr-defined]
            },
        )


def _serials(parsed: ParsedCode, user: User, items: dict[int, Item]) -> Iterator[Candidate]:
    where = _within(parsed.serial, parsed, items)
    if where is None:
        return
    score = WITHIN if parsed.serial and items else POSSIBLE
    rows = SerialNumber.objects.for_user(user).filter(where).select_related("item", "lot").order_by("-pk")
    for serial in rows[:MOST]:
        yield Candidate(
            kind="serial",
            number=serial.number,
            label=f"{serial.item.name}, serial {serial.number}",
            score=score,
            pk=serial.pk,
            item_id=serial.item_id,
            detail={"item": serial.item.number, "lot": serial.lot.number if serial.lot else None},
        )


def _units(parsed: ParsedCode, user: User) -> Iterator[Candidate]:
    texts = _texts(parsed)
    codes = {code for code in (parsed.sscc, *texts) if code}
    former = UnitLabel.objects.filter(number__in=codes).values("unit")
    where = Q(number__in=texts) | Q(sscc__in=codes) | Q(pk__in=former)
    for unit in (
        HandlingUnit.objects.for_user(user)
        .filter(where)
        .select_related("warehouse", "location", "shipping_pallet")[:MOST]
    ):
        yield Candidate(
            kind="handling_unit",
            number=unit.number,
            label=f"{unit.get_kind_display()} {unit.number}",
            score=EXACT,
            pk=unit.pk,
            detail={
                "kind": unit.kind,
                "sscc": unit.sscc,
                "warehouse": unit.warehouse.code,
                "location": unit.location.code if unit.location else None,
            }
            | _stacked(unit),
        )


def _stacked(unit: HandlingUnit) -> dict[str, Any]:
    """Of a pallet to ship, which is empty to the ledger: its cartons, what is in them, where they stand."""
    pallet = getattr(unit, "shipping_pallet", None)
    if pallet is None:
        return {}
    cartons = pallet_contents(pallet)
    goods: dict[tuple[str, str | None], Decimal] = {}
    for each in cartons:
        for row in each.goods:
            key = (row.item.number, row.lot.number if row.lot is not None else None)
            goods[key] = goods.get(key, Decimal(0)) + row.quantity
    places = {each.carton.unit.location.code for each in cartons if each.carton.unit.location is not None}
    return {
        "location": places.pop() if len(places) == 1 else None,
        "cartons": [each.carton.unit.number for each in cartons],
        "contents": [
            {"item": item, "lot": lot, "quantity": plain(quantity)}
            for (item, lot), quantity in sorted(goods.items(), key=lambda pair: (pair[0][0], pair[0][1] or ""))
        ],
    }


def _locations(parsed: ParsedCode, user: User, task: WarehouseTask | None) -> Iterator[Candidate]:
    rows = Location.objects.for_user(user).physical().filter(code__in=_texts(parsed)).select_related("warehouse")
    for place in rows.order_by("warehouse__code")[:MOST]:
        here = task is not None and place.warehouse_id == task.warehouse_id
        yield Candidate(
            kind="location",
            number=place.code,
            label=f"{place.get_kind_display()} {place.code}, {place.warehouse.name}",
            score=LIKELY + (HERE if here else 0),
            pk=place.pk,
            detail={
                "id": place.pk,
                "warehouse": place.warehouse.code,
                "kind": place.kind,
                "is_active": place.is_active,
            },
        )


def _documents(parsed: ParsedCode, user: User) -> Iterator[Candidate]:
    """The prefix says which kind of document it is, so one table is asked."""
    for text in dict.fromkeys(text.upper() for text in _texts(parsed)):
        match = _DOCUMENT.fullmatch(text)
        if match:
            yield from _numbered(match.group(1), [text], user)


def _announced(parsed: ParsedCode, user: User) -> Iterator[Candidate]:
    """The despatch that an SSCC is announced by, as long as it is still to come."""
    if not parsed.sscc:
        return
    rows = ShippingNotice.objects.for_user(user).open().filter(units__sscc=parsed.sscc).distinct()
    for notice in rows.order_by("-pk")[:MOST]:
        yield Candidate(
            kind=document_kind(ShippingNotice),
            number=notice.number,
            label=f"SSCC {parsed.sscc}, announced by {notice.number}",
            score=LIKELY,
            pk=notice.pk,
            detail={"state": notice.state, "sscc": parsed.sscc},
        )


def by_short_number(text: str, user: User) -> list[Candidate]:
    """The document whose number was typed as people say it, without its noughts: PO-12 or po12.

    For the desk alone: on the floor W-1 is a bin.
    """
    match = _SHORT.fullmatch(text.upper())
    if match is None:
        return []
    return list(
        _numbered(match.group(1), [f"{match.group(1)}-{match.group(2).zfill(width)}" for width in WIDTHS], user)
    )


def _numbered(prefix: str, numbers: list[str], user: User) -> Iterator[Candidate]:
    model = DOCUMENTS.get(prefix)
    if model is None:
        return
    for document in model.objects.for_user(user).filter(number__in=numbers):
        yield Candidate(
            kind=document_kind(model),
            number=document.number,
            label=f"{str(model._meta.verbose_name).capitalize()} {document.number}",
            score=EXACT,
            pk=document.pk,
            detail={"state": document.state},
        )


def _expectation(task: WarehouseTask | None) -> Expectation:
    if task is None:
        return Expectation()
    pairs = {
        ("item", task.item_id),
        ("lot", task.lot_id),
        ("serial", task.serial_id),
        ("handling_unit", task.unit_id),
        ("location", task.source_id),
        ("location", task.target_id),
        ("task", task.pk),
    }
    return Expectation(
        things=frozenset((kind, pk) for kind, pk in pairs if pk is not None),
        item_id=task.item_id,
        document=task.document,
    )
