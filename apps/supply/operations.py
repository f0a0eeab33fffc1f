"""What will come and what is promised: registered by the documents above, one row a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Case, F, Func, Value, When

from apps.supply.models import ExpectedReceipt, Promise

CHANGED_NOW = Func(function="pg_current_xact_id")
"""By what readers tell that what is promised has changed. What is allocated of it changes nothing: stock and promise
go down together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyLine:
    """A document's line: so much (base units) of an item by a date."""

    line: int
    item_id: int
    quantity: Decimal
    due_on: date


def expect(lines: Sequence[SupplyLine], *, warehouse_id: int, document: str) -> None:
    """Register that a document's lines will come to a warehouse."""
    ExpectedReceipt.objects.bulk_create(_rows(lines, warehouse_id, document))


def expect_again(lines: Sequence[SupplyLine], *, warehouse_id: int, document: str, at: datetime) -> None:
    """The document's lines have changed: these will come, what came of them counts on, and no others will."""
    ExpectedReceipt.objects.bulk_create(
        _rows(lines, warehouse_id, document),
        update_conflicts=True,
        unique_fields=["document", "line"],
        update_fields=["quantity", "due_on", "closed_at"],
    )
    others = ExpectedReceipt.objects.filter(document=document, closed_at=None)
    others.exclude(line__in=[line.line for line in lines]).update(closed_at=at)


def reschedule(*, document: str, due: Mapping[int, date]) -> None:
    """These of a document's expected lines will come on another day, by line number; one statement for all."""
    if due:
        cases = [When(line=line, then=Value(day)) for line, day in due.items()]
        rows = ExpectedReceipt.objects.filter(document=document, line__in=list(due))
        rows.update(due_on=Case(*cases, output_field=ExpectedReceipt._meta.get_field("due_on")))


def _rows(lines: Sequence[SupplyLine], warehouse_id: int, document: str) -> list[ExpectedReceipt]:
    return [
        ExpectedReceipt(
            warehouse_id=warehouse_id,
            document=document,
            line=line.line,
            item_id=line.item_id,
            quantity=line.quantity,
            due_on=line.due_on,
        )
        for line in lines
    ]


def note_received(*, document: str, quantities: Mapping[int, Decimal]) -> None:
    """So much of each of a document's expected lines has come, by line number; negative when it is taken back."""
    ExpectedReceipt.objects.add_each("received", quantities, key="line", document=document)


def expect_only(*, document: str, left: Mapping[int, Decimal], at: datetime) -> None:
    """Of these lines no more than so much is still to come, by line number; none ends the line. What came stays."""
    rows = ExpectedReceipt.objects.filter(document=document, closed_at=None, line__in=list(left))
    for row in rows:
        if left[row.line]:
            row.quantity = row.received + left[row.line]
        else:
            row.closed_at = at
    ExpectedReceipt.objects.bulk_update(rows, ["quantity", "closed_at"])


def stop_expecting(*, document: str, at: datetime) -> None:
    """Nothing more will come under the document."""
    ExpectedReceipt.objects.filter(document=document, closed_at=None).update(closed_at=at)


def promise(lines: Sequence[SupplyLine], *, warehouse_id: int, document: str, at: datetime) -> list[Promise]:
    """Promise a document's lines; earlier promises go before later ones."""
    return Promise.objects.bulk_create(
        [
            Promise(
                warehouse_id=warehouse_id,
                document=document,
                line=line.line,
                item_id=line.item_id,
                quantity=line.quantity,
                due_on=line.due_on,
                promised_at=at,
            )
            for line in lines
        ]
    )


def note_allocated(*, document: str, line: int, quantity: Decimal) -> None:
    """So much of a promised line is now reserved at a bin; negative when an allocation is given up."""
    Promise.objects.filter(document=document, line=line).update(allocated=F("allocated") + quantity)


def set_allocated(allocated: Mapping[tuple[str, int], Decimal]) -> None:
    """So much of each line is reserved or picked now, by document and line number; one statement for all."""
    if not allocated:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "update supply_promise p set allocated = now.quantity"
            " from unnest(%s::text[], %s::bigint[], %s::numeric[]) now(document, line, quantity)"
            " where p.document = now.document and p.line = now.line",
            [[document for document, _ in allocated], [line for _, line in allocated], list(allocated.values())],
        )


def end_promises(*, document: str, at: datetime) -> None:
    """The document is done or cancelled: it binds nothing more."""
    end_promises_of([document], at=at)


def end_promises_of(documents: Collection[str], *, at: datetime) -> None:
    """These documents are done or cancelled: they bind nothing more."""
    Promise.objects.filter(document__in=documents, closed_at=None).update(closed_at=at, xid=CHANGED_NOW)


def lessen_promises(*, document: str, quantities: Mapping[int, Decimal], at: datetime) -> None:
    """These of a document's lines are promised less now, by line number, in their place in the queue; nothing ends one.

    What was allocated is never more than what is promised: whoever lessens has given the rest up before.
    """
    rows = Promise.objects.filter(document=document, closed_at=None)
    over = rows.filter(line__in=[line for line, quantity in quantities.items() if quantity <= 0])
    over.update(closed_at=at, xid=CHANGED_NOW)
    for line, quantity in quantities.items():
        if quantity > 0:
            rows.filter(line=line).update(quantity=quantity, xid=CHANGED_NOW)


def put_off(*, document: str, due_on: date) -> None:
    """All that the document is promised is for another day; its place in the queue stays."""
    Promise.objects.filter(document=document, closed_at=None).update(due_on=due_on)


def move_promises(*, document: str, warehouse_id: int) -> None:
    """Another site keeps what the document is promised; its place in the queue goes along."""
    Promise.objects.filter(document=document, closed_at=None).update(warehouse=warehouse_id, xid=CHANGED_NOW)
