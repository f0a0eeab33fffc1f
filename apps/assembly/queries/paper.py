"""An assembly order and a bill of materials as paper."""

from __future__ import annotations

from datetime import date, datetime

from apps.accounts.models import User
from apps.assembly.models import AssemblyClaim, AssemblyOrder
from apps.assembly.pdf import BillPaper, BillRow, WorkLine, WorkOrderPaper
from apps.assembly.queries.progress import wanted_of
from apps.assembly.states import LineRole
from apps.catalog.choices import PartRole
from apps.catalog.models import BillOfMaterials
from apps.catalog.queries import explosion_of
from apps.core.decimals import plain
from apps.core.paper.formats import day
from apps.locations.queries import letterhead, printed


def work_order_of(order: AssemblyOrder, *, at: datetime, by: User) -> WorkOrderPaper:
    """What is to be fetched from where, in walking order, what is lacking, and what is to come out."""
    claims = AssemblyClaim.objects.filter(line__order=order, task__state__in=("ready", "assigned")).select_related(
        "task__item__unit", "task__lot", "task__serial", "task__source"
    )
    fetched = [
        WorkLine(
            item_number=task.item.number,
            description=task.item.name,
            place=task.source.code,
            lot=task.lot.number if task.lot is not None else "",
            serial=task.serial.number if task.serial is not None else "",
            expires_on=task.lot.expires_on if task.lot is not None else None,
            quantity=task.quantity,
            unit=task.item.unit.code,
        )
        for task in (claim.task for claim in claims.order_by("task__sequence", "pk"))
        if task.item is not None
    ]
    lacking = [
        WorkLine(
            item_number=each.line.item.number,
            description=each.line.item.name,
            lot=each.line.lot.number if each.line.lot is not None else "",
            serial=each.line.serial.number if each.line.serial is not None else "",
            quantity=each.open,
            unit=each.line.item.unit.code,
        )
        for each in wanted_of(order)
        if each.open
    ]
    outputs = order.lines.exclude(role=LineRole.COMPONENT).select_related("item__unit")
    return WorkOrderPaper(
        company=letterhead(),
        printed=printed(at, by, order.warehouse),
        number=order.number,
        dated=order.warehouse.local_date(order.created_at),
        warehouse=order.warehouse.name,
        work=order.get_kind_display(),
        makes=f"{plain(order.quantity)} x {order.item.number} {order.item.name}" if order.item is not None else "",
        bill=f"by {order.bill.number}, version {order.bill.version}" if order.bill is not None else "",
        bench=order.bench.code,
        due_on=order.due_on,
        sales_order=order.sales_order,
        note=order.note,
        components=(*fetched, *lacking),
        outputs=tuple(
            WorkLine(
                item_number=line.item.number,
                description=line.item.name,
                quantity=line.quantity,
                unit=line.item.unit.code,
            )
            for line in outputs
        ),
    )


def bill_paper_of(bill: BillOfMaterials, *, on: date, at: datetime, by: User) -> BillPaper:
    """For what one run of its lines makes, over all levels."""
    found = explosion_of(bill, quantity=bill.quantity, on=on)
    notes = {}
    for line in bill.lines.prefetch_related("alternatives__item").filter(role=PartRole.COMPONENT):
        others = ", ".join(each.item.number for each in line.alternatives.all())
        scrap = f"{plain(line.scrap_percent)} % scrap" if line.scrap_percent else ""
        notes[line.line] = "; ".join(filter(None, (scrap, f"or {others}" if others else "")))
    rows = [
        BillRow(
            level=part.level,
            item_number=part.item.number,
            description=part.item.name,
            quantity=part.quantity,
            unit=part.item.unit.code,
            note=notes.get(part.line, "") if part.level == 1 else "",
        )
        for part in found.parts
    ]
    rows += [
        BillRow(
            level=1,
            item_number=line.item.number,
            description=line.item.name,
            quantity=line.quantity,
            unit=line.item.unit.code,
            note="comes out besides",
        )
        for line in bill.lines.filter(role=PartRole.BY_PRODUCT).select_related("item__unit")
    ]
    until = f"to {day(bill.valid_to)}" if bill.valid_to is not None else "until another follows"
    return BillPaper(
        company=letterhead(),
        printed=printed(at, by),
        number=bill.number,
        dated=bill.created_at.date(),
        makes=f"{plain(bill.quantity)} x {bill.item.number} {bill.item.name}",
        version=bill.version,
        state=bill.get_state_display(),
        valid=f"{day(bill.valid_from)} {until}",
        note=bill.note,
        rows=tuple(rows),
    )
