"""An assembly order's beginning: what goes in and what is to come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from apps.assembly.errors import NotABench, WorkUnclear
from apps.assembly.models import ASSEMBLY_ORDER_NUMBERS, AssemblyLine, AssemblyOrder
from apps.assembly.operations.trail import check_may_plan, note
from apps.assembly.states import SAME_ITEM, LineRole, WorkKind
from apps.catalog.choices import PartRole
from apps.catalog.models import BillLine, BillOfMaterials, Item
from apps.catalog.queries import bill_in_force, need_of
from apps.catalog.rules import rounded_up
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.models import Lot, SerialNumber
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse

BENCHES = (LocationKind.PACK, LocationKind.STAGING)
"""Where work is done: goods here are promised to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """So much (base units) of an item goes in, for the whole order, beside what a bill says."""

    item_id: int
    quantity: Decimal


def draft_assembly(
    *,
    warehouse_id: int,
    kind: WorkKind,
    quantity: Decimal,
    bench_id: int,
    due_on: date,
    by: Actor,
    at: datetime,
    item_id: int | None = None,
    lot_id: int | None = None,
    serial_id: int | None = None,
    ingredients: Sequence[Ingredient] = (),
    sales_order: str = "",
    remark: str = "",
    priority: int = 50,
) -> AssemblyOrder:
    """Plan work: to assemble or take apart goes by the item's bill in force; the rest names what it takes.

    `lot_id` and `serial_id` name the goods that are taken apart, reworked, repacked or refurbished, and no others.
    Raises `NotAllowed`, `NotFound`, `NotABench`, `NoBill`, `WorkUnclear`, `InvalidQuantity`.
    """
    check_may_plan(by, "plan assembly")
    return plan(
        warehouse=Warehouse.objects.get(pk=warehouse_id),
        kind=kind,
        quantity=quantity,
        bench_id=bench_id,
        due_on=due_on,
        item_id=item_id,
        lot_id=lot_id,
        serial_id=serial_id,
        ingredients=ingredients,
        sales_order=sales_order,
        remark=remark,
        priority=priority,
        by=by,
        at=at,
    )


def plan(
    *,
    warehouse: Warehouse,
    kind: WorkKind,
    quantity: Decimal,
    bench_id: int,
    due_on: date,
    by: Actor,
    at: datetime,
    item_id: int | None = None,
    lot_id: int | None = None,
    serial_id: int | None = None,
    ingredients: Sequence[Ingredient] = (),
    sales_order: str = "",
    origin: str = "",
    remark: str = "",
    priority: int = 50,
) -> AssemblyOrder:
    """Save a draft for whoever may have one; `origin` is the document that asked for it. Raises as `draft_assembly`."""
    bench = Location.objects.filter(pk=bench_id).first()
    if bench is None or bench.kind not in BENCHES or not bench.is_active or bench.warehouse_id != warehouse.pk:
        raise NotABench(location=str(bench or bench_id), warehouse=warehouse.code)
    kind = WorkKind(kind)
    item = Item.objects.filter(pk=item_id).first() if item_id is not None else None
    if (item is None) != (kind == WorkKind.SERVICE):
        raise WorkUnclear(problem="name an item, except for a service, which makes none")
    if (lot_id is not None or serial_id is not None) and kind in {WorkKind.ASSEMBLE, WorkKind.SERVICE}:
        raise WorkUnclear(problem="goods are named for work that changes them")
    on = warehouse.local_date(at)
    order = AssemblyOrder(
        number=ASSEMBLY_ORDER_NUMBERS.next(),
        created_at=at,
        warehouse=warehouse,
        kind=kind,
        item=item,
        bill=bill_in_force(item, on=on) if item is not None and kind not in SAME_ITEM else None,
        quantity=parse_quantity(quantity, scale=item.scale if item is not None else 0),
        bench=bench,
        due_on=due_on,
        priority=priority,
        sales_order=sales_order,
        origin=origin,
        note=remark,
        drafted_by=by.user,
    )
    if order.bill is not None and order.bill.is_phantom and kind == WorkKind.ASSEMBLE:
        raise WorkUnclear(problem=f"{order.bill.item} is a phantom kit: its parts are sold together")
    lines = [*_goods(order, lot_id, serial_id), *_ingredients(order, ingredients)]
    order.save(force_insert=True)
    for number, line in enumerate(lines, start=1):
        line.order, line.line = order, number
    AssemblyLine.objects.bulk_create(lines)
    told = {"sales_order": sales_order} | ({"origin": origin} if origin else {})
    note("draft", order, by=by, at=at, what=kind.value, item=item.number if item else "", **told)
    return order


def _goods(order: AssemblyOrder, lot_id: int | None, serial_id: int | None) -> list[AssemblyLine]:
    """What the item and its bill ask for."""
    if order.item is None:
        return []
    if order.kind == WorkKind.ASSEMBLE and order.bill is not None:
        return [_line(LineRole.OUTPUT, order.item, order.quantity), *_parts(order.bill, order.quantity)]
    goods = _line(LineRole.COMPONENT, order.item, order.quantity)
    goods.lot = Lot.objects.filter(pk=lot_id, item=order.item).first() if lot_id is not None else None
    if serial_id is not None:
        goods.serial = SerialNumber.objects.select_related("lot").filter(pk=serial_id, item=order.item).first()
        goods.lot = goods.lot or (goods.serial.lot if goods.serial is not None and order.item.has_lots else None)
    if (lot_id is not None and goods.lot is None) or (serial_id is not None and goods.serial is None):
        raise WorkUnclear(problem="the lot or serial number belongs to another item")
    if goods.serial is not None and order.quantity != 1:
        raise WorkUnclear(problem="a serial number is one unit")
    if order.kind == WorkKind.DISASSEMBLE and order.bill is not None:
        recovered = [line for line, _ in need_of(order.bill, order.quantity) if line.role == PartRole.COMPONENT]
        return [goods, *(_line(LineRole.OUTPUT, line.item, _net(order, line), line) for line in recovered)]
    return [goods, _line(LineRole.OUTPUT, order.item, order.quantity)]


def _parts(bill: BillOfMaterials, quantity: Decimal) -> list[AssemblyLine]:
    lines = []
    for line, needed in need_of(bill, quantity):
        role = LineRole.COMPONENT if line.role == PartRole.COMPONENT else LineRole.BY_PRODUCT
        row = _line(role, line.item, needed, line)
        row.net = rounded_up(Fraction(quantity) * Fraction(line.quantity) / Fraction(bill.quantity), line.item.scale)
        lines.append(row)
    return lines


def _net(order: AssemblyOrder, line: BillLine) -> Decimal:
    """What is in the goods: what was spoilt when they were made does not come back."""
    return rounded_up(
        Fraction(order.quantity) * Fraction(line.quantity) / Fraction(line.bill.quantity), line.item.scale
    )


def _ingredients(order: AssemblyOrder, asked: Sequence[Ingredient]) -> list[AssemblyLine]:
    if asked and order.kind == WorkKind.DISASSEMBLE:
        raise WorkUnclear(problem="nothing is added to what is taken apart")
    items = Item.objects.in_bulk({each.item_id for each in asked})
    lines = []
    for each in asked:
        item = items.get(each.item_id)
        if item is None:
            raise NotFound(kind="item", number=str(each.item_id))
        lines.append(_line(LineRole.COMPONENT, item, parse_quantity(each.quantity, scale=item.scale)))
    return lines


def _line(role: LineRole, item: Item, quantity: Decimal, bill_line: BillLine | None = None) -> AssemblyLine:
    return AssemblyLine(role=role, item=item, quantity=quantity, net=quantity, bill_line=bill_line)
