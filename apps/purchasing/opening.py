"""What stood there on the first day, from another system's file: posted as opening stock, place by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from apps.accounts.roles import Role
from apps.catalog.models import Item, Party
from apps.core.errors import NotAllowed
from apps.core.imports import Column, Plan, Problems, Reference, cells
from apps.core.imports.documents import Content, Sheet, SheetsPlan, plan_sheets, read_sheets
from apps.core.imports.records import Record
from apps.core.querysets import Viewer
from apps.journal.actor import Actor
from apps.journal.imports import note
from apps.ledger.models import Lot, StockMove
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import VIRTUAL, LocationKind
from apps.locations.models import Location, Warehouse
from apps.purchasing.operations.goods import Label, Numbered, name_lots, name_serials

MAY_OPEN = (Role.INVENTORY_MANAGER, Role.ADMIN)
HEAD = (
    Column(
        name="warehouse",
        meaning="code; the key with `reference`",
        required=True,
        refers=Reference(model=Warehouse, field="code"),
    ),
    Column(name="reference", meaning="the other system's number of this list", required=True),
)
LINES = (
    Column(name="location", meaning="code of the place", required=True, refers=Reference(model=Location, field="code")),
    Column(name="item", meaning="number of the item", required=True, refers=Reference(model=Item)),
    Column(name="quantity", meaning="base units; 1 with a serial number", required=True, read=cells.quantity),
    Column(name="lot", meaning="number of the lot, of an item that has lots"),
    Column(name="expires_on", meaning="of the lot, as 2026-11-30", read=cells.day, blank=None),
    Column(name="made_on", meaning="of the lot, as 2026-11-30", read=cells.day, blank=None),
    Column(name="serial", meaning="of an item with serial numbers: a row a unit"),
    Column(name="supplier", meaning="number of the party the lot is from", refers=Reference(model=Party), blank=None),
    Column(
        name="status",
        meaning="available, inspection, damaged or blocked; empty: available",
        read=cells.choice(StockStatus),
        blank=StockStatus.AVAILABLE,
    ),
    Column(name="unit_cost", meaning="what a base unit cost, company currency", read=cells.price, blank=None),
)


def preview_opening_stock(text: str, viewer: Viewer | None = None) -> SheetsPlan:
    """What the file would do, brought in by `viewer`."""
    problems = Problems()
    sheets = read_sheets(text, head=HEAD, lines=LINES, key=("warehouse", "reference"), problems=problems, viewer=viewer)
    for sheet in sheets:
        for line in sheet.lines:
            place = line.values["location"]
            if place.warehouse_id != sheet.head["warehouse"].pk or place.kind in VIRTUAL:
                problems.add("is no place of this warehouse", row=line.row, field="location", value=place.code)
    return plan_sheets(sheets, _known(sheets), problems, called="list")


def import_opening_stock(*, text: str, by: Actor, at: datetime) -> Plan:
    """Post each list that is not there yet, all or none; one that is there with the same lines is left.

    A list that was wrong is undone by reversing its posting, and may be brought in again. Raises `NotAllowed`,
    `ImportRefused`.
    """
    if not by.user.has_role(*MAY_OPEN):
        raise NotAllowed(who=by.user.get_username(), act="bring in opening stock")
    plan = preview_opening_stock(text, by.user)
    plan.raise_all(lambda sheet: _open(sheet, by=by, at=at))
    note(plan, kind="opening stock", by=by, at=at)
    return plan


def _known(sheets: Sequence[Sheet]) -> dict[tuple[object, ...], Content]:
    """What was posted under these references and stands."""
    found: dict[tuple[object, ...], Content] = defaultdict(list)
    moves = StockMove.objects.filter(
        transaction__kind=TransactionKind.OPENING,
        transaction__document__in={sheet.head["reference"] for sheet in sheets},
        transaction__reversed_by=None,
    )
    for site, document, item, quantity in moves.order_by("pk").values_list(
        "warehouse", "transaction__document", "item", "quantity"
    ):
        found[site, document].append((item, quantity))
    return dict(found)


def _open(sheet: Sheet, *, by: Actor, at: datetime) -> None:
    site: Warehouse = sheet.head["warehouse"]
    before = Place(location_id=Location.objects.virtual(site, LocationKind.ADJUSTMENT).pk)
    lots = _lots(sheet.lines, site, at)
    goods = [
        Numbered(
            item=line.values["item"],
            numbers=[serial] if (serial := line.values.get("serial", "")) else [],
            count=line.values["quantity"],
            lot=lot,
        )
        for line, lot in zip(sheet.lines, lots, strict=True)
    ]
    serials = name_serials(goods, at=at)
    post(
        [
            Move(
                item_id=each.item.pk,
                lot_id=each.lot.pk if each.lot is not None else None,
                serial_id=units[0].pk if units else None,
                quantity=each.count,
                source=before,
                target=Place(
                    location_id=line.values["location"].pk,
                    status=line.values.get("status", StockStatus.AVAILABLE),
                ),
                unit_cost=line.values.get("unit_cost"),
            )
            for line, each, units in zip(sheet.lines, goods, serials, strict=True)
        ],
        warehouse_id=site.pk,
        kind=TransactionKind.OPENING,
        by=by,
        at=at,
        document=sheet.head["reference"],
        reason="opening stock",
    )


def _lots(lines: Sequence[Record], site: Warehouse, at: datetime) -> list[Lot | None]:
    """The lot of each line; of what stands there nothing is too old to be known."""
    by_supplier: dict[int | None, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        supplier = line.values.get("supplier")
        by_supplier[supplier.pk if supplier is not None else None].append(place)
    lots: list[Lot | None] = [None] * len(lines)
    for supplier_id, places in by_supplier.items():
        labels = [(lines[place].values["item"], _label(lines[place])) for place in places]
        named = name_lots(labels, supplier_id=supplier_id, today=site.local_date(at), at=at)
        for place, lot in zip(places, named, strict=True):
            lots[place] = lot
    return lots


def _label(line: Record) -> Label:
    return Label(
        stays=False,
        number=line.values.get("lot", ""),
        expires_on=line.values.get("expires_on"),
        made_on=line.values.get("made_on"),
    )
