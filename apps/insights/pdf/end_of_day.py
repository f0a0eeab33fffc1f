"""The end-of-day report: page 1 is the answer, then each part in detail, the ledger's numbers last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from apps.core.paper.formats import Address, Printed, day, moment, quantity
from apps.core.paper.sheet import A4, SMALL, STRONG, Head, Paper, Sheet
from apps.core.paper.table import Column, Row, draw_table, row
from apps.core.paper.text import Style
from apps.insights.day import DayStatus, EndOfDay
from apps.insights.day.figures import Amount

NONE = "none"
VERDICT = Style(size=13, bold=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOfDayPaper:
    """An end-of-day report, complete for printing."""

    company: Address
    printed: Printed
    timezone: str
    day: EndOfDay


def end_of_day_report(report: EndOfDayPaper, *, paper: Paper = A4) -> bytes:
    """What came, what went, what was done and what is left; a day of which there is nothing says so."""
    told = report.day
    # The dot keeps a barcode off the head: there is no document to scan.
    number = f"{told.warehouse} · {told.name}"
    head = Head(company=report.company, title="End of day", number=number, dated=told.on)
    sheet = Sheet(head=head, printed=report.printed, paper=paper)
    sheet.paragraph(sentence_of(told), VERDICT, after=1)
    if told.status != DayStatus.TO_COME:
        local = told.as_of.astimezone(ZoneInfo(report.timezone))
        final = "The day is over." if told.status == DayStatus.OVER else "The day is not over yet."
        sheet.paragraph(f"{final} What is left is told as it stands on {moment(local)}.", SMALL)
        draw_table(sheet, GLANCE, _glance(told), after=4)
    if not told.is_empty:
        sheet.new_page()
        _draw_detail(sheet, told)
    return sheet.finish()


def sentence_of(told: EndOfDay) -> str:
    """The day in a sentence."""
    if told.status == DayStatus.TO_COME:
        return f"{day(told.on)} has not begun at {told.name}: there is nothing to report."
    if told.is_empty:
        return f"Nothing was moved and no task was done at {told.name} on {day(told.on)}."
    came, went = told.inbound, told.outbound
    said = (
        f"{_count(len(came.receipts), 'receipt')} brought {_amounts(came.amounts)}; "
        f"{_count(len(went.shipments), 'shipment')} took {_amounts(went.amounts)}."
    )
    if told.ledger is None:
        return f"{said} The ledger was not checked yet."
    return f"{said} {'The ledger adds up.' if not told.ledger.broken else 'THE LEDGER DOES NOT ADD UP.'}"


GLANCE = (
    Column(title="", share=58, style=STRONG),
    Column(title="How much", share=44, right=True, style=STRONG),
    Column(title="", share=84),
)


def _glance(told: EndOfDay) -> list[Row]:
    came, went, left = told.inbound, told.outbound, told.left
    weight = quantity(went.weight_g / 1000, "kg")
    varied = [count for count in told.counts if count.varied]
    proposed = [each for each in told.reorders if each.waits]
    # A lot may be held for several reasons.
    held = dict.fromkeys((each.item, each.lot) for each in left.held)
    rows = [
        row("Receipts", str(len(came.receipts)), f"{_count(came.lines, 'line')}", band="Came in"),
        row("Received", _amounts(came.amounts), f"of it damaged: {_amounts(came.damaged)}"),
        row("Against the orders", f"short {_amounts(came.short)}", f"over: {_amounts(came.over)}"),
        row("Orders shipped", str(went.orders_shipped), f"in part: {went.orders_part_shipped}", band="Went out"),
        row("Shipped", _amounts(went.amounts), f"{_count(went.lines, 'line')}"),
        row("Cartons", str(went.cartons), weight),
        row("Short picks", str(len(went.short_picks)), f"back-ordered: {_amounts(went.back_ordered)}"),
        row("Tasks", str(sum(each.tasks for each in told.work)), _by_kind(told), band="Was done"),
        row("Pick faces filled", str(len(told.filled)), _amounts(Amount(f.unit, f.brought) for f in told.filled)),
        row(
            "Bins counted",
            str(len(told.counts)),
            f"with a variance: {len(varied)}; gained {_amounts(a for c in varied for a in c.gained)}, "
            f"lost {_amounts(a for c in varied for a in c.lost)}",
        ),
        row("Came back", _amounts(told.returned.amounts), _decided(told)),
        row("Lots on hold", str(len(held)), _names(lot for _, lot in held), band="Needs somebody"),
        row("Recalls opened", str(len(told.recalls)), _names(each.number for each in told.recalls)),
        row("Orders late", str(len(left.orders_late)), _names(each.number for each in left.orders_late)),
        row("Deliveries late", str(len(left.deliveries_late)), _names(each.number for each in left.deliveries_late)),
        row("Low stock", str(len(left.low)), _names(each.item for each in left.low)),
        row("Reorders to decide", str(len(proposed)), _names(each.item for each in proposed)),
        row("Lots expired, or soon", str(len(left.expiring)), _names(each.lot for each in left.expiring)),
        row("Tasks open", str(left.open_tasks), ""),
    ]
    if told.ledger is not None:
        verdict = f"{_count(told.ledger.broken, 'broken rule')}, {_count(told.ledger.flags, 'flag')}"
        rows.append(row("Ledger, last check", verdict, moment(told.ledger.at)))
    else:
        rows.append(row("Ledger, last check", "never", ""))
    return rows


def _draw_detail(sheet: Sheet, told: EndOfDay) -> None:
    came, went = told.inbound, told.outbound
    _table(
        sheet,
        "Receipts",
        ("Receipt", 30, "Order", 30, "Supplier", 56, "State", 20, ">Lines", 14, ">Received", 26, ">Damaged", 22),
        (
            (r.number, r.order, r.supplier, r.state, str(r.lines), _amounts(r.amounts), _amounts(r.damaged))
            for r in came.receipts
        ),
    )
    _table(
        sheet,
        "Not as ordered",
        ("Order", 34, "Item", 36, ">Ordered", 24, ">Received", 24, ">Short", 20, ">Over", 20, ">Damaged", 20),
        (
            (d.order, d.item, *(quantity(q) for q in (d.ordered, d.received, d.short, d.over, d.damaged)))
            for d in came.differences
        ),
    )
    _table(
        sheet,
        "Shipments",
        ("Shipment", 30, "Order", 30, "Customer", 60, ">Lines", 14, ">Cartons", 18, ">Weight", 20, ">Shipped", 26),
        (
            (
                *(s.number, s.document, s.customer, str(s.lines), str(s.cartons)),
                quantity(s.weight_g / 1000, "kg"),
                _amounts(s.amounts),
            )
            for s in went.shipments
        ),
    )
    _table(
        sheet,
        "Short picks",
        ("Order", 34, "Item", 40, ">Asked", 24, ">Picked", 24, "Why", 64),
        ((p.order, p.item, quantity(p.asked, p.unit), quantity(p.picked, p.unit), p.reason) for p in went.short_picks),
    )
    _table(
        sheet,
        "Owed to customers",
        ("Order", 34, "Customer", 60, "Item", 40, ">Owed", 30),
        ((o.order, o.customer, o.item, quantity(o.quantity, o.unit)) for o in went.owed),
    )
    _table(
        sheet,
        "Who did what",
        ("Task", 50, "By", 60, ">Done", 24),
        ((d.kind, d.who, str(d.tasks)) for d in told.work),
    )
    _draw_floor(sheet, told)
    _draw_left(sheet, told)
    _table(
        sheet,
        "What the ledger wrote",
        ("Kind", 60, ">Postings", 30, ">Moves", 30),
        ((p.kind, str(p.transactions), str(p.moves)) for p in told.postings),
        total=(
            "Total",
            str(sum(p.transactions for p in told.postings)),
            str(sum(p.moves for p in told.postings)),
        ),
    )


def _draw_floor(sheet: Sheet, told: EndOfDay) -> None:
    _table(
        sheet,
        "Pick faces filled up",
        ("Face", 24, "From", 24, "Item", 40, ">Asked", 24, ">Brought", 24, "Why less", 50),
        (
            (f.face, f.reserve, f.item, quantity(f.asked, f.unit), quantity(f.brought, f.unit), f.short_reason)
            for f in told.filled
        ),
    )
    _table(
        sheet,
        "Counts",
        ("Count", 30, "Bin", 24, "State", 40, "Counted by", 30, "Approved by", 30, ">Gained", 20, ">Lost", 20),
        (
            (c.number, c.location, c.state, c.counted_by, c.approved_by, _amounts(c.gained), _amounts(c.lost))
            for c in told.counts
        ),
    )
    _table(
        sheet,
        "Returns",
        ("Return", 30, "Order", 34, "Customer", 56, "Item", 36, ">Came back", 26),
        ((r.number, r.order, r.customer, r.item, quantity(r.quantity, r.unit)) for r in told.returned.arrivals),
    )


def _draw_left(sheet: Sheet, told: EndOfDay) -> None:
    left = told.left
    _table(
        sheet,
        "Lots on hold",
        ("Lot", 34, "Item", 36, ">On hand", 26, "Why", 44, "By", 32),
        ((h.lot, h.item, quantity(h.on_hand, h.unit), h.reason, h.source) for h in left.held),
    )
    _table(
        sheet,
        "Recalls opened",
        ("Recall", 34, "Why", 90, "State", 30),
        ((r.number, r.reason, r.state) for r in told.recalls),
    )
    late = [("Order", each) for each in left.orders_late] + [("Delivery", each) for each in left.deliveries_late]
    _table(
        sheet,
        "Late",
        ("", 20, "Number", 36, "Of", 70, "Due", 28),
        ((kind, each.number, each.party, day(each.due_on)) for kind, each in late),
    )
    _table(
        sheet,
        "Low stock",
        ("Item", 50, ">Available", 30, ">Minimum", 30),
        ((p.item, quantity(p.available, p.unit), quantity(p.minimum, p.unit)) for p in left.low),
    )
    _table(
        sheet,
        "Reorders",
        ("Proposal", 30, "Item", 36, ">Quantity", 24, "Supplier", 48, "State", 40, "Order", 32),
        ((r.number, r.item, quantity(r.quantity, r.unit), r.supplier, r.state, r.order) for r in told.reorders),
    )
    _table(
        sheet,
        "Lots expired, or within 30 days",
        ("Lot", 40, "Item", 40, "Expires", 28, ">On hand", 28),
        ((e.lot, e.item, day(e.expires_on), quantity(e.on_hand, e.unit)) for e in left.expiring),
    )


def _table(
    sheet: Sheet,
    title: str,
    columns: tuple[str | int, ...],
    rows: Iterable[tuple[str, ...]],
    *,
    total: tuple[str, ...] = (),
) -> None:
    """A titled table of texts, left out when there is nothing; columns are title and share in turn, `>` sets right."""
    ready = [row(*cells) for cells in rows]
    if not ready:
        return
    if total:
        ready.append(row(*total, total=True))
    titles, shares = columns[::2], columns[1::2]
    made = [
        Column(
            title=str(name).removeprefix(">"),
            share=float(share),
            right=str(name).startswith(">"),
            **({"style": STRONG} if index == 0 else {}),
        )
        for index, (name, share) in enumerate(zip(titles, shares, strict=True))
    ]
    sheet.heading(title)
    draw_table(sheet, made, ready, after=3)


def _amounts(amounts: Iterable[Amount]) -> str:
    totals: dict[str, Decimal] = {}
    for each in amounts:
        totals[each.unit] = totals.get(each.unit, Decimal(0)) + each.quantity
    return ", ".join(quantity(total, unit) for unit, total in sorted(totals.items())) or NONE


def _by_kind(told: EndOfDay) -> str:
    kinds: dict[str, int] = {}
    for each in told.work:
        kinds[each.kind] = kinds.get(each.kind, 0) + each.tasks
    return ", ".join(f"{kind.lower()} {tasks}" for kind, tasks in kinds.items()) or NONE


def _decided(told: EndOfDay) -> str:
    return "; ".join(
        f"{each.disposition}: {quantity(each.quantity, each.unit)}" for each in told.returned.inspected
    ) or ("not inspected yet" if told.returned.arrivals else "")


def _names(names: Iterable[str]) -> str:
    """A few by name, the rest by how many."""
    found = list(dict.fromkeys(names))
    few = 6
    return ", ".join(found[:few]) + (f" and {len(found) - few} more" if len(found) > few else "")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
