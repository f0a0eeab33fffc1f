"""What people say about costs. It is noted where the book stands, and never changes what was written before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from apps.catalog.models import Item
from apps.core.decimals import plain
from apps.core.errors import NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.models import StockMove
from apps.valuation.errors import CostRefused, HasACost, NotValued, SharesUnclear
from apps.valuation.models import CostEntry, CostEvent, Cursor, OutputShare, SaleOfReturn
from apps.valuation.operations.rights import MAY_VALUE
from apps.valuation.rules.money import EXACT, UNIT, ZERO, spread, worth
from apps.valuation.states import CostMethod, EntryKind, EventKind

CAME = (EntryKind.RECEIVED, EntryKind.FOUND, EntryKind.RECOVERED, EntryKind.PRODUCED, EntryKind.RETURNED)


def set_method(*, item_id: int, method: str, reason: str, by: Actor, at: datetime) -> CostEvent:
    """Value an item by another method from here on; its past stays. Raises `NotAllowed`, `NotFound`."""
    check_may_value(by, "change how an item is valued")
    item = _item(item_id)
    position = Cursor.objects.lock_one(1).position
    if not CostEvent.objects.filter(item=item, kind=EventKind.STANDARD).exists() and item.standard_cost is not None:
        say(EventKind.STANDARD, item, position, at, by, unit_cost=item.standard_cost)
    event = say(EventKind.METHOD, item, position, at, by, method=CostMethod(method), reason=reason)
    record("value by", kind="item", number=item.number, by=by, at=at, method=method, reason=reason)
    return event


def revalue_item(*, item_id: int, unit_cost: Decimal, reason: str, by: Actor, at: datetime) -> CostEvent:
    """What is in stock of an item is worth so much a unit from here on: written down, or up.

    Raises `NotAllowed`, `NotFound`, `CostRefused`.
    """
    check_may_value(by, "revalue stock")
    check_cost(unit_cost, reason)
    item = _item(item_id)
    position = Cursor.objects.lock_one(1).position
    event = say(EventKind.RESTATED, item, position, at, by, unit_cost=unit_cost, reason=reason)
    record("revalue", kind="item", number=item.number, by=by, at=at, unit_cost=plain(unit_cost), reason=reason)
    return event


def state_cost(*, move_id: int, unit_cost: Decimal, reason: str, by: Actor, at: datetime) -> CostEvent:
    """Say what goods cost that came without a cost: opening stock, goods that were found, a receipt without a price.

    What of them is still in stock is worth it from here on; the part that left is a variance. Raises `NotAllowed`,
    `CostRefused`, `NotValued` for goods that the book does not have, `HasACost`.
    """
    check_may_value(by, "state what goods cost")
    check_cost(unit_cost, reason)
    move = StockMove.objects.for_user(by.user).filter(pk=move_id).first()
    if move is None:
        raise NotFound(kind="move", number=str(move_id))
    position = Cursor.objects.lock_one(1).position
    [event] = _stated([(move_id, unit_cost)], position, reason=reason, by=by, at=at)
    record("state cost", kind="item", number=event.item.number, by=by, at=at, move=move_id, unit_cost=plain(unit_cost))
    return event


def open_costs(
    *, unit_costs: Mapping[int, Decimal], warehouse_id: int, reason: str, by: Actor, at: datetime
) -> list[CostEvent]:
    """Say what the opening stock of a warehouse had cost, by item: of all that came without a cost of its own.

    Raises `NotAllowed`, `CostRefused`.
    """
    check_may_value(by, "state what goods cost")
    for unit_cost in unit_costs.values():
        check_cost(unit_cost, reason)
    position = Cursor.objects.lock_one(1).position
    moves = (
        CostEntry.objects.filter(item__in=unit_costs, warehouse=warehouse_id, estimated=True)
        .exclude(move__in=CostEvent.objects.filter(kind=EventKind.STATED).values("move"))
        .order_by("pk")
        .values_list("move", "item")
    )
    stated = [(move, unit_costs[item]) for move, item in moves]
    events = _stated(stated, position, reason=reason, by=by, at=at)
    record("state opening costs", kind="cost book", number="cost book", by=by, at=at, moves=len(events), reason=reason)
    return events


def invoice_price(
    *, document: str, item_id: int, unit_cost: Decimal, reason: str, by: Actor, at: datetime
) -> list[CostEvent]:
    """The supplier's invoice has another price (company currency) than the order by which a receipt's goods came in.

    What is still in stock is worth it from here on; the rest, and all of goods by standard cost, is a price variance.
    Raises `NotAllowed`, `CostRefused`, `NotValued`.
    """
    check_may_value(by, "enter an invoice's price")
    check_cost(unit_cost, reason)
    position = Cursor.objects.lock_one(1).position
    moves = [move for move in received_by([document], by) if move.item_id == item_id]
    if not moves:
        raise NotValued(document=document)
    costs = costs_of(move.pk for move in moves)
    quantities = [move.quantity for move in moves]
    total = worth(sum(quantities, ZERO), unit_cost)
    events = [
        say(
            EventKind.PRICE,
            move.item,
            position,
            at,
            by,
            move=move,
            amount=part - costs[move.pk],
            document=document,
            reason=reason,
        )
        for move, part in zip(moves, spread(total, quantities), strict=True)
        if part != costs[move.pk]
    ]
    record("invoice price", kind="receipt", number=document, by=by, at=at, unit_cost=plain(unit_cost))
    return events


def link_return(*, posting_id: int, sale_ids: Iterable[int]) -> None:
    """A return's posting brings back what these postings sold. To be called with the posting, in its transaction."""
    SaleOfReturn.objects.bulk_create(SaleOfReturn(posting_id=posting_id, sale_id=sale) for sale in set(sale_ids))


def share_outputs(*, posting_id: int, shares: Mapping[int, Decimal]) -> None:
    """By item, which part of its document's work in progress a posting's outputs take; within an item by quantity.

    To be called with the posting, in its transaction. Outputs that are not named share the rest by quantity.
    Raises `SharesUnclear`.
    """
    moves = list(StockMove.objects.filter(transaction=posting_id, item__in=shares).order_by("pk"))
    if any(part < 0 for part in shares.values()) or sum(shares.values(), ZERO) > 1:
        raise SharesUnclear(posting=posting_id, problem="parts of a whole are not negative and no more than it")
    if {move.item_id for move in moves} != set(shares):
        raise SharesUnclear(posting=posting_id, problem="an item is named that it did not make")
    whole = {item: sum((move.quantity for move in moves if move.item_id == item), ZERO) for item in shares}
    OutputShare.objects.bulk_create(
        OutputShare(move=move, share=_part(shares[move.item_id], move.quantity, whole[move.item_id])) for move in moves
    )


def check_may_value(by: Actor, act: str) -> None:
    """Refuse whoever may not say anything about costs."""
    if not by.user.has_role(*MAY_VALUE):
        raise NotAllowed(who=by.user.get_username(), act=act)


def check_cost(unit_cost: Decimal, reason: str) -> None:
    """Refuse what is no cost."""
    if unit_cost < 0:
        raise CostRefused(amount=plain(unit_cost), problem="it is negative")
    if not unit_cost and not reason.strip():
        raise CostRefused(amount="0", problem="say why it costs nothing")


def received_by(documents: Iterable[str], by: Actor) -> list[StockMove]:
    """The moves by which these documents' goods came in, as the book has them and nobody has undone them."""
    entries = CostEntry.objects.filter(document__in=list(documents), kind=EntryKind.RECEIVED)
    return list(
        StockMove.objects.for_user(by.user)
        .filter(pk__in=entries.values("move"), transaction__reversed_by=None)
        .select_related("item", "transaction")
        .order_by("pk")
    )


def costs_of(moves: Iterable[int]) -> dict[int, Decimal]:
    """What goods cost by what is known of the moves by which they came: as received, invoiced and stated."""
    costs: dict[int, Decimal] = {}
    entries = CostEntry.objects.filter(move__in=list(moves)).exclude(kind=EntryKind.LANDED)
    for entry in entries.order_by("pk"):
        if entry.move_id is not None:
            costs[entry.move_id] = costs.get(entry.move_id, ZERO) + entry.value + entry.variance
    for event in CostEvent.objects.filter(
        move__in=list(costs), applied=False, kind__in=(EventKind.PRICE, EventKind.STATED)
    ):
        if event.move_id is not None:
            costs[event.move_id] += event.amount or ZERO
    return costs


def say(kind: str, item: Item, position: int, at: datetime, by: Actor, **what: Any) -> CostEvent:
    """Note something for the book, whose cursor is locked."""
    return CostEvent.objects.create(kind=kind, item=item, position=position, at=at, by=by.user, **what)


def _stated(
    costs: list[tuple[int, Decimal]], position: int, *, reason: str, by: Actor, at: datetime
) -> list[CostEvent]:
    entries = {
        entry.move_id: entry
        for entry in CostEntry.objects.select_related("item").filter(
            move__in=[move for move, _ in costs], kind__in=CAME, event=None
        )
    }
    known = costs_of(move for move, _ in costs)
    events = []
    for move, unit_cost in costs:
        entry = entries.get(move)
        if entry is None:
            raise NotValued(document=str(move))
        if not entry.estimated:
            raise HasACost(item=entry.item.number, document=entry.document)
        events.append(
            CostEvent(
                kind=EventKind.STATED,
                item=entry.item,
                position=position,
                at=at,
                by=by.user,
                move_id=move,
                amount=worth(entry.quantity, unit_cost) - known[move],
                unit_cost=unit_cost,
                corrects=entry.kind,
                document=entry.document,
                reason=reason,
            )
        )
    return CostEvent.objects.bulk_create(events, batch_size=1_000)


def _part(of: Decimal, quantity: Decimal, whole: Decimal) -> Decimal:
    return EXACT.divide(EXACT.multiply(of, quantity), whole).quantize(UNIT * UNIT, context=EXACT)


def _item(item_id: int) -> Item:
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        raise NotFound(kind="item", number=str(item_id))
    return item
