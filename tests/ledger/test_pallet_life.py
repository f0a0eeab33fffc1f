"""The life of a pallet as docs/ledger.md draws it: played here by real postings, and drawn from their moves."""

import os
from decimal import Decimal as D
from pathlib import Path

from apps.core import clock
from apps.core.decimals import plain
from apps.ledger.models import HandlingUnit, StockBalance, StockMove
from apps.ledger.operations import Claim, Move, Place, move_units, open_units, post, reserve, reverse
from apps.ledger.queries.as_of import stock_as_of
from apps.ledger.states import StockStatus, TransactionKind, UnitKind
from apps.locations.choices import VIRTUAL, LocationKind
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory
from tests.factories.locations import LocationFactory
from tests.invariants import assert_invariants

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ledger.md"
OPENS, CLOSES = "<!-- drawn by tests/ledger/test_pallet_life.py -->", "<!-- end of what is drawn -->"


def lived(floor):
    """Received, put away, moved by mistake and back; two jars damaged, one lost, twelve shipped. The moves."""
    lot = LotFactory(item=ItemFactory(number="HONEY-340", lots=True), number="HONEY-1")
    (pallet,) = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET)
    LocationFactory(warehouse=floor.warehouse, code="PACK", kind=LocationKind.PACK)
    goods = {"item_id": lot.item_id, "lot_id": lot.pk}

    def move(quantity, kind, source, target, *, document="", **more):
        return post(
            [Move(quantity=D(quantity), source=source, target=target, **goods, **more)],
            warehouse_id=floor.warehouse.pk,
            kind=kind,
            by=floor.by,
            at=clock.now(),
            document=document,
        )

    def move_whole(kind, target, document=""):
        return move_units(
            [pallet],
            warehouse_id=floor.warehouse.pk,
            target_id=target.pk,
            kind=kind,
            by=floor.by,
            at=clock.now(),
            document=document,
        )

    def on(place, status=StockStatus.AVAILABLE):
        return Place(location_id=place.pk, unit_id=pallet, status=status)

    def at(place):
        return Place(location_id=place.pk)

    move(48, TransactionKind.RECEIVE, at(floor.supplier), on(floor.dock), document="RC-1")
    move_whole(TransactionKind.PUTAWAY, floor.a, "RC-1")
    mistake = move_whole(TransactionKind.MOVE, floor.b)
    reverse(mistake, by=floor.by, at=clock.now(), reason="wrong bin")
    move(2, TransactionKind.STATUS, on(floor.a), on(floor.a, StockStatus.DAMAGED))
    move(1, TransactionKind.ADJUST, on(floor.a), at(floor.adjustment), document="CC-1")
    balance = StockBalance.objects.get(unit=pallet, status=StockStatus.AVAILABLE, location=floor.a)
    (claim,) = reserve([Claim(balance_id=balance.pk, quantity=D(12))], warehouse_id=floor.warehouse.pk, document="SO-1")
    move(12, TransactionKind.PICK, on(floor.a), at(floor.tote), document="SO-1", consumes=claim)
    move(12, TransactionKind.SHIP, at(floor.tote), at(floor.customer), document="SO-1")
    move(2, TransactionKind.SCRAP, on(floor.a, StockStatus.DAMAGED), at(floor.scrap))
    rows = StockMove.objects.filter(lot=lot).order_by("pk")
    related = ("transaction", "source", "target", "source_unit", "target_unit")
    return HandlingUnit.objects.get(pk=pallet), list(rows.select_related(*related))


def drawn(pallet, moves):
    """A picture of the places with the moves between them, and a table with what was on the pallet after each."""
    seer = UserFactory(is_superuser=True)
    places, edges, rows = {}, [], []
    for number, move in enumerate(moves, 1):
        source, target = (told(place) for place in (move.source, move.target))
        for place in (move.source, move.target):
            places[told(place)] = place
        kind, quantity = move.transaction.get_kind_display(), plain(move.quantity)
        edges.append(f'    {ident(source)} -- "{number}. {kind} {quantity}" --> {ident(target)}')
        stood = stock_as_of(seer, at=move.recorded_at, limit=100).rows
        on_it = [f"{plain(row.quantity)} {row.status} at {row.location}" for row in stood if row.unit == pallet.number]
        rows.append(
            f"| {number} | {kind} | {move.transaction.document} | {end(move, 'source')} | {end(move, 'target')} "
            f"| {quantity} | {', '.join(on_it) or 'nothing'} |"
        )
    shapes = [
        f"    {ident(name)}{{{{{name}}}}}" if place.kind in VIRTUAL else f"    {ident(name)}[{name}]"
        for name, place in places.items()
    ]
    head = "| | kind | document | from | to | quantity | on the pallet after it |"
    picture = ["```mermaid", "flowchart LR", *shapes, *edges, "```"]
    return "\n".join([OPENS, *picture, "", head, "|---|---|---|---|---|---|---|", *rows, CLOSES])


def told(place):
    return place.get_kind_display().split(" (")[0].lower() if place.kind in VIRTUAL else place.code


def end(move, side):
    unit, status = getattr(move, f"{side}_unit"), getattr(move, f"{side}_status")
    place = told(getattr(move, side))
    return place + (", on the pallet" if unit else "") + ("" if status == "available" else f", {status}")


def ident(name):
    return name.replace(" ", "_")


def test_the_life_of_a_pallet_is_drawn_from_its_moves(floor):
    pallet, moves = lived(floor)
    assert_invariants()
    text = PAGE.read_text("utf-8")
    before, rest = text.split(OPENS)
    fresh = before + drawn(pallet, moves) + rest.split(CLOSES)[1]

    if os.environ.get("DRAW"):
        PAGE.write_text(fresh, "utf-8")
    assert text == fresh or os.environ.get("DRAW"), "run: DRAW=1 .venv/bin/python -m pytest -n 0 " + __file__
