"""Bills of materials: drafted, put in force by another, ended; never rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Max

from apps.accounts.roles import Role
from apps.catalog.choices import BillKind, PartRole
from apps.catalog.errors import BillCycle, BillInForce, BillOverlaps, BillUnfit, OwnBill
from apps.catalog.models import BILL_NUMBERS, BillAlternative, BillLine, BillOfMaterials, Item
from apps.catalog.models.bill import HALF
from apps.catalog.queries.bills import made_of
from apps.catalog.rules import find_path
from apps.catalog.states import BillState
from apps.core.errors import NotAllowed, NotFound
from apps.core.quantities import PLACES, parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import record

MAY_DRAFT = (Role.INVENTORY_MANAGER, Role.SUPERVISOR, Role.BUYER, Role.ADMIN)
MAY_ACTIVATE = (Role.INVENTORY_MANAGER, Role.SUPERVISOR, Role.QUALITY, Role.ADMIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What may be taken instead, and how much of it instead of all that the line asks for."""

    item_id: int
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """So much (base units) of a part in what the bill makes; alternatives in the order in which they are tried."""

    item_id: int
    quantity: Decimal
    role: PartRole = PartRole.COMPONENT
    scrap_percent: Decimal = Decimal(0)
    alternatives: tuple[Alternative, ...] = ()


def draft_bill(
    *,
    item_id: int,
    lines: Sequence[NewLine],
    valid_from: date,
    by: Actor,
    at: datetime,
    kind: BillKind = BillKind.STOCKED,
    quantity: Decimal = Decimal(1),
    valid_to: date | None = None,
    remark: str = "",
) -> BillOfMaterials:
    """A new version of what an item is made of. Raises `NotAllowed`, `NotFound`, `BillUnfit`, `BillCycle`."""
    _check_role(by, MAY_DRAFT, "draft bills of materials")
    _take_turns()
    item = _item(item_id)
    latest = item.bills.aggregate(latest=Max("version"))["latest"] or 0
    bill = BillOfMaterials(
        number=BILL_NUMBERS.next(),
        created_at=at,
        item=item,
        version=latest + 1,
        kind=kind,
        quantity=parse_quantity(quantity, scale=item.scale),
        valid_from=valid_from,
        valid_to=valid_to,
        note=remark,
        drafted_by=by.user,
    )
    _check_dates(bill)
    rows = _rows(bill, lines)
    bill.save(force_insert=True)
    _save(bill, rows)
    _note("draft", bill, by, at, lines=len(rows))
    return bill


def revise_bill(*, bill_id: int, lines: Sequence[NewLine], by: Actor, at: datetime) -> BillOfMaterials:
    """Other lines for a draft. Raises `NotAllowed`, `BillInForce`, and what `draft_bill` raises."""
    _check_role(by, MAY_DRAFT, "draft bills of materials")
    _take_turns()
    bill = BillOfMaterials.objects.select_related("item").lock_one(bill_id)
    if bill.state != BillState.DRAFT:
        raise BillInForce(bill=bill.number, state=bill.state)
    rows = _rows(bill, lines)
    bill.lines.all().delete()
    _save(bill, rows)
    _note("revise", bill, by, at, lines=len(rows))
    return bill


def activate_bill(*, bill_id: int, by: Actor, at: datetime) -> BillOfMaterials:
    """Another than who drafted it puts a version in force; the version before it ends the day before.

    Raises `NotAllowed`, `OwnBill`, `BillCycle`, `BillOverlaps`, `IllegalTransition`.
    """
    _check_role(by, MAY_ACTIVATE, "put bills of materials in force")
    _take_turns()
    bill = BillOfMaterials.objects.select_related("item").lock_one(bill_id)
    bill.must_allow(BillState.ACTIVE)
    if bill.drafted_by_id == by.user.pk:
        raise OwnBill(bill=bill.number, who=by.user.get_username())
    _check_cycle(bill, list(bill.lines.select_related("item").prefetch_related("alternatives__item")))
    former = BillOfMaterials.objects.filter(item=bill.item, state=BillState.ACTIVE).exclude(
        valid_to__lt=bill.valid_from
    )
    for other in former.lock():
        if other.valid_from >= bill.valid_from and (bill.valid_to is None or other.valid_from <= bill.valid_to):
            raise BillOverlaps(bill=bill.number, other=other.number, since=other.valid_from)
        if other.valid_from < bill.valid_from:
            other.valid_to = bill.valid_from - timedelta(days=1)
            other.save(update_fields=["valid_to"])
            _note("end", other, by, at, last_day=str(other.valid_to), followed_by=bill.number)
    bill.activated_by, bill.activated_at = by.user, at
    bill.advance(BillState.ACTIVE, "activated_by", "activated_at")
    _note("activate", bill, by, at, drafted_by=bill.drafted_by.get_username())
    return bill


def end_bill(*, bill_id: int, last_day: date, by: Actor, at: datetime) -> BillOfMaterials:
    """An active version is in force until a day and no longer. Raises `NotAllowed`, `BillUnfit`."""
    _check_role(by, MAY_ACTIVATE, "end bills of materials")
    _take_turns()
    bill = BillOfMaterials.objects.select_related("item").lock_one(bill_id)
    if bill.state != BillState.ACTIVE:
        raise BillUnfit(item=bill.item.number, problem=f"{bill.number} is {bill.state}; only an active version ends")
    if bill.valid_to is not None and last_day > bill.valid_to:
        raise BillUnfit(item=bill.item.number, problem=f"it ends on {bill.valid_to} already")
    bill.valid_to = last_day
    _check_dates(bill)
    bill.save(update_fields=["valid_to"])
    _note("end", bill, by, at, last_day=str(last_day))
    return bill


def discard_bill(*, bill_id: int, by: Actor, at: datetime) -> BillOfMaterials:
    """Give a draft up. Raises `NotAllowed`, `IllegalTransition`."""
    _check_role(by, MAY_DRAFT, "draft bills of materials")
    bill = BillOfMaterials.objects.select_related("item").lock_one(bill_id)
    bill.advance(BillState.DISCARDED)
    _note("discard", bill, by, at)
    return bill


def _take_turns() -> None:
    """Two people who save lines at once could close a cycle that neither sees: they take turns until they commit."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('catalog_bills'))")


def _rows(bill: BillOfMaterials, lines: Sequence[NewLine]) -> list[tuple[BillLine, list[BillAlternative]]]:
    if not any(line.role == PartRole.COMPONENT for line in lines):
        raise BillUnfit(item=bill.item.number, problem="it has no components")
    wanted = {line.item_id for line in lines} | {each.item_id for line in lines for each in line.alternatives}
    items = Item.objects.in_bulk(wanted)
    for missing in sorted(wanted - set(items)):
        raise NotFound(kind="item", number=str(missing))
    rows = [_row(bill, number, line, items) for number, line in enumerate(lines, start=1)]
    _check_cycle(bill, [row for row, _ in rows], [each for _, others in rows for each in others])
    return rows


def _row(
    bill: BillOfMaterials, number: int, line: NewLine, items: dict[int, Item]
) -> tuple[BillLine, list[BillAlternative]]:
    if not 0 <= line.scrap_percent <= HALF:
        raise BillUnfit(item=bill.item.number, problem=f"scrap is between 0 and {HALF} percent")
    if line.role == PartRole.BY_PRODUCT and (line.alternatives or line.scrap_percent or bill.is_phantom):
        raise BillUnfit(
            item=bill.item.number, problem="a by-product has no alternatives and no scrap, and a phantom kit none"
        )
    row = BillLine(
        bill=bill,
        line=number,
        role=line.role,
        item=items[line.item_id],
        quantity=_amount(line.quantity, items[line.item_id]),
        scrap_percent=line.scrap_percent,
    )
    if len({line.item_id, *(each.item_id for each in line.alternatives)}) <= len(line.alternatives):
        raise BillUnfit(item=bill.item.number, problem=f"line {number} names an item twice")
    others = [
        BillAlternative(
            line=row, rank=rank, item=items[each.item_id], quantity=_amount(each.quantity, items[each.item_id])
        )
        for rank, each in enumerate(line.alternatives, start=1)
    ]
    return row, others


def _amount(quantity: Decimal, item: Item) -> Decimal:
    """A bill that makes many may take a part of one for each; what serial numbers tell apart goes in whole."""
    return parse_quantity(quantity, scale=0 if item.has_serials else PLACES)


def _save(bill: BillOfMaterials, rows: Sequence[tuple[BillLine, list[BillAlternative]]]) -> None:
    for row, _ in rows:
        row.bill = bill
    BillLine.objects.bulk_create([row for row, _ in rows])
    BillAlternative.objects.bulk_create([each for _, others in rows for each in others])


def _check_cycle(
    bill: BillOfMaterials, lines: Sequence[BillLine], alternatives: Sequence[BillAlternative] | None = None
) -> None:
    """Refuse when a part, or what may be taken instead of one, is made of the item; the cycle is named."""
    components = [line for line in lines if line.role == PartRole.COMPONENT]
    if alternatives is None:
        alternatives = [each for line in components for each in line.alternatives.all()]
    parts = {row.item_id for row in components} | {row.item_id for row in alternatives}
    way = find_path(made_of(bill, parts), sorted(parts), bill.item_id)
    if way is not None:
        names = dict(Item.objects.filter(pk__in=way).values_list("pk", "number"))
        cycle = " > ".join([bill.item.number, *(names[pk] for pk in way)])
        raise BillCycle(item=bill.item.number, cycle=cycle)


def _check_dates(bill: BillOfMaterials) -> None:
    if bill.valid_to is not None and bill.valid_to < bill.valid_from:
        raise BillUnfit(item=bill.item.number, problem="its last day is before its first")


def _item(item_id: int) -> Item:
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        raise NotFound(kind="item", number=str(item_id))
    return item


def _check_role(by: Actor, roles: tuple[Role, ...], act: str) -> None:
    if not by.user.has_role(*roles):
        raise NotAllowed(who=by.user.get_username(), act=act)


def _note(verb: str, bill: BillOfMaterials, by: Actor, at: datetime, **detail: Any) -> None:
    record(verb, kind="bill of materials", number=bill.number, by=by, at=at, item=bill.item.number, **detail)
