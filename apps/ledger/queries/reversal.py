"""What reversing a posting would do, and what is in its way: asked, not tried, so nothing is locked or written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Literal, NamedTuple

from django.db.models import Q

from apps.core.errors import DomainError
from apps.ledger.errors import (
    PROBLEMS,
    BelongsToDocument,
    InsufficientStock,
    MoveRefused,
    NotReversible,
    SerialElsewhere,
    UnitClosed,
    UnitElsewhere,
    UnitRetired,
)
from apps.ledger.models import HandlingUnit, Reservation, StockBalance, StockMove, StockTransaction
from apps.ledger.queries.units import torn_by_return
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import PICKABLE, VIRTUAL

NONE = Decimal(0)
MOST = 200
"""Later moves that are looked through for who took the goods, the newest."""
MIRRORED = ("item__unit", "lot", "serial", "owner", "source", "source_unit", "target", "target_unit")
"""What a move is shown with, as it would go back."""


class Key(NamedTuple):
    """The balance that one end of a move is at."""

    item: int
    location: int
    lot: int | None
    status: str
    serial: int | None
    owner: int | None
    unit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What the reversal would be refused with now, and who is behind it: later postings, and documents with claims."""

    refusal: DomainError
    postings: tuple[StockTransaction, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The moves that would go back, as they were posted, and all that is in the way."""

    posting: StockTransaction
    moves: tuple[StockMove, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def possible(self) -> bool:
        """Whether nothing is in the way now; the ledger decides again under its locks."""
        return not self.obstacles


def preview_reversal(posting: StockTransaction) -> Preview:
    """What the mirror of the posting would be; the same number of statements whatever it moved."""
    moves = tuple(posting.moves.select_related(*MIRRORED).order_by("pk"))
    units = _units_of(moves)
    # In the order in which the ledger asks, so that the first is what it would refuse with.
    obstacles = (
        *_final(posting),
        *_carried(posting, moves, units),
        *_places(moves),
        *_packed(posting, moves, units),
        *_stock(posting, moves),
        *_serials(moves),
    )
    return Preview(posting=posting, moves=moves, obstacles=obstacles)


def _final(posting: StockTransaction) -> Iterator[Obstacle]:
    """A posting is reversed once, a reversal never, and what a document did the document undoes."""
    undone = StockTransaction.objects.select_related("by").filter(reverses=posting).first()
    if posting.kind == TransactionKind.REVERSAL or undone is not None:
        yield Obstacle(refusal=NotReversible(transaction=posting.pk), postings=(undone,) if undone else ())
    elif not posting.is_undone_alone:
        yield Obstacle(refusal=BelongsToDocument(what=posting.get_kind_display(), document=posting.document))


def _units_of(moves: Iterable[StockMove]) -> dict[int, HandlingUnit]:
    """All units that goods went into or came out of, with all that these stand in, in the order of their keys."""
    pks = {pk for move in moves for pk in (move.source_unit_id, move.target_unit_id) if pk is not None}
    return HandlingUnit.objects.select_related("location", "parent__parent__parent").order_by("pk").in_bulk(pks)


def _carried(
    posting: StockTransaction, moves: Iterable[StockMove], units: dict[int, HandlingUnit]
) -> Iterator[Obstacle]:
    """Units that the goods went into stand there still, and those that went whole go back as they came."""
    astray = _astray(units, {move.target_unit_id: move.target_id for move in moves})
    torn = [unit for unit in torn_by_return(posting) if unit not in astray] if units else []
    yield from _elsewhere(posting, astray, side="source")
    yield from _elsewhere(posting, torn, side="target")


def _packed(
    posting: StockTransaction, moves: Iterable[StockMove], units: dict[int, HandlingUnit]
) -> Iterator[Obstacle]:
    """Units that the goods go back into take them: they are open, in use, and stand where they stood."""
    taking = {move.source_unit_id: move.source_id for move in moves if move.source_unit_id != move.target_unit_id}
    shut: dict[int, HandlingUnit] = {}
    for pk, unit in units.items():
        each = unit if pk in taking else None
        while each is not None:
            if each.closed_at is not None or each.retired_at is not None:
                shut[each.pk] = each
            each = each.parent
    for _, unit in sorted(shut.items()):
        refusal = UnitClosed(unit=unit.number) if unit.retired_at is None else UnitRetired(unit=unit.number)
        yield Obstacle(refusal=refusal)
    # Those that goods went into as well were asked before; one that stands nowhere is placed by the goods.
    filled = {move.target_unit_id for move in moves}
    back = {pk: place for pk, place in taking.items() if pk not in filled}
    astray = [unit for unit in _astray(units, back) if unit.location is not None]
    yield from _elsewhere(posting, astray, side="source")


def _astray(units: dict[int, HandlingUnit], wanted: dict[int | None, int]) -> list[HandlingUnit]:
    """Those that do not stand where they are wanted."""
    return [unit for pk, unit in units.items() if pk in wanted and unit.location_id != wanted[pk]]


def _elsewhere(
    posting: StockTransaction, units: list[HandlingUnit], *, side: Literal["source", "target"]
) -> Iterator[Obstacle]:
    """Each unit, with the postings since that took goods from it (source) or gave it some (target)."""
    name = f"{side}_unit_id"
    moves = StockMove.objects.filter(transaction__gt=posting.pk, **{f"{name}__in": [unit.pk for unit in units]})
    later = _by_key(moves.select_related("transaction__by").order_by("-pk")[:MOST], attrgetter(name))
    for unit in units:
        where = unit.location.code if unit.location else ""
        yield Obstacle(refusal=UnitElsewhere(unit=unit.number, location=where), postings=later.get(unit.pk, ()))


def _places(moves: Iterable[StockMove]) -> Iterator[Obstacle]:
    """Goods go back only to a place in use."""
    for move in {move.source_id: move for move in moves if not move.source.is_active}.values():
        yield Obstacle(
            refusal=MoveRefused(
                item=move.item.number,
                source=move.target.code,
                target=move.source.code,
                problem=PROBLEMS["inactive"],
                quantity=move.quantity,
            )
        )


def _stock(posting: StockTransaction, moves: tuple[StockMove, ...]) -> Iterator[Obstacle]:
    """What is to go back is there still and not spoken for; claims may go along to a bin that is picked from."""
    taken: dict[Key, Decimal] = defaultdict(Decimal)
    follows: dict[Key, Decimal] = defaultdict(Decimal)
    example: dict[Key, StockMove] = {}
    for move in moves:
        here, back = _key(move, "target"), _key(move, "source")
        taken[here] += move.quantity
        taken[back] -= move.quantity
        example[here] = move
        if move.source.kind in PICKABLE and move.source.is_active and move.source_status == StockStatus.AVAILABLE:
            follows[here] += move.quantity
    balances = _balances(moves)
    lacking = {}
    for key, move in example.items():
        if move.target.kind in VIRTUAL:
            continue
        balance = balances.get(key)
        on_hand, reserved = (balance.on_hand, balance.reserved) if balance is not None else (NONE, NONE)
        left = on_hand - taken[key]
        if left < 0 or reserved - left > follows[key]:
            lacking[key] = (on_hand, reserved)
    later, claims = _takers(posting, lacking), _claims(balances[key] for key in lacking if key in balances)
    for key, (on_hand, reserved) in lacking.items():
        move, balance = example[key], balances.get(key)
        yield Obstacle(
            refusal=InsufficientStock(
                item=move.item.number,
                location=move.target.code,
                available=on_hand - reserved,
                requested=taken[key],
                lot=move.lot.number if move.lot else "",
                serial=move.serial.number if move.serial else "",
            ),
            postings=later.get(key, ()),
            documents=claims.get(balance.pk, ()) if balance is not None else (),
        )


def _serials(moves: tuple[StockMove, ...]) -> Iterator[Obstacle]:
    """A serial number that has come in again elsewhere does not come back here as well."""
    back = {move.serial_id: move for move in moves if move.serial_id and move.source.kind not in VIRTUAL}
    given = {_key(move, "target") for move in moves}
    standing = StockBalance.objects.filter(serial__in=back, on_hand__gt=0).select_related("last_move__transaction__by")
    for balance in standing:
        if _balance_key(balance) not in given:
            last = balance.last_move
            yield Obstacle(refusal=SerialElsewhere(), postings=(last.transaction,) if last is not None else ())


def _key(move: StockMove, side: str) -> Key:
    return Key(
        item=move.item_id,
        location=getattr(move, f"{side}_id"),
        lot=move.lot_id,
        status=getattr(move, f"{side}_status"),
        serial=move.serial_id,
        owner=move.owner_id,
        unit=getattr(move, f"{side}_unit_id"),
    )


def _balance_key(balance: StockBalance) -> Key:
    return Key(
        item=balance.item_id,
        location=balance.location_id,
        lot=balance.lot_id,
        status=balance.status,
        serial=balance.serial_id,
        owner=balance.owner_id,
        unit=balance.unit_id,
    )


def _balances(moves: tuple[StockMove, ...]) -> dict[Key, StockBalance]:
    """Those that the moves filled, by key."""
    rows = StockBalance.objects.filter(
        warehouse__in={move.warehouse_id for move in moves},
        item__in={move.item_id for move in moves},
        location__in={move.target_id for move in moves},
    )
    lots = {move.lot_id for move in moves}
    serials = {move.serial_id for move in moves}
    rows = rows.filter(Q(lot__in=lots - {None}) | Q(lot=None), Q(serial__in=serials - {None}) | Q(serial=None))
    return {_balance_key(balance): balance for balance in rows}


def _takers(posting: StockTransaction, keys: Iterable[Key]) -> dict[object, tuple[StockTransaction, ...]]:
    """The postings since that took from these balances, newest first."""
    wanted = list(keys)
    taken = StockMove.objects.filter(
        transaction__gt=posting.pk,
        source__in={key.location for key in wanted},
        item__in={key.item for key in wanted},
    )
    return _by_key(taken.select_related("transaction__by").order_by("-pk")[:MOST], lambda move: _key(move, "source"))


def _by_key(
    moves: Iterable[StockMove], key: Callable[[StockMove], object]
) -> dict[object, tuple[StockTransaction, ...]]:
    found: dict[object, dict[int, StockTransaction]] = defaultdict(dict)
    for move in moves:
        found[key(move)].setdefault(move.transaction_id, move.transaction)
    return {each: tuple(postings.values()) for each, postings in found.items()}


def _claims(balances: Iterable[StockBalance]) -> dict[int, tuple[str, ...]]:
    """The documents that these balances are reserved for."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for claim in Reservation.objects.pending().filter(balance__in=list(balances)):
        found[claim.balance_id][claim.document] = None
    return {pk: tuple(documents) for pk, documents in found.items()}
