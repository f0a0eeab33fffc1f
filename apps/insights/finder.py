"""What a code can stand for, at the desk and on the handheld: everything it may be.

One statement asks where there is anything of that number, then only those tables are read, each as the user may see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from apps.catalog.models import Barcode, Item, Packaging
from apps.core.codes import ParsedCode
from apps.core.decimals import plain
from apps.insights.documents import DOCUMENTS, announced_by, document_kind, documents_named
from apps.insights.probe import tables_with, texts_of
from apps.insights.rules import EXACT, HERE, LIKELY, POSSIBLE, WITHIN, Candidate, Expectation, rank
from apps.ledger.models import HandlingUnit, Lot, SerialNumber, UnitLabel
from apps.locations.models import Location, Warehouse
from apps.rfid.models import Asset
from apps.shipping.queries import pallet_contents
from apps.tasks.models import WarehouseTask

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST = 20
"""Of each kind: one lot number may be many items'."""

KINDS: dict[str, Any] = {
    "item": Item,
    "lot": Lot,
    "serial": SerialNumber,
    "handling_unit": HandlingUnit,
    "location": Location,
    "warehouse": Warehouse,
    "asset": Asset,
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
    there = tables_with(parsed)
    found = _items(parsed, user, there)
    candidates = list(found.candidates)
    if "lot" in there:
        candidates += _lots(parsed, user, found.items)
    if "serial" in there:
        candidates += _serials(parsed, user, found.items)
    if "unit" in there:
        candidates += _units(parsed, user)
    if "location" in there:
        candidates += _locations(parsed, user, task)
    if "site" in there:
        candidates += _sites(parsed, user)
    if "asset" in there:
        candidates += _assets(parsed, user)
    candidates += documents_named(parsed, user)
    if "announced" in there:
        candidates += announced_by(parsed, user)
    return rank(candidates, _expectation(task))


def _items(parsed: ParsedCode, user: User, there: set[str]) -> Found:
    texts = texts_of(parsed)
    gtins = [gtin for gtin in (parsed.gtin, parsed.content_gtin) if gtin]
    items: dict[int, Item] = {}
    candidates: dict[int, Candidate] = {}

    def add(item: Item, score: int, **detail: str) -> None:
        # By its GTIN, by a barcode and by its number it is one candidate, named the surest way.
        if item.pk not in items:
            items[item.pk] = item
            candidates[item.pk] = _item(item, score, **detail)

    if "packaging" in there:
        for packaging in Packaging.objects.filter(gtin__in=gtins).select_related("item__unit", "unit"):
            add(packaging.item, EXACT, **_pack(packaging), gtin=packaging.gtin or "")
    if "barcode" in there:
        codes = Barcode.objects.filter(code__in=texts).select_related("item__unit", "packaging__unit")
        for barcode in codes:
            add(barcode.item, EXACT, **(_pack(barcode.packaging) if barcode.packaging else {}), barcode=barcode.code)
    if "item" in there:
        numbers = [number for number in (parsed.item_number, *texts) if number]
        for item in Item.objects.for_user(user).filter(number__in=numbers).select_related("unit"):
            add(item, EXACT if item.number == parsed.item_number else LIKELY)
    return Found(items=items, candidates=list(candidates.values()))


def _pack(packaging: Packaging) -> dict[str, str]:
    """Which level of packaging the code is on, and how many base units it holds."""
    return {"level": packaging.level, "packaging": packaging.unit.code, "base_units": str(packaging.factor)}


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
    texts = texts_of(parsed)
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
    texts = texts_of(parsed)
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
    rows = Location.objects.for_user(user).physical().filter(code__in=texts_of(parsed)).select_related("warehouse")
    for place in rows.order_by("warehouse__code")[:MOST]:
        here = task is not None and place.warehouse_id == task.warehouse_id
        yield _location(place, LIKELY + (HERE if here else 0))


def _location(place: Location, score: int) -> Candidate:
    return Candidate(
        kind="location",
        number=place.code,
        label=f"{place.get_kind_display()} {place.code}, {place.warehouse.name}",
        score=score,
        pk=place.pk,
        detail={
            "id": place.pk,
            "warehouse": place.warehouse.code,
            "kind": place.kind,
            "is_active": place.is_active,
        },
    )


def _sites(parsed: ParsedCode, user: User) -> Iterator[Candidate]:
    """The site with this GLN, or the place in it that the GLN's extension names by its code."""
    if parsed.gln_extension:
        rows = Location.objects.for_user(user).physical().select_related("warehouse")
        for place in rows.filter(warehouse__gln=parsed.gln, code=parsed.gln_extension)[:MOST]:
            yield _location(place, EXACT)
        return
    for site in Warehouse.objects.for_user(user).filter(gln=parsed.gln)[:MOST]:
        yield Candidate(
            kind="warehouse",
            number=site.code,
            label=f"{site.get_kind_display()} {site.name}",
            score=EXACT,
            pk=site.pk,
            detail={"gln": site.gln},
        )


def _assets(parsed: ParsedCode, user: User) -> Iterator[Candidate]:
    """A cage or a trolley by the GRAI or GIAI on its tag, and the unit that it is."""
    numbers = [parsed.asset] if parsed.asset else texts_of(parsed)
    for asset in Asset.objects.for_user(user).filter(number__in=numbers).select_related("unit")[:MOST]:
        yield Candidate(
            kind="asset",
            number=asset.number,
            label=f"{asset.name}, {asset.number}",
            score=EXACT,
            pk=asset.pk,
            detail={"unit": asset.unit.number if asset.unit else None},
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
