"""The cost book of some items: the ledger's postings and what was said about costs go in, entries come out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from apps.locations.choices import LocationKind
from apps.valuation.rules.money import ZERO, cents, share, spread, worth
from apps.valuation.rules.piles import Pile
from apps.valuation.rules.terms import NOTHING, Crossing, Entry, Hints, Said, Valued
from apps.valuation.states import EntryKind, EventKind

OUT = {
    LocationKind.SUPPLIER: EntryKind.SENT_BACK,
    LocationKind.CUSTOMER: EntryKind.SOLD,
    LocationKind.ADJUSTMENT: EntryKind.LOST,
    LocationKind.SCRAP: EntryKind.SCRAPPED,
    LocationKind.PRODUCTION: EntryKind.CONSUMED,
    LocationKind.SITES: EntryKind.LEFT_SITE,
}
IN = {
    LocationKind.SUPPLIER: EntryKind.RECEIVED,
    LocationKind.CUSTOMER: EntryKind.RETURNED,
    LocationKind.ADJUSTMENT: EntryKind.FOUND,
    LocationKind.SCRAP: EntryKind.RECOVERED,
    LocationKind.PRODUCTION: EntryKind.PRODUCED,
    LocationKind.SITES: EntryKind.CAME_TO_SITE,
}
OF_EVENT = {
    EventKind.METHOD: EntryKind.RESTATED,
    EventKind.STANDARD: EntryKind.RESTATED,
    EventKind.RESTATED: EntryKind.RESTATED,
    EventKind.LANDED: EntryKind.LANDED,
    EventKind.PRICE: EntryKind.PRICE,
    EventKind.STATED: EntryKind.STATED,
    EventKind.CLOSED: EntryKind.CLOSED,
}


class Book:
    """Piles, and the work in progress of documents."""

    def __init__(self, piles: Mapping[int, Pile], hints: Hints | None = None) -> None:
        self.piles = dict(piles)
        self.hints = hints or Hints()
        self.in_progress: dict[str, Decimal] = defaultdict(Decimal)
        self.entries: list[Entry] = []
        self._mirrored = set(self.hints.mirrors.values())
        self._sales = {sale for sales in self.hints.sales_of.values() for sale in sales}

    def post(self, moves: Sequence[Crossing]) -> None:
        """One transaction of the ledger. What comes in comes first, but for what is made of what goes in."""
        if len(moves) == 1:
            self._one(moves[0], None)
            return
        moves = without_refused(moves)
        inward = [move for move in moves if move.inward]
        outward = [move for move in moves if not move.inward]
        made = any(move.outside == LocationKind.PRODUCTION for move in outward)
        for part in (outward, inward) if made else (inward, outward):
            costs = self._costs(part) if part and part[0].inward else {}
            for move in part:
                self._one(move, costs.get(move.move))

    def say(self, said: Said) -> None:
        """Something that people said about costs."""
        pile = self.piles[said.item]
        value = variance = ZERO
        if said.kind == EventKind.METHOD:
            value = pile.convert(said.method)
        elif said.kind == EventKind.STANDARD:
            pile.standard, pile.changed = said.unit_cost, True
            if pile.at_standard and said.unit_cost is not None:
                value = pile.restate(said.unit_cost)
        elif said.kind == EventKind.RESTATED:
            value = pile.restate(said.unit_cost or ZERO)
        elif said.kind == EventKind.CLOSED:
            variance = self.in_progress.get(said.document, ZERO)
            self.in_progress[said.document] = ZERO
        elif said.move is not None and said.received is not None and said.amount is not None:
            value = pile.adjust(said.move, said.received, said.amount)
            variance = said.amount - value
            if said.kind == EventKind.STATED and said.unit_cost is not None:
                pile.last_cost, pile.changed = said.unit_cost, True
        if value or variance:
            self.entries.append(
                Entry(
                    item=said.item,
                    warehouse=said.warehouse,
                    position=said.position,
                    at=said.at,
                    kind=OF_EVENT[EventKind(said.kind)],
                    quantity=ZERO,
                    value=value,
                    variance=variance,
                    move=said.move if said.kind != EventKind.CLOSED else None,  # it is no cost of these goods
                    event=said.event,
                    lot=None,
                    serial=None,
                    document=said.document,
                    estimated=False,
                    corrects=said.corrects,
                )
            )

    def _one(self, move: Crossing, cost: Decimal | None) -> None:
        pile = self.piles[move.item]
        if move.outside == LocationKind.SITES:
            kind = (IN if move.inward else OUT)[LocationKind.SITES]
            self._enter(move, kind, ZERO, ZERO, estimated=False)
        elif move.inward:
            self._in(move, pile, cost)
        else:
            self._out(move, pile)

    def _out(self, move: Crossing, pile: Pile) -> None:
        mirrored = self.hints.mirrors.get(move.move)
        value = -pile.issue(move.quantity, (move.lot, move.serial), mirrored)
        variance = ZERO
        first = self.hints.entries.get(mirrored) if mirrored is not None else None
        if first is not None:
            # The other side gets back what it had given; what stock lost besides is a variance.
            variance = -(first.value + first.variance) - value
        kind = OUT[LocationKind(move.outside)]
        if move.outside == LocationKind.PRODUCTION:
            self.in_progress[move.document] -= value + variance
        elif move.outside == LocationKind.CUSTOMER:
            self._sold(move, value)
        self._enter(move, kind, value, variance, estimated=False)

    def _in(self, move: Crossing, pile: Pile, cost: Decimal | None) -> None:
        estimated, mirrored_variance = False, ZERO
        mirrored = self.hints.mirrors.get(move.move)
        first = self.hints.entries.get(mirrored) if mirrored is not None else None
        if first is not None:
            cost, mirrored_variance = -first.value, first.variance
        elif move.outside == LocationKind.PRODUCTION:
            cost = cost if cost is not None else self._made(move)
        elif move.outside == LocationKind.CUSTOMER:
            cost = self._left_with(move)
        elif cost is None and move.unit_cost is not None and move.unit_cost >= 0:
            cost = worth(move.quantity, move.unit_cost)
        if cost is None:
            cost, estimated = pile.cost_now(move.quantity) or ZERO, True
        elif move.outside == LocationKind.SUPPLIER and first is None:
            pile.last_cost = move.unit_cost
        took = pile.receive(
            position=move.position,
            move=move.move,
            goods=(move.lot, move.serial),
            quantity=move.quantity,
            cost=cost,
        )
        variance = took.variance - mirrored_variance
        if move.outside == LocationKind.PRODUCTION:
            self.in_progress[move.document] -= took.value + variance
        self._enter(move, IN[LocationKind(move.outside)], took.value, variance, estimated=estimated)

    def _sold(self, move: Crossing, value: Decimal) -> None:
        """What a return of these goods will come back with."""
        sales, item, sold = self.hints.sales, move.item, Valued(move.quantity, value, ZERO)
        sales[item, None, None] = sold
        if move.lot is not None:
            sales[item, move.lot, None] = sold
        if move.serial is not None:
            sales[item, move.lot, move.serial] = sold
        if move.transaction in self._sales:
            before = self.hints.sold.get((move.transaction, item), NOTHING)
            self.hints.sold[move.transaction, item] = Valued(
                before.quantity + move.quantity, before.value + value, ZERO
            )

    def _made(self, move: Crossing) -> Decimal:
        """Of an output that came alone: its share of the work in progress, else all of it."""
        total = max(self.in_progress[move.document], ZERO)
        part = self.hints.shares.get(move.move)
        return total if part is None else min(cents(total * part), total)

    def _left_with(self, move: Crossing) -> Decimal | None:
        """What goods that come back had cost when they left: by the sale, by serial number, by lot, by the item."""
        sales, item = self.hints.sales, move.item
        sold = self._sold_by(move)
        if sold is None and move.serial is not None:
            sold = sales.get((item, move.lot, move.serial))
        if sold is None and move.lot is not None:
            sold = sales.get((item, move.lot, None))
        if sold is None:
            sold = sales.get((item, None, None))
        if sold is None:
            return None
        return share(-sold.value, move.quantity, sold.quantity)

    def _sold_by(self, move: Crossing) -> Valued | None:
        """All that the known sales sold of the item."""
        found = [
            self.hints.sold.get((sale, move.item), NOTHING) for sale in self.hints.sales_of.get(move.transaction, ())
        ]
        total = Valued(sum((each.quantity for each in found), ZERO), sum((each.value for each in found), ZERO), ZERO)
        return total if total.quantity else None

    def _enter(self, move: Crossing, kind: str, value: Decimal, variance: Decimal, *, estimated: bool) -> None:
        if move.move in self._mirrored:
            self.hints.entries[move.move] = Valued(move.quantity, value, variance)
        self.entries.append(
            Entry(
                move.item,
                move.warehouse,
                move.position,
                move.at,
                kind,
                move.quantity if move.inward else -move.quantity,
                value,
                variance,
                move.move,
                None,
                move.lot,
                move.serial,
                move.document,
                estimated,
            )
        )

    def _costs(self, moves: Sequence[Crossing]) -> dict[int, Decimal]:
        return _priced(moves) | self._outputs(
            [move for move in moves if move.outside == LocationKind.PRODUCTION and not move.is_reversal]
        )

    def _outputs(self, moves: Sequence[Crossing]) -> dict[int, Decimal]:
        """What each output of one transaction takes of the work in progress: its share, else by quantity."""
        left = {document: max(self.in_progress[document], ZERO) for document in {move.document for move in moves}}
        costs: dict[int, Decimal] = {}
        for move in moves:
            part = self.hints.shares.get(move.move)
            if part is not None:
                costs[move.move] = min(cents(max(self.in_progress[move.document], ZERO) * part), left[move.document])
                left[move.document] -= costs[move.move]
        for document, value in left.items():
            rest = [move for move in moves if move.document == document and move.move not in costs]
            if rest:
                parts = spread(value, [move.quantity for move in rest])
                costs |= {move.move: part for move, part in zip(rest, parts, strict=True)}
        return costs


def without_refused(moves: Sequence[Crossing]) -> Sequence[Crossing]:
    """Without goods that came in and went back by the same posting: a rejection at the dock costs nothing."""
    if len({move.inward for move in moves}) == 1:
        return moves
    back = Counter(_same(move) for move in moves if not move.inward and move.outside == LocationKind.SUPPLIER)
    came = Counter(_same(move) for move in moves if move.inward and move.outside == LocationKind.SUPPLIER)
    refused = {True: back & came, False: back & came}
    kept = []
    for move in moves:
        same = _same(move)
        if move.outside == LocationKind.SUPPLIER and refused[move.inward][same]:
            refused[move.inward][same] -= 1
        else:
            kept.append(move)
    return kept


def _same(move: Crossing) -> tuple[object, ...]:
    return move.item, move.lot, move.serial, move.quantity, move.unit_cost


def _priced(moves: Sequence[Crossing]) -> dict[int, Decimal]:
    """What came of an item at one price is priced together, and the cents are divided: three at 33.333333 are 100."""
    alike: dict[tuple[int, Decimal], list[Crossing]] = defaultdict(list)
    for move in moves:
        if move.unit_cost is not None and move.unit_cost >= 0 and move.outside == LocationKind.SUPPLIER:
            alike[move.item, move.unit_cost].append(move)
    costs: dict[int, Decimal] = {}
    for (_, unit_cost), found in alike.items():
        if len(found) > 1:
            quantities = [move.quantity for move in found]
            parts = spread(worth(sum(quantities, ZERO), unit_cost), quantities)
            costs |= {move.move: part for move, part in zip(found, parts, strict=True)}
    return costs
