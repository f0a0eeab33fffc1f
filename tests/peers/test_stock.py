"""What other warehouse systems got wrong about stock, with real connections. The table is in README.md beside this."""

import random
import time
from datetime import datetime, timedelta
from decimal import Decimal as D
from fractions import Fraction
from functools import partial

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import ProtectedError, Sum

from apps.accounts.models import User
from apps.core import clock
from apps.core.errors import InvalidQuantity
from apps.core.quantities import convert
from apps.journal import edge
from apps.journal.actor import Actor
from apps.journal.models import Command
from apps.ledger.errors import InsufficientStock, LotOnHold, ReservationEnded
from apps.ledger.models import HandlingUnit, Reservation, SerialNumber, StockBalance, StockMove, StockTransaction
from apps.ledger.operations import Claim, Move, Place, candidates, hold_lots, open_units, post, reserve
from apps.ledger.states import HoldReason, ReservationState, TransactionKind, UnitKind
from apps.orders.errors import NothingToAllocate
from apps.orders.models import SalesOrder
from apps.orders.operations import allocate_order
from tests.concurrency.crowd import together
from tests.factories.accounts import UserFactory
from tests.factories.api import a_worker
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_sales_order, a_supervisor
from tests.factories.purchasing import an_approved_order
from tests.worker import answer, carry, start


def kinds(answers, kind):
    return [each for each in answers if isinstance(each, kind)]


def fresh(by):
    """The same person, read anew: each thread has rows of its own."""
    return Actor(user=User.objects.get(pk=by.user.pk))


def order_for(floor, keys, **more):
    """What a worker process is told to do: carry one bolt from A to B under each key."""
    return {
        "user": floor.by.user.pk,
        "keys": keys,
        "arguments": {
            "warehouse_id": floor.warehouse.pk,
            "item_id": floor.item.pk,
            "source_id": floor.a.pk,
            "target_id": floor.b.pk,
            "quantity": "1",
        },
    } | more


# --- 1: twenty who want ten ------------------------------------------------------------------------


def test_of_sales_transfers_and_production_that_share_ten_units_ten_get_one(floor):
    stock(floor.item, floor.a, 10)
    boss = a_supervisor()
    orders = [a_sales_order(floor.warehouse, (floor.item, 1), by=boss) for _ in range(10)]

    def speak_for(document):
        found = next(iter(candidates(warehouse_id=floor.warehouse.pk, item_ids=[floor.item.pk])), None)
        if found is None:
            raise InsufficientStock(item="BOLT", location="", available=D(0), requested=D(1))
        claim = Claim(balance_id=found.balance_id, quantity=D(1))
        return reserve([claim], warehouse_id=floor.warehouse.pk, document=document)

    answers = together(
        *(partial(speak_for, f"{kind}-{n}") for n in range(5) for kind in ("TR", "MO")),
        *(lambda pk=order.pk: allocate_order(order_id=pk, by=fresh(boss), at=clock.now()) for order in orders),
    )

    won = kinds(answers, list) + kinds(answers, SalesOrder)
    assert (len(won), len(kinds(answers, InsufficientStock | NothingToAllocate))) == (10, 10), answers
    assert StockBalance.objects.get(location=floor.a).reserved == D(10)
    assert Reservation.objects.pending().aggregate(total=Sum("quantity")) == {"total": D(10)}


# --- 2: one serial number, two pickers ----------------------------------------------------------------


@pytest.mark.parametrize("reserved", [True, False])
def test_a_serial_number_that_two_pick_in_the_same_moment_goes_to_one(floor, reserved):
    serial = SerialFactory()
    stock(serial.item, floor.a, 1, serial=serial)
    consumes = None
    if reserved:
        row = StockBalance.objects.get(serial=serial)
        (consumes,) = reserve(
            [Claim(balance_id=row.pk, quantity=D(1))], warehouse_id=floor.warehouse.pk, document="SO-1"
        )
    other = LocationFactory(warehouse=floor.warehouse, code="TOTE-2", kind="tote")

    def pick(tote):
        move = Move(
            item_id=serial.item_id,
            serial_id=serial.pk,
            quantity=D(1),
            source=Place(location_id=floor.a.pk),
            target=Place(location_id=tote.pk),
            consumes=consumes,
        )
        return post(
            [move], warehouse_id=floor.warehouse.pk, kind=TransactionKind.PICK, by=fresh(floor.by), at=clock.now()
        )

    started = time.monotonic()
    answers = together(partial(pick, floor.tote), partial(pick, other))

    assert len(kinds(answers, int)) == 1
    assert len(kinds(answers, ReservationEnded if reserved else InsufficientStock)) == 1
    assert StockBalance.objects.on_hand().get(serial=serial).location_id in {floor.tote.pk, other.pk}
    assert time.monotonic() - started < 5


# --- 3: one command, five times -----------------------------------------------------------------------


def test_a_command_sent_by_five_processes_is_one_posting_with_five_equal_answers(floor):
    stock(floor.item, floor.a, 5)

    workers = [start(order_for(floor, ["scan-1"])) for _ in range(5)]
    answers = [answer(worker) for worker in workers]

    assert answers == [answers[0]] * 5
    assert StockTransaction.objects.filter(kind=TransactionKind.MOVE).get().pk == answers[0]["scan-1"]
    assert StockBalance.objects.get(location=floor.b).on_hand == D(1)


def test_a_command_whose_answer_was_lost_is_answered_by_another_process_as_it_was(floor):
    stock(floor.item, floor.a, 5)
    lost = edge.run(carry, by=floor.by.user, key="scan-1", render=int, **order_for(floor, [])["arguments"])

    again = answer(start(order_for(floor, ["scan-1"])))

    assert again == {"scan-1": lost}
    assert StockBalance.objects.get(location=floor.b).on_hand == D(1)


# --- 5: a command that comes late ---------------------------------------------------------------------


def test_a_late_command_keeps_its_own_time_and_rewrites_nothing(floor):
    worker = a_worker(floor.warehouse)
    units = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET, count=2)
    for unit in units:
        stock(floor.item, floor.a, 1, unit=unit)
    first, second = (f"/handling-units/{HandlingUnit.objects.get(pk=unit).number}/move" for unit in units)
    done = clock.now() - timedelta(hours=8)
    assert worker.post(first, {"location": "B"}, key="on time").status_code == 200
    before = list(StockMove.objects.order_by("pk").values())
    as_it_was = clock.now()

    late = worker.post(second, {"location": "B"}, key="late", occurred_at=done)
    again = worker.post(second, {"location": "B"}, key="late", occurred_at=done)

    assert (late.status_code, again.status_code, again.json()) == (200, 200, late.json())
    on_time, posting = StockTransaction.objects.filter(kind=TransactionKind.MOVE).order_by("pk")
    assert (posting.occurred_at, posting.key, posting.device) == (done, "late", worker.device)
    assert posting.recorded_at > on_time.recorded_at > as_it_was - timedelta(minutes=1) > done
    assert list(StockMove.objects.order_by("pk").values())[:-1] == before
    assert StockBalance.objects.filter(location=floor.b).aggregate(total=Sum("on_hand")) == {"total": D(2)}
    where = {"warehouse": floor.warehouse.code, "location": "B"}
    (then,) = worker.get("/stock-as-of", at=as_it_was.isoformat(), **where).json()["results"]
    assert then["quantity"] == "1"
    told = worker.get(f"/transactions/{posting.pk}").json()
    (move,) = worker.get("/moves", transaction=posting.pk).json()["results"]
    for each in (told, move):
        assert datetime.fromisoformat(each["occurred_at"]) == done
        assert datetime.fromisoformat(each["recorded_at"]) == posting.recorded_at


# --- 6: killed between ledger and balance ---------------------------------------------------------------

PAUSE = 4711
STOP_BEFORE_THE_BALANCE = f"""
    create function pause() returns trigger language plpgsql security definer as
        $$ begin perform pg_advisory_xact_lock({PAUSE}); return new; end $$;
    create trigger pause before update on ledger_stockbalance for each row execute function pause();
"""


@pytest.mark.parametrize("killed", ["process", "backend"])
def test_a_worker_killed_between_the_moves_and_the_balances_leaves_nothing_half_done(floor, superuser_dsn, killed):
    stock(floor.item, floor.a, 5)
    before = (StockTransaction.objects.count(), StockMove.objects.count(), Command.objects.count())
    with psycopg.connect(superuser_dsn, autocommit=True) as superuser:
        superuser.execute(STOP_BEFORE_THE_BALANCE)
        superuser.execute("select pg_advisory_lock(%s)", [PAUSE])
        worker = start(order_for(floor, ["scan-1"]))
        backend = waiting_for(superuser, PAUSE)
        if killed == "process":
            worker.kill()
            worker.communicate()
            superuser.execute("select pg_advisory_unlock(%s)", [PAUSE])
        else:
            superuser.execute("select pg_terminate_backend(%s)", [backend])
            # The worker's connection is gone; before it tries again, nothing of its command may be seen.
        gone(superuser, backend)
        seen = (StockTransaction.objects.count(), StockMove.objects.count(), Command.objects.count())
        superuser.execute("select pg_advisory_unlock_all()")

    assert seen == before
    if killed == "backend":
        answer(worker)
    again = answer(start(order_for(floor, ["scan-1"])))
    assert StockBalance.objects.get(location=floor.b).on_hand == D(1)
    assert list(again) == ["scan-1"]


def waiting_for(superuser, lock):
    """The backend that waits for the advisory lock."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        row = superuser.execute(
            "select pid from pg_locks where locktype = 'advisory' and objid = %s and not granted", [lock]
        ).fetchone()
        if row:
            return row[0]
        time.sleep(0.02)
    message = "nobody waits"
    raise TimeoutError(message)


def gone(superuser, backend):
    """Wait until a backend has ended."""
    deadline = time.monotonic() + 30
    while superuser.execute("select 1 from pg_stat_activity where pid = %s", [backend]).fetchone():
        assert time.monotonic() < deadline
        time.sleep(0.02)


# --- 8: a hold on what is half picked --------------------------------------------------------------------


def test_a_lot_held_while_half_picked_frees_the_rest_and_nothing_of_it_ships(floor):
    lot = LotFactory()
    stock(lot.item, floor.a, 10, lot=lot)
    row = StockBalance.objects.get(lot=lot)
    first, second = reserve(
        [Claim(balance_id=row.pk, quantity=D(5))] * 2, warehouse_id=floor.warehouse.pk, document="SO-1"
    )

    def go(source, target, kind, consumes=None):
        move = Move(
            item_id=lot.item_id,
            lot_id=lot.pk,
            quantity=D(5),
            source=Place(location_id=source.pk),
            target=Place(location_id=target.pk),
            consumes=consumes,
        )
        with transaction.atomic():
            return post([move], warehouse_id=floor.warehouse.pk, kind=kind, by=floor.by, at=clock.now())

    go(floor.a, floor.tote, TransactionKind.PICK, first)
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.by)

    assert Reservation.objects.get(pk=second).state == ReservationState.RELEASED
    for attempt in (
        lambda: go(floor.a, floor.tote, TransactionKind.PICK, second),
        lambda: go(floor.a, floor.tote, TransactionKind.PICK),
        lambda: go(floor.tote, floor.dock, TransactionKind.LOAD),
        lambda: go(floor.tote, floor.customer, TransactionKind.SHIP),
        lambda: go(floor.tote, floor.customer, TransactionKind.MOVE),
    ):
        with pytest.raises(LotOnHold):
            attempt()
    assert dict(StockBalance.objects.on_hand().values_list("location__code", "on_hand")) == {"A": D(5), "TOTE": D(5)}


# --- 10: packs and pieces -----------------------------------------------------------------------------------


def test_ten_thousand_conversions_between_packs_leave_no_residue():
    chance = random.Random(10)  # noqa: S311 - the same numbers every time
    packs = [Fraction(12), Fraction(5), Fraction(1), Fraction(3, 2), Fraction(1, 3), Fraction(1000, 7)]
    refused = 0
    for _ in range(10_000):
        units = D(chance.randint(1, 10**6))
        there, scale = chance.choice(packs), chance.choice([0, 3, 6])
        try:
            packed = convert(units, 1 / there, scale=scale)
        except InvalidQuantity:
            refused += 1  # not a whole number of those packs: said, and nothing rounded
            continue
        assert convert(packed, there, scale=0) == units
    assert 0 < refused < 10_000


# --- 14: many serial numbers in one document ----------------------------------------------------------------


def test_fifteen_thousand_serial_numbers_are_received_by_one_document_and_shipped_in_one_posting(floor):
    item, count = ItemFactory(serials=True), 15_000
    numbers = [f"S{n:06d}" for n in range(count)]
    order = an_approved_order(floor.warehouse, (item, count))
    worker = a_worker(floor.warehouse)
    receipt = worker.post("/receipts", {"orders": [order.number], "dock": floor.dock.code}).json()["number"]

    def receive(some):
        body = {"line": 1, "quantity": len(some), "serials": some}
        return worker.statements(lambda: worker.post(f"/receipts/{receipt}/lines", body))

    receive(numbers[:1])  # the order is being received from now on
    few, _ = receive(numbers[1:3])
    many, answer = receive(numbers[3:])

    assert few == many
    assert (answer.status_code, [line["serial"] for line in answer.json()]) == (201, numbers[3:])
    assert StockBalance.objects.on_hand().filter(item=item, location=floor.dock).count() == count

    moves = [
        Move(
            item_id=item.pk,
            serial_id=serial,
            quantity=D(1),
            source=Place(location_id=floor.dock.pk),
            target=Place(location_id=floor.customer.pk),
        )
        for serial in SerialNumber.objects.filter(item=item).values_list("pk", flat=True)
    ]
    with transaction.atomic():
        post(moves, warehouse_id=floor.warehouse.pk, kind=TransactionKind.SHIP, by=floor.by, at=clock.now())

    assert StockMove.objects.filter(target=floor.customer).count() == count
    assert not StockBalance.objects.on_hand().filter(item=item).exists()


# --- 15: a storm of documents in opposite order ----------------------------------------------------------------


def test_eight_workers_with_documents_in_opposite_orders_all_succeed(floor):
    items = [ItemFactory() for _ in range(6)]
    for item in items:
        stock(item, floor.a, 500)
    people = [UserFactory() for _ in range(8)]

    def work(seed):
        chance = random.Random(seed)  # noqa: S311 - the same choices every time
        user = User.objects.get(pk=people[seed].pk)
        return [
            edge.run(
                take,
                by=user,
                key=f"{seed}-{n}",
                render=int,
                warehouse_id=floor.warehouse.pk,
                item_ids=[item.pk for item in chance.sample(items, 4)],
                bins=[floor.a.pk, floor.b.pk],
            )
            for n in range(12)
        ]

    answers = together(*(partial(work, seed) for seed in range(8)), in_transaction=False)

    assert all(isinstance(each, list) and len(each) == 12 for each in answers), answers
    assert StockMove.objects.filter(transaction__kind=TransactionKind.MOVE).count() == 8 * 12 * 4
    assert StockBalance.objects.aggregate(total=Sum("on_hand")) == {"total": D(3000)}


def take(*, warehouse_id, item_ids, bins, by, at):
    """Reserve one of each item as it comes, and move another of each, in the order given."""
    source, target = bins
    for found in candidates(warehouse_id=warehouse_id, item_ids=item_ids):
        if found.location_id == source:
            claim = Claim(balance_id=found.balance_id, quantity=D(1))
            reserve([claim], warehouse_id=warehouse_id, document=str(by.key))
    return post(
        [
            Move(
                item_id=item_id,
                quantity=D(1),
                source=Place(location_id=source),
                target=Place(location_id=target),
            )
            for item_id in item_ids
        ],
        warehouse_id=warehouse_id,
        kind=TransactionKind.MOVE,
        by=by,
        at=at,
    )


# --- 16: what has a history stays -------------------------------------------------------------------------------


def test_what_has_a_history_is_not_deleted_by_anybody(floor):
    lot = LotFactory()
    stock(lot.item, floor.a, 5, lot=lot, by=floor.by)
    stock(floor.item, floor.b, 5)

    for row in (lot.item, floor.a, floor.warehouse, floor.by.user):
        with pytest.raises(ProtectedError):
            row.delete()
    for table in (
        "ledger_lot",
        "ledger_serialnumber",
        "ledger_stocktransaction",
        "ledger_stockmove",
        "ledger_stockbalance",
        "ledger_reservation",
        "ledger_hold",
        "ledger_handlingunit",
        "ledger_unitlabel",
    ):
        with pytest.raises(ProgrammingError) as refusal, transaction.atomic(), connection.cursor() as sql:
            sql.execute(f"delete from {table}")  # noqa: S608 - our own names
        assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege), table
    assert [move.quantity for move in StockMove.objects.all()] == [D(5), D(5)]
