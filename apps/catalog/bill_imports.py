"""Bills of materials from other systems' files, and back: a row a part, or what may be taken instead of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from apps.catalog.choices import BillKind, PartRole
from apps.catalog.models import BillOfMaterials, Item
from apps.catalog.models.bill import HALF
from apps.catalog.operations import Alternative, NewLine, draft_bill
from apps.catalog.states import BillState
from apps.core.decimals import plain
from apps.core.imports import Column, Plan, Problems, Reference, cells
from apps.core.imports.documents import Sheet, SheetsPlan, read_sheets
from apps.core.querysets import Viewer
from apps.journal.actor import Actor
from apps.journal.imports import note

HEAD = (
    Column(
        name="makes",
        meaning="number of the item; the key with `valid_from`",
        required=True,
        refers=Reference(model=Item),
    ),
    Column(name="valid_from", meaning="its first day, as 2026-11-30", required=True, read=cells.day),
    Column(name="valid_to", meaning="its last day; empty: until another follows", read=cells.day, blank=None),
    Column(
        name="kind",
        meaning="stocked or phantom; empty: stocked",
        read=cells.choice(BillKind),
        blank=BillKind.STOCKED.value,
    ),
    Column(name="yields", meaning="how many its rows make; empty: 1", read=cells.quantity, blank=Decimal(1)),
    Column(name="note", meaning="text"),
)
LINES = (
    Column(name="item", meaning="number of the part", required=True, refers=Reference(model=Item)),
    Column(name="quantity", meaning="base units, in what the bill makes", required=True, read=cells.quantity),
    Column(
        name="role",
        meaning="component or by_product; empty: component",
        read=cells.choice(PartRole),
        blank=PartRole.COMPONENT.value,
    ),
    Column(name="scrap_percent", meaning="so much more is taken, 0 to 50", read=cells.number, blank=Decimal(0)),
    Column(
        name="instead_of",
        meaning="number of a part in a row above: this may be taken instead of all of it, in the order of the rows",
        refers=Reference(model=Item),
        blank=None,
    ),
)
COLUMNS = (*HEAD, *LINES)
Content = tuple[Any, ...]


def preview_bills(text: str, viewer: Viewer | None = None) -> SheetsPlan:
    """What the file would do, whoever brings it in: every warehouse shares the bills."""
    del viewer
    problems = Problems()
    sheets = read_sheets(text, head=HEAD, lines=LINES, key=("makes", "valid_from"), problems=problems, any_scale=True)
    for sheet in sheets:
        _check(sheet, problems)
    problems.refuse_any()
    known = _known(sheet.head["makes"].pk for sheet in sheets)
    plan = SheetsPlan()
    for sheet in sheets:
        there = known.get(sheet.key)
        label = f"bill of {sheet.head['makes'].number} from {sheet.head['valid_from']}"
        if there is None:
            plan.created.append(label)
            plan.new.append(sheet)
        elif there == _content(sheet):
            plan.unchanged += 1
        else:
            problems.add("is there otherwise, and an import changes no bill", row=sheet.row, field="valid_from")
    problems.refuse_any()
    return plan


def import_bills(*, text: str, by: Actor, at: datetime) -> Plan:
    """Draft the versions that are not there yet, all or none; another than who brought them in puts them in force.

    A cycle, and whatever else `draft_bill` refuses, is told with the row at which its version begins.
    """
    plan = preview_bills(text)
    plan.raise_all(partial(_draft, by=by, at=at))
    note(plan, kind="bills of materials", by=by, at=at)
    return plan


def exported(bills: Iterable[BillOfMaterials]) -> Iterator[list[str]]:
    """The rows of a file that brings these bills in again; `bills` have their lines and alternatives."""
    for bill in bills:
        head = [
            bill.item.number,
            str(bill.valid_from),
            str(bill.valid_to or ""),
            bill.kind,
            plain(bill.quantity),
            bill.note,
        ]
        for line in bill.lines.all():
            yield [*head, line.item.number, plain(line.quantity), line.role, plain(line.scrap_percent), ""]
            for other in line.alternatives.all():
                yield [*head, other.item.number, plain(other.quantity), "", "", line.item.number]


def _check(sheet: Sheet, problems: Problems) -> None:
    """What a row says of others, and what the rules of a bill refuse of a row alone."""
    parts: set[int] = set()
    for line in sheet.lines:
        instead, scrap = line.values.get("instead_of"), line.values.get("scrap_percent") or Decimal(0)
        if not 0 <= scrap <= HALF:
            problems.add(f"is not between 0 and {HALF}", row=line.row, field="scrap_percent", value=str(scrap))
        if instead is None:
            parts.add(line.values["item"].pk)
        elif instead.pk not in parts:
            problems.add("is no part in a row above", row=line.row, field="instead_of", value=instead.number)
        if line.values["item"].has_serials and line.values["quantity"] % 1:
            problems.add("is a part of a unit with a serial number", row=line.row, field="quantity")


def _lines(sheet: Sheet) -> list[NewLine]:
    """Parts in the order of the file; what may be taken instead goes with the last part of that number above it."""
    lines: list[NewLine] = []
    for record in sheet.lines:
        item, quantity, instead = record.values["item"], record.values["quantity"], record.values.get("instead_of")
        if instead is None:
            lines.append(
                NewLine(
                    item_id=item.pk,
                    quantity=quantity,
                    role=PartRole(record.values.get("role", PartRole.COMPONENT)),
                    scrap_percent=record.values.get("scrap_percent", Decimal(0)),
                )
            )
            continue
        place = max(index for index, line in enumerate(lines) if line.item_id == instead.pk)
        others = (*lines[place].alternatives, Alternative(item_id=item.pk, quantity=quantity))
        lines[place] = replace(lines[place], alternatives=others)
    return lines


def _content(sheet: Sheet) -> Content:
    head = sheet.head
    return (head["valid_to"], head["kind"], head["yields"], head["note"], _lines(sheet))


def _known(items: Iterable[int]) -> dict[tuple[Any, ...], Content]:
    """The versions that are there, by item and first day; the latest where there are several."""
    bills = BillOfMaterials.objects.filter(item__in=set(items)).exclude(state=BillState.DISCARDED)
    found: dict[tuple[Any, ...], Content] = {}
    for bill in bills.order_by("version").prefetch_related("lines__alternatives"):
        lines = [
            NewLine(
                item_id=line.item_id,
                quantity=line.quantity,
                role=PartRole(line.role),
                scrap_percent=line.scrap_percent,
                alternatives=tuple(
                    Alternative(item_id=other.item_id, quantity=other.quantity) for other in line.alternatives.all()
                ),
            )
            for line in bill.lines.all()
        ]
        found[bill.item_id, bill.valid_from] = (bill.valid_to, bill.kind, bill.quantity, bill.note, lines)
    return found


def _draft(sheet: Sheet, *, by: Actor, at: datetime) -> None:
    head = sheet.head
    draft_bill(
        item_id=head["makes"].pk,
        lines=_lines(sheet),
        valid_from=head["valid_from"],
        valid_to=head["valid_to"],
        kind=BillKind(head["kind"]),
        quantity=head["yields"],
        remark=head["note"],
        by=by,
        at=at,
    )
