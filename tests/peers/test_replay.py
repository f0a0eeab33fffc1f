"""A shift's commands, kept on the devices and sent late, in another order and three times over.

The stock is what it was when each came once and in order, or else a command was refused aloud; nothing is done twice,
and what was refused changed nothing.
"""

import hashlib
import random
from datetime import timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from apps.core import clock
from apps.core.api.problems import ReplayedRefusal
from apps.core.errors import DomainError
from apps.journal import edge
from apps.ledger.models import HandlingUnit, StockBalance, StockMove, StockTransaction
from apps.ledger.operations import Content, Move, Place, merge_unit, move_unit, nest_unit, open_units, post, split_unit
from apps.ledger.states import TransactionKind, UnitKind
from tests.factories.accounts import DeviceFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import stock
from tests.invariants import assert_invariants

LATE = timedelta(hours=8)


class Site:
    """A warehouse as each replay finds it: loose bolts at A and B, three pallets and a carton at A."""

    def __init__(self, item):
        floor = self.floor = a_floor(item)
        stock(floor.item, floor.a, 40)
        stock(floor.item, floor.b, 40)
        self.units = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET, count=3)
        self.units += open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.CARTON)
        for unit in self.units:
            stock(floor.item, floor.a, 12, unit=unit)
        self.devices = [DeviceFactory() for _ in range(3)]

    def send(self, command, *, done=None):
        """One command of a device as the edge takes it: its answer, or the code of its refusal."""
        device, key, verb, arguments = command
        operation, given = getattr(self, verb)(*arguments)
        try:
            return edge.run(
                operation,
                by=self.floor.by.user,
                device=self.devices[device],
                key=key,
                occurred_at=done,
                render=lambda result: result if isinstance(result, int) else result.pk,
                **given,
            )
        except ReplayedRefusal as refusal:
            return refusal.problem["code"]
        except DomainError as refusal:
            return refusal.code

    def carry(self, source, target, quantity):
        places = (getattr(self.floor, source).pk, getattr(self.floor, target).pk)
        return carry, {
            "warehouse_id": self.floor.warehouse.pk,
            "item_id": self.floor.item.pk,
            "places": places,
            "quantity": D(quantity),
        }

    def move(self, unit, source, target):
        return move_unit, {
            "unit_id": self.units[unit],
            "source_id": getattr(self.floor, source).pk,
            "location_id": getattr(self.floor, target).pk,
        }

    def split(self, unit, into, quantity):
        content = Content(item_id=self.floor.item.pk, quantity=D(quantity))
        return split_unit, {"unit_id": self.units[unit], "contents": [content], "into_id": self.units[into]}

    def merge(self, unit, into):
        return merge_unit, {"unit_id": self.units[unit], "into_id": self.units[into]}

    def nest(self, unit, into):
        return nest_unit, {"unit_id": self.units[unit], "into_id": self.units[into]}

    def digest(self):
        """All stock and where every unit stands, in one figure."""
        names = {unit: n for n, unit in enumerate(self.units)}
        stock_now = sorted(
            (row.location.code, names.get(row.unit_id or 0, -1), row.status, str(row.on_hand))
            for row in StockBalance.objects.on_hand().filter(warehouse=self.floor.warehouse).select_related("location")
        )
        units = [
            (names[unit.pk], unit.location and unit.location.code, names.get(unit.parent_id or 0, -1))
            for unit in HandlingUnit.objects.filter(warehouse=self.floor.warehouse)
            .select_related("location")
            .order_by("pk")
        ]
        return hashlib.sha256(repr((stock_now, units)).encode()).hexdigest()


def carry(*, warehouse_id, item_id, places, quantity, by, at):
    """Move so much from place to place."""
    source, target = (Place(location_id=place) for place in places)
    move = Move(item_id=item_id, quantity=quantity, source=source, target=target)
    return post([move], warehouse_id=warehouse_id, kind=TransactionKind.MOVE, by=by, at=at)


MOVES_ONLY = [
    (n % 3, f"k{n}", "carry", (*pair, str(1 + n % 3)))
    for n, pair in enumerate([("a", "b"), ("b", "dock"), ("a", "tote"), ("b", "a")] * 5)
]
"""Whatever the order, enough is there for each."""

A_SHIFT = [
    *MOVES_ONLY[:8],
    (0, "u1", "move", (0, "a", "b")),
    (1, "u2", "split", (1, 2, "5")),
    (0, "u3", "move", (0, "b", "dock")),
    (2, "u4", "nest", (3, 1)),
    (1, "u5", "move", (1, "a", "b")),
    (0, "u6", "carry", ("dock", "b", "2")),
    (2, "u7", "move", (2, "a", "b")),
    (1, "u8", "merge", (2, 1)),
    (2, "u9", "move", (1, "b", "a")),
]
"""Commands that build on each other."""


def times(commands):
    """When each was done by its device's clock: a minute apart, eight hours before they arrive."""
    begun = clock.now() - LATE - timedelta(minutes=len(commands))
    return {command[1]: begun + timedelta(minutes=n) for n, command in enumerate(commands)}


def shuffled(commands, seed):
    """Each three times; each device's in any order, the devices' mixed."""
    again = [command for command in commands for _ in range(3)]
    random.Random(seed).shuffle(again)  # noqa: S311 - the same order every time
    return again


@pytest.mark.parametrize("seed", range(3))
def test_moves_that_come_late_thrice_and_in_any_order_leave_the_same_stock(db, seed):
    once = Site(None)
    for command in MOVES_ONLY:
        assert isinstance(once.send(command), int)

    late = Site(once.floor.item)
    answers: dict[Any, Any] = {}
    done = times(MOVES_ONLY)
    for command in shuffled(MOVES_ONLY, seed):
        answers.setdefault(command[1], set()).add(late.send(command, done=done[command[1]]))

    assert all(len(each) == 1 and isinstance(next(iter(each)), int) for each in answers.values())
    assert late.digest() == once.digest()
    postings = StockTransaction.objects.filter(pk__in={next(iter(each)) for each in answers.values()})
    assert postings.count() == len(MOVES_ONLY)
    assert {row.key: row.occurred_at for row in postings} == done
    assert all(row.recorded_at - row.occurred_at >= LATE for row in postings)
    assert_invariants()


@pytest.mark.parametrize("seed", range(6))
def test_a_shift_that_comes_late_thrice_and_in_any_order_is_done_or_refused_aloud(db, seed):
    in_order = Site(None)
    assert all(isinstance(in_order.send(command), int) for command in A_SHIFT)

    late = Site(in_order.floor.item)
    answers: dict[Any, Any] = {}
    accepted = []
    done = times(A_SHIFT)
    for command in shuffled(A_SHIFT, seed):
        before = late.digest(), StockMove.objects.count()
        answer = late.send(command, done=done[command[1]])
        if command[1] in answers:
            assert answer == answers[command[1]]
            assert (late.digest(), StockMove.objects.count()) == before
            continue
        answers[command[1]] = answer
        if isinstance(answer, int):
            accepted.append(command)
        else:
            assert (late.digest(), StockMove.objects.count()) == before

    own = StockTransaction.objects.filter(warehouse=late.floor.warehouse, device__in=late.devices)
    # What is done with an empty unit, or by nesting, is no posting: no goods move.
    assert all(row.occurred_at == done[row.key] for row in own)
    carried = {command[1] for command in accepted if command[2] == "carry"}
    assert carried <= {row.key for row in own} <= {command[1] for command in accepted}
    # What was accepted, done once and in that order, is exactly the stock there is.
    proof = Site(in_order.floor.item)
    assert all(isinstance(proof.send(command), int) for command in accepted)
    assert late.digest() == proof.digest()
    refused = {answer for answer in answers.values() if isinstance(answer, str)}
    assert refused <= {"unit_elsewhere", "insufficient_stock", "not_nestable"}
    assert refused or late.digest() == in_order.digest()
    assert_invariants()
