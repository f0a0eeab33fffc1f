"""Two who read before they write, forced into the worst order: no decision is made on what another has changed since.

The first does its work and stays in its transaction; the second starts and must be seen waiting for the first's locks
in `pg_stat_activity`; only then the first commits. What the second then decides shows what it had read.
"""

import threading
import time
from decimal import Decimal as D
from functools import partial

import pytest
from django.db import connection, transaction

from apps.accounts.models import User
from apps.core import clock
from apps.journal.actor import Actor
from apps.ledger.errors import InsufficientStock, LotOnHold, NotReversible, ReservationEnded, UnitElsewhere
from apps.ledger.models import HandlingUnit, Reservation, StockBalance, StockTransaction
from apps.ledger.operations import (
    Claim,
    Content,
    Move,
    Place,
    candidates,
    close_unit,
    hold_lots,
    merge_unit,
    move_unit,
    nest_unit,
    open_units,
    post,
    release,
    reserve,
    retire_unit,
    reverse,
    split_unit,
)
from apps.ledger.states import HoldReason, ReservationState, TransactionKind, UnitKind
from tests.concurrency.crowd import PATIENCE, persist
from tests.factories.ledger import LotFactory, stock


def forced(first, second):
    """The first acts, the second is made to wait for it (or shown not to need to), the first commits; both answers."""
    done, overtaken = threading.Event(), threading.Event()
    pid = {}
    answers = {}

    def lead():
        with transaction.atomic():
            answers["first"] = attempt(first)
            done.set()
            assert overtaken.wait(PATIENCE)

    def follow():
        assert done.wait(PATIENCE)
        connection.ensure_connection()
        pid["second"] = connection.connection.info.backend_pid
        try:
            with transaction.atomic():
                answers["second"] = second()
        except Exception as error:  # noqa: BLE001 - the refusal is the answer
            answers["second"] = error

    threads = [threading.Thread(target=closing(work)) for work in (lead, follow)]
    for thread in threads:
        thread.start()
    assert done.wait(PATIENCE)
    waited = seen_waiting(pid, threads[1])
    overtaken.set()
    for thread in threads:
        thread.join(PATIENCE)
    return answers["first"], answers["second"], waited


def attempt(action):
    try:
        with transaction.atomic():
            return action()
    except Exception as error:  # noqa: BLE001 - the refusal is the answer
        return error


def closing(work):
    def run():
        try:
            work()
        finally:
            connection.close()

    return run


def seen_waiting(pid, thread):
    """Whether the second is blocked by a lock; false when it got through."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not thread.is_alive():
            return False
        if "second" in pid:
            with connection.cursor() as cursor:
                cursor.execute("select cardinality(pg_blocking_pids(%s)) > 0", [pid["second"]])
                if cursor.fetchone()[0]:
                    return True
    message = "the second neither waits nor ends"
    raise TimeoutError(message)


def carry(floor, item, quantity, source, target, *, kind=TransactionKind.MOVE, unit=None, **more):
    move = Move(
        item_id=item.pk,
        quantity=D(quantity),
        source=Place(location_id=source.pk),
        target=Place(location_id=target.pk, unit_id=unit),
        **more,
    )
    by = Actor(user=User.objects.get(pk=floor.by.user.pk))
    return post([move], warehouse_id=floor.warehouse.pk, kind=kind, by=by, at=clock.now())


def speak_for(floor, place, quantity):
    row = StockBalance.objects.get(location=place)
    return reserve([Claim(balance_id=row.pk, quantity=D(quantity))], warehouse_id=floor.warehouse.pk, document="SO")


def choose(floor, quantity):
    """As an allocation does: lock what could be promised, then decide on what was read."""
    free = sum(each.free for each in candidates(warehouse_id=floor.warehouse.pk, item_ids=[floor.item.pk]))
    if free < quantity:
        raise InsufficientStock(item="BOLT", location="", available=D(free), requested=D(quantity))
    return speak_for(floor, floor.a, quantity)


def do(floor, operation, **arguments):
    by = Actor(user=User.objects.get(pk=floor.by.user.pk))
    return operation(by=by, at=clock.now(), **arguments)


# --- stock ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", [speak_for, lambda floor, _, quantity: choose(floor, quantity)])
def test_who_reserves_second_sees_what_the_first_has_reserved(floor, second):
    stock(floor.item, floor.a, 10)

    _, refused, waited = forced(lambda: speak_for(floor, floor.a, 6), lambda: second(floor, floor.a, 6))

    assert waited
    assert (type(refused), refused.available) == (InsufficientStock, D(4))
    assert StockBalance.objects.get(location=floor.a).reserved == D(6)


def test_who_posts_second_sees_what_the_first_has_taken(floor):
    stock(floor.item, floor.a, 10)

    _, refused, waited = forced(
        lambda: carry(floor, floor.item, 6, floor.a, floor.b), lambda: carry(floor, floor.item, 6, floor.a, floor.dock)
    )

    assert waited
    assert (type(refused), refused.available) == (InsufficientStock, D(4))


def test_who_moves_second_sees_what_the_first_has_reserved(floor):
    stock(floor.item, floor.a, 10)

    _, refused, waited = forced(
        lambda: speak_for(floor, floor.a, 6), lambda: carry(floor, floor.item, 6, floor.a, floor.dock)
    )

    assert waited
    assert (type(refused), refused.available) == (InsufficientStock, D(4))


def test_who_reserves_second_sees_what_the_first_has_moved(floor):
    stock(floor.item, floor.a, 10)

    _, refused, waited = forced(
        lambda: carry(floor, floor.item, 6, floor.a, floor.b), lambda: speak_for(floor, floor.a, 6)
    )

    assert waited
    assert (type(refused), refused.available) == (InsufficientStock, D(4))


def test_a_claim_is_taken_or_let_go_whichever_is_first(floor):
    stock(floor.item, floor.a, 10)
    (claim,) = persist(lambda: speak_for(floor, floor.a, 6))
    pick = partial(carry, floor, floor.item, 6, floor.a, floor.tote, kind=TransactionKind.PICK, consumes=claim)

    _, refused, waited = forced(lambda: release([claim], reason="cancelled"), pick)

    assert waited
    assert isinstance(refused, ReservationEnded)
    assert Reservation.objects.get(pk=claim).state == ReservationState.RELEASED


# --- holds ------------------------------------------------------------------------------------------


def test_what_is_reserved_while_a_hold_is_laid_is_refused(floor):
    lot = LotFactory()
    stock(lot.item, floor.a, 10, lot=lot)

    _, refused, waited = forced(
        lambda: hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.by), lambda: speak_for(floor, floor.a, 6)
    )

    assert waited
    assert isinstance(refused, LotOnHold)


def test_a_hold_takes_back_what_was_reserved_just_before(floor):
    lot = LotFactory()
    stock(lot.item, floor.a, 10, lot=lot)

    made, held, waited = forced(
        lambda: speak_for(floor, floor.a, 6), lambda: hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.by)
    )

    assert waited
    assert isinstance(held, list)
    assert Reservation.objects.get(pk=made[0]).end_reason == "hold"
    assert StockBalance.objects.get(lot=lot).reserved == D(0)


def test_what_ships_while_a_hold_is_laid_is_refused(floor):
    lot = LotFactory()
    stock(lot.item, floor.dock, 10, lot=lot)

    _, refused, waited = forced(
        lambda: hold_lots([lot.pk], reason=HoldReason.RECALL, by=floor.by),
        lambda: carry(floor, lot.item, 10, floor.dock, floor.customer, kind=TransactionKind.SHIP, lot_id=lot.pk),
    )

    assert waited
    assert isinstance(refused, LotOnHold)
    assert StockBalance.objects.get(lot=lot).on_hand == D(10)


def test_a_hold_waits_for_what_is_shipping_and_comes_after_it(floor):
    lot = LotFactory()
    stock(lot.item, floor.dock, 10, lot=lot)

    shipped, held, waited = forced(
        lambda: carry(floor, lot.item, 10, floor.dock, floor.customer, kind=TransactionKind.SHIP, lot_id=lot.pk),
        lambda: hold_lots([lot.pk], reason=HoldReason.RECALL, by=floor.by),
    )

    assert waited
    assert isinstance(held, list)
    hold = lot.holds.get(pk=held[0])
    assert hold.opened_at > StockTransaction.objects.get(pk=shipped).recorded_at


# --- counts and corrections ---------------------------------------------------------------------------


def test_an_adjustment_of_what_was_picked_meanwhile_never_goes_below_zero(floor):
    stock(floor.item, floor.a, 10)

    _, refused, waited = forced(
        lambda: carry(floor, floor.item, 8, floor.a, floor.tote, kind=TransactionKind.PICK),
        lambda: carry(floor, floor.item, 5, floor.a, floor.adjustment, kind=TransactionKind.ADJUST),
    )

    assert waited
    assert (type(refused), refused.available) == (InsufficientStock, D(2))


def test_a_reversal_sees_that_the_goods_have_just_moved_on(floor):
    stock(floor.item, floor.a, 10)
    posting = persist(lambda: carry(floor, floor.item, 10, floor.a, floor.b))

    _, refused, waited = forced(
        lambda: carry(floor, floor.item, 1, floor.b, floor.dock),
        lambda: do(floor, partial(reverse, posting, reason="wrong")),
    )

    assert waited
    assert (type(refused), refused.available) == (InsufficientStock, D(9))


def test_a_move_sees_that_the_goods_have_just_been_taken_back(floor):
    stock(floor.item, floor.a, 10)
    posting = persist(lambda: carry(floor, floor.item, 10, floor.a, floor.b))

    _, refused, waited = forced(
        lambda: do(floor, partial(reverse, posting, reason="wrong")),
        lambda: carry(floor, floor.item, 1, floor.b, floor.dock),
    )

    assert waited
    assert (type(refused), refused.available) == (InsufficientStock, D(0))


def test_a_posting_is_reversed_by_the_first_alone(floor):
    stock(floor.item, floor.a, 10)
    posting = persist(lambda: carry(floor, floor.item, 10, floor.a, floor.b))
    undo = partial(do, floor, partial(reverse, posting, reason="wrong"))

    _, refused, waited = forced(undo, undo)

    assert waited
    assert isinstance(refused, NotReversible)


# --- handling units -----------------------------------------------------------------------------------


@pytest.fixture
def units(floor):
    """A pallet, a carton and a tote at A, with one, two and no bolts in them."""
    made = [
        persist(partial(open_units, warehouse_id=floor.warehouse.pk, kind=kind))[0]
        for kind in (UnitKind.PALLET, UnitKind.CARTON, UnitKind.TOTE)
    ]
    stock(floor.item, floor.a, 1, unit=made[0])
    stock(floor.item, floor.a, 2, unit=made[1])
    return made


def places():
    return dict(HandlingUnit.objects.values_list("pk", "location__code"))


def test_a_carton_nested_while_its_pallet_moves_is_refused_or_goes_along(floor, units):
    pallet, carton, _ = units
    move = partial(do, floor, move_unit, unit_id=pallet, location_id=floor.b.pk)
    nest = partial(do, floor, nest_unit, unit_id=carton, into_id=pallet)

    _, refused, waited = forced(move, nest)
    assert waited
    assert isinstance(refused, UnitElsewhere)

    persist(partial(do, floor, move_unit, unit_id=pallet, location_id=floor.a.pk))
    _, moved, waited = forced(nest, move)
    assert waited
    assert isinstance(moved, HandlingUnit)
    assert [places()[unit] for unit in (pallet, carton)] == ["B", "B"]


def test_two_who_nest_two_units_in_each_other_make_no_circle(floor, units):
    pallet, _, _ = units
    (other,) = persist(partial(open_units, warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET))
    stock(floor.item, floor.a, 1, unit=other)

    _, refused, waited = forced(
        partial(do, floor, nest_unit, unit_id=pallet, into_id=other),
        partial(do, floor, nest_unit, unit_id=other, into_id=pallet),
    )

    assert waited
    assert refused.code == "not_nestable"


@pytest.mark.parametrize("second", ["put in", "merge", "split"])
def test_goods_for_a_unit_that_is_just_carried_away_do_not_follow_it(floor, units, second):
    pallet, carton, _ = units
    stock(floor.item, floor.a, 5)
    late = {
        "put in": lambda: carry(floor, floor.item, 1, floor.a, floor.a, unit=pallet),
        "merge": lambda: do(floor, merge_unit, unit_id=carton, into_id=pallet),
        "split": lambda: do(
            floor,
            split_unit,
            unit_id=carton,
            contents=[Content(item_id=floor.item.pk, quantity=D(1))],
            into_id=pallet,
        ),
    }[second]

    _, refused, waited = forced(partial(do, floor, move_unit, unit_id=pallet, location_id=floor.b.pk), late)

    assert waited
    assert isinstance(refused, UnitElsewhere)


def test_a_unit_that_two_move_at_once_stands_where_the_second_put_it(floor, units):
    pallet, _, _ = units

    _, moved, waited = forced(
        partial(do, floor, move_unit, unit_id=pallet, location_id=floor.b.pk),
        partial(do, floor, move_unit, unit_id=pallet, location_id=floor.dock.pk),
    )

    assert waited
    assert isinstance(moved, HandlingUnit)
    row = StockBalance.objects.on_hand().get(unit=pallet)
    assert (places()[pallet], row.location) == ("DOCK", floor.dock)


@pytest.mark.parametrize(("verb", "code"), [(close_unit, "unit_closed"), (retire_unit, "unit_retired")])
def test_goods_for_a_unit_that_is_just_closed_or_retired_are_refused(floor, units, verb, code):
    tote = units[2]
    stock(floor.item, floor.a, 5)

    _, refused, waited = forced(
        partial(do, floor, verb, unit_id=tote), lambda: carry(floor, floor.item, 1, floor.a, floor.a, unit=tote)
    )

    assert waited
    assert refused.code == code


def test_a_unit_into_which_goods_are_just_put_is_not_retired(floor, units):
    tote = units[2]
    stock(floor.item, floor.a, 5)

    _, refused, waited = forced(
        lambda: carry(floor, floor.item, 1, floor.a, floor.a, unit=tote),
        partial(do, floor, retire_unit, unit_id=tote),
    )

    assert waited
    assert refused.code == "unit_not_empty"
