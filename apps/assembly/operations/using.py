"""One finishing while it is worked out: what goes in of what stands at the bench, and which output holds it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from apps.assembly.errors import NotIssued
from apps.assembly.models import AssemblyIssue, AssemblyLine, AssemblyOrder
from apps.assembly.queries import Wanted
from apps.assembly.rules import ZERO, Chunk, Share, spread, still_needed, take
from apps.assembly.states import LineRole
from apps.core.quantities import parse_quantity
from apps.ledger.states import StockStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """So much of an issue is in this very output."""

    issue_id: int
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """So much came out, as one lot or serial number; of the order's item unless another is named."""

    quantity: Decimal
    item_id: int | None = None
    lot: str = ""
    serial: str = ""
    expires_on: date | None = None
    status: StockStatus = StockStatus.AVAILABLE
    used: tuple[Used, ...] = ()
    """What it was made of, where that is known unit by unit; else what was issued first went in first."""


@dataclass(slots=True)
class Making:
    """One finishing while it is worked out."""

    order: AssemblyOrder
    issues: dict[int, AssemblyIssue]
    rows: list[tuple[AssemblyLine, Made, Decimal]]
    mixed: set[int]
    """Lines of which goods went in before without its being known which of them."""
    taken: defaultdict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    shares: list[Share] = field(default_factory=list)
    """By the output's place and the issue's key."""
    unclear: set[int] = field(default_factory=set)
    """Issues of which it is not known whether they are in what comes out."""


def consume(making: Making, wanted: Wanted, made: Decimal) -> None:
    """What goes into the work of one line, and which output holds it: as told, the rest in the order of issue.

    Which output holds which is certain when somebody told, when nothing else of the line stood at the bench, or when
    all that stood there went into one lot. Once it was unclear it stays so for the line: what is left is unknown too.
    """
    mine = [issue for issue in making.issues.values() if issue.line_id == wanted.line.pk]
    keys = {issue.pk for issue in mine}
    needed = still_needed(
        net=wanted.line.net,
        of=making.order.quantity,
        made=made,
        consumed=wanted.consumed,
        scale=wanted.line.item.scale,
    )
    told = _as_told(making, keys)
    rest = [(place, line, much) for place, (line, _, much) in enumerate(making.rows) if place not in told]
    if told and not any(line.role == LineRole.OUTPUT for _, line, _ in rest):
        needed = ZERO
    elif told:
        whole = sum((much for line, _, much in making.rows if line.role == LineRole.OUTPUT), ZERO)
        part = sum((much for _, line, much in rest if line.role == LineRole.OUTPUT), ZERO)
        needed = needed * part / whole
    chunks = [
        Chunk(
            key=issue.pk,
            left=_left(making, issue),
            scale=issue.item.scale,
            worth=wanted.worth(issue.item_id),
        )
        for issue in mine
    ]
    taken, lacking = take(chunks, needed)
    if lacking:
        raise NotIssued(
            order=making.order.number,
            item=wanted.line.item.number,
            left=sum((issue.left for issue in mine), ZERO),
            asked=needed,
        )
    beside = {chunk.key: chunk.left for chunk in chunks if chunk.left}
    known = wanted.line.pk not in making.mixed
    alone = known and len({_goods(making.issues[key]) for key in beside}) <= 1
    emptied = known and dict(taken) == beside
    for key, amount in taken:
        _use(making, making.issues[key], amount)
    # Each line that comes out accounts for all that went in: what is recovered beside another came of the same goods.
    by_line: dict[int, list[tuple[int, Decimal]]] = {}
    for place, line, much in rest:
        by_line.setdefault(line.pk, []).append((place, much))
    for pairs in by_line.values():
        one = len({(making.rows[place][1].lot, making.rows[place][1].serial) for place, _ in pairs}) == 1
        certain = alone or (emptied and one)
        if taken and not certain:
            making.unclear.update(beside)
        for share in spread(taken, [much for _, much in pairs]):
            place = pairs[share.output][0]
            making.shares.append(Share(output=place, chunk=share.chunk, quantity=share.quantity, is_certain=certain))


def _as_told(making: Making, keys: set[int]) -> set[int]:
    """What outputs say that they are made of, of these issues; the places of those that say it."""
    told: set[int] = set()
    for place, (_, output, _) in enumerate(making.rows):
        for used in output.used:
            if used.issue_id in keys:
                issue = making.issues[used.issue_id]
                amount = parse_quantity(used.quantity, scale=issue.item.scale)
                _use(making, issue, amount)
                making.shares.append(Share(output=place, chunk=issue.pk, quantity=amount))
                told.add(place)
    return told


def _goods(issue: AssemblyIssue) -> tuple[int, int | None, int | None]:
    return issue.item_id, issue.lot_id, issue.serial_id


def _left(making: Making, issue: AssemblyIssue) -> Decimal:
    return issue.left - making.taken[issue.pk]


def _use(making: Making, issue: AssemblyIssue, amount: Decimal) -> None:
    left = _left(making, issue)
    if amount > left:
        raise NotIssued(order=making.order.number, item=issue.item.number, left=left, asked=amount)
    making.taken[issue.pk] += amount


def holds_of(making: Making) -> dict[int, list[AssemblyIssue]]:
    """By output, what it is made of."""
    holds: dict[int, list[AssemblyIssue]] = {}
    for share in making.shares:
        holds.setdefault(share.output, []).append(making.issues[share.chunk])
    return holds
