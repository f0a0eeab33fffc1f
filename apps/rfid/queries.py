"""What tags stand for, and which units are elsewhere than the ledger has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import F, Max
from django.db.models.functions import Coalesce, Greatest

from apps.catalog.models import Packaging
from apps.core.codes import MalformedCode, ParsedCode, parse_code
from apps.ledger.models import HandlingUnit, SerialNumber, StockBalance, UnitLabel
from apps.locations.models import Location
from apps.rfid.models import Asset, Reader
from apps.rfid.states import TagKind
from apps.storage.queries import outermost_of
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What the code on a tag stands for, by key; `epc` as it is kept."""

    epc: str
    kind: TagKind = TagKind.UNKNOWN
    unit_id: int | None = None
    item_id: int | None = None
    serial_id: int | None = None
    location_id: int | None = None
    asset_id: int | None = None


def read_tags(codes: Collection[str], *, warehouse_id: int) -> dict[str, Tag]:
    """What each code stands for in this warehouse, in as many statements for a thousand as for one.

    What cannot be read or is not known is kept as unknown.
    """
    read = {code: _read(code) for code in codes}
    units = _units({parsed.sscc for parsed in read.values() if parsed and parsed.sscc}, warehouse_id)
    goods = [parsed for parsed in read.values() if parsed and parsed.gtin]
    packs = Packaging.objects.filter(gtin__among=sorted({each.gtin for each in goods}))
    items = {str(gtin): item for gtin, item in packs.values_list("gtin", "item")}
    serials = _serials(goods, items)
    places = _places([parsed for parsed in read.values() if parsed and parsed.gln_extension], warehouse_id)
    numbers = sorted({parsed.asset for parsed in read.values() if parsed and parsed.asset})
    assets = {each.number: each for each in Asset.objects.filter(warehouse=warehouse_id, number__among=numbers)}
    found = {}
    for code, parsed in read.items():
        tag = Tag(epc=code)
        if parsed is not None:
            tag = Tag(epc=parsed.epc or code)
            item = items.get(parsed.gtin)
            place = places.get((parsed.gln, parsed.gln_extension))
            asset = assets.get(parsed.asset)
            if parsed.sscc in units:
                tag = replace(tag, kind=TagKind.UNIT, unit_id=units[parsed.sscc])
            elif item is not None:
                tag = replace(tag, kind=TagKind.ITEM, item_id=item, serial_id=serials.get((item, parsed.serial)))
            elif place is not None:
                tag = replace(tag, kind=TagKind.PLACE, location_id=place)
            elif asset is not None:
                tag = replace(tag, kind=TagKind.ASSET, asset_id=asset.pk, unit_id=asset.unit_id)
        found[code] = tag
    return found


def _read(code: str) -> ParsedCode | None:
    try:
        return parse_code(code)
    except MalformedCode:
        return None


def _units(ssccs: Collection[str], warehouse_id: int) -> dict[str, int]:
    """By the label that they bear or bore."""
    here = HandlingUnit.objects.filter(warehouse=warehouse_id)
    labels = UnitLabel.objects.filter(unit__warehouse=warehouse_id, number__among=sorted(ssccs))
    return {
        **dict(labels.values_list("number", "unit")),
        **{sscc: pk for sscc, pk in here.filter(sscc__among=sorted(ssccs)).values_list("sscc", "pk") if sscc},
    }


def _serials(goods: Iterable[ParsedCode], items: Mapping[Any, int]) -> dict[tuple[int, str], int]:
    numbers = sorted({each.serial for each in goods if each.serial})
    rows = SerialNumber.objects.filter(item__among=sorted(set(items.values())), number__among=numbers)
    return {(item, number): pk for pk, item, number in rows.values_list("pk", "item", "number")}


def _places(named: Collection[ParsedCode], warehouse_id: int) -> dict[tuple[str, str], int]:
    codes = sorted({each.gln_extension for each in named})
    rows = Location.objects.physical().filter(warehouse=warehouse_id, code__among=codes)
    return {(gln, code): pk for pk, gln, code in rows.values_list("pk", "warehouse__gln", "code")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the ledger has a unit that stands in no other, and since when it knows."""

    unit: HandlingUnit
    place: Location
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A unit that a reader saw, with the outermost that it stands in, and when."""

    standing: Standing
    seen_at: datetime
    open_tasks: tuple[WarehouseTask, ...] = ()

    def is_astray(self, reader: Reader) -> bool:
        """Whether it was seen elsewhere than the ledger has it, by what was read after it was last moved.

        A unit that an open task carries is on its way, and one that serves a document is that document's to find.
        """
        return (
            self.seen_at > self.standing.since
            and not reader.has_in_sight(self.standing.place)
            and not self.open_tasks
            and not self.standing.unit.document
        )

    def is_back(self, reader: Reader) -> bool:
        """Whether it was seen where the ledger has it."""
        return self.seen_at > self.standing.since and reader.has_in_sight(self.standing.place)


def sights_of(seen: Mapping[int, datetime]) -> list[Sight]:
    """The outermost of the units that were seen, each when last, with where it stands; what is nowhere is left out."""
    if not seen:
        return []
    outermost = outermost_of(seen)
    latest: dict[int, datetime] = {}
    for unit, at in seen.items():
        whole = outermost[unit]
        latest[whole] = max(at, latest.get(whole, at))
    moved = dict(
        StockBalance.objects.filter(unit__in=latest, on_hand__gt=0)
        .values_list("unit")
        .annotate(latest=Max("last_move__recorded_at"))
    )
    rows: Iterable[Any] = (
        HandlingUnit.objects.filter(pk__in=latest, location__isnull=False, retired_at=None)
        .select_related("location")
        .annotate(since=Greatest("created_at", Coalesce("nested_at", F("created_at"))))
    )
    busy: dict[int, list[WarehouseTask]] = {}
    for task in WarehouseTask.objects.open().filter(unit__in=latest):
        busy.setdefault(task.unit_id or 0, []).append(task)
    return [
        Sight(
            standing=Standing(unit=unit, place=unit.location, since=max(unit.since, moved.get(unit.pk) or unit.since)),
            seen_at=latest[unit.pk],
            open_tasks=tuple(busy.get(unit.pk, ())),
        )
        for unit in rows
        if unit.location is not None
    ]


def searches(sight: Sight) -> list[WarehouseTask]:
    """The open tasks to look for the unit."""
    return [task for task in sight.open_tasks if task.kind == TaskKind.LOCATE]
