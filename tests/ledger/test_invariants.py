"""Each rule is silent on good data and speaks up on the fault it is there for."""

from decimal import Decimal as D
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command

from apps.core import clock
from apps.core.invariants import check_invariants, invariants
from apps.ledger.jobs import check_ledger
from apps.ledger.models import StockBalance
from apps.ledger.operations import (
    Claim,
    Move,
    Place,
    hold_lots,
    move_units,
    open_units,
    post,
    release,
    release_holds,
    reserve,
    reverse,
    seal_block,
)
from apps.ledger.queries.position import Position, seen_now
from apps.ledger.states import HoldReason, TransactionKind, UnitKind
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.invariants import assert_invariants, broken_by

FAULTS = {
    "a balance that was written": (
        "I03",
        "update ledger_stockbalance set on_hand = on_hand + 1 where serial_id is null",
    ),
    "a balance that vanished": ("I03", "delete from ledger_stockbalance where reserved = 0"),
    "a move that was rewritten": ("I03", "update ledger_stockmove set quantity = quantity + 1 where serial_id is null"),
    "a balance that points at another move": ("I03", "update ledger_stockbalance set last_move_id = 0"),
    "stock below zero": (
        "I04",
        (
            "alter table ledger_stockbalance drop constraint stock_balance_covered;"
            "update ledger_stockbalance set on_hand = -1 where reserved = 0"
        ),
    ),
    "more reserved than there": (
        "I04",
        (
            "alter table ledger_stockbalance drop constraint stock_balance_covered;"
            "update ledger_stockbalance set reserved = on_hand + 1"
        ),
    ),
    "a reservation that was forgotten": ("I05", "update ledger_stockbalance set reserved = 0 where reserved > 0"),
    "a reservation nobody counted": ("I05", "update ledger_reservation set quantity = quantity + 1"),
    "an end without a state": (
        "I06",
        (
            "alter table ledger_reservation drop constraint reservation_ended_or_pending;"
            "update ledger_reservation set ended_at = now()"
        ),
    ),
    "a part of another document": (
        "I06",
        (
            "update ledger_reservation part set origin_id = origin.id, document = 'other'"
            " from ledger_reservation origin where origin.id <> part.id"
        ),
    ),
    "a reservation past its time": (
        "I07",
        "update ledger_reservation set expires_at = now() - interval '6 minutes' where state = 'pending'",
    ),
    "a key that posted twice": (
        "I08",
        "drop index stock_transaction_once_per_key;update ledger_stocktransaction set actor = 'device:1', key = 'same'",
    ),
    "a sealed position that is missing": (
        "I09",
        "delete from ledger_sealedtransaction where position = 3",
    ),
    "a sealed transaction that is missing": (
        "I09",
        "delete from ledger_stocktransaction where id = (select transaction_id from ledger_sealedtransaction limit 1)",
    ),
    "a sealed position in no block": ("I09", "delete from ledger_block where number = 2"),
    "a block that begins elsewhere": ("I09", "update ledger_block set first = first + 1 where number = 2"),
    "a sealed transaction that was rewritten": (
        "I15",
        "update ledger_stocktransaction set reason = 'forged' where id = (select min(id) from ledger_stocktransaction)",
    ),
    "a leaf that was rewritten": ("I15", "update ledger_sealedtransaction set leaf = sha256('x') where position = 1"),
    "a block that was rewritten": ("I15", "update ledger_block set sealed_at = now() where number = 1"),
    "a block that follows another": ("I15", "update ledger_block set previous = sha256('x') where number = 2"),
    "goods that left before they came": (
        "I10",
        "update ledger_stockmove set id = id + 100000 where id = (select min(id) from ledger_stockmove)",
    ),
    "a lot where none belongs": (
        "I11",
        "update ledger_stockmove set lot_id = (select min(id) from ledger_lot) where lot_id is null",
    ),
    "a lot of another item": ("I11", "update ledger_lot set item_id = item_id + 1"),
    "a serial number in two places": (
        "I12",
        (
            "insert into ledger_stockmove (transaction_id, warehouse_id, item_id, serial_id, quantity, source_id,"
            " source_status, target_id, target_status, recorded_at)"
            " select transaction_id, warehouse_id, item_id, serial_id, quantity, source_id,"
            " source_status, target_id, target_status, recorded_at from ledger_stockmove where serial_id is not null"
        ),
    ),
    "half of a whole thing": ("I13", "update ledger_stockmove set quantity = quantity + 0.5 where serial_id is null"),
    "a reversal of more": (
        "I14",
        (
            "update ledger_stockmove set quantity = quantity + 1 where transaction_id ="
            " (select id from ledger_stocktransaction where kind = 'reversal')"
        ),
    ),
    "a reversal of nothing": ("I14", "update ledger_stocktransaction set reverses_id = null"),
    "a move in another warehouse": ("I16", "update ledger_stockmove set warehouse_id = warehouse_id + 1"),
    "a balance in another warehouse": ("I16", "update ledger_stockbalance set warehouse_id = warehouse_id + 1"),
    "a shipped lot that was held": (
        "I17",
        "update ledger_hold set opened_at = now() - interval '1 hour', closed_at = now() + interval '1 hour'",
    ),
    "a shipped lot that had expired": ("I17", "update ledger_lot set expires_on = '2020-01-01'"),
    "damaged goods shipped": (
        "I17",
        (
            "update ledger_stockmove set source_status = 'damaged' where transaction_id in"
            " (select id from ledger_stocktransaction where kind = 'ship')"
        ),
    ),
    "a reservation of a held lot": ("I18", "update ledger_hold set closed_at = null, closed_by_id = null"),
    "a reservation of damaged goods": ("I18", "update ledger_stockbalance set status = 'damaged'"),
    "a unit in two places": ("I21", "update ledger_handlingunit set location_id = location_id - 1"),
    "a unit inside itself": (
        "I21",
        "update ledger_handlingunit u set parent_id = o.id from ledger_handlingunit o where o.id <> u.id",
    ),
    "stock from nowhere": ("I22", "update ledger_stockbalance set on_hand = on_hand + 1 where serial_id is null"),
    "a lot of more than came": ("I26", "update ledger_stockbalance set on_hand = on_hand + 1 where lot_id is not null"),
    "an effect that nobody sent": (
        "I29",
        (
            "insert into journal_outboxmessage (job, arguments, created_at, due_at, attempts, last_error)"
            " values ('print', '{}', now() - interval '1 hour', now() - interval '1 hour', 0, '')"
        ),
    ),
    "a pallet forgotten on the dock": ("I30", "update ledger_stockmove set recorded_at = now() - interval '2 days'"),
    "a carton that its pallet left behind": (
        "I21",
        (
            "update ledger_handlingunit u set parent_id = o.id from ledger_handlingunit o"
            " where o.id <> u.id and o.location_id <> u.location_id and o.id > u.id"
        ),
    ),
    "goods in a unit that is out of use": (
        "I21",
        (
            "alter table ledger_handlingunit drop constraint handling_unit_retired_is_nowhere;"
            "update ledger_handlingunit set retired_at = now()"
        ),
    ),
    "a clock of tomorrow": ("I23", "update ledger_stocktransaction set occurred_at = now() + interval '1 day'"),
}

NARROWED = {rule.number for rule in invariants() if rule.narrows}
"""Those that beat asks of what has changed alone."""


@pytest.fixture
def worked(transactional_db, floor):
    """A warehouse where each thing that the rules speak of has happened, committed."""
    lot = LotFactory(item=ItemFactory(number="MILK", lots=True))
    serial = SerialFactory()
    pallet, carton = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET, count=2)

    def move(item, quantity, source, target, *, kind=TransactionKind.MOVE, **more):
        return post(
            [
                Move(
                    item_id=item.pk,
                    quantity=D(quantity),
                    source=Place(location_id=source.pk),
                    target=Place(location_id=target.pk),
                    **more,
                )
            ],
            warehouse_id=floor.warehouse.pk,
            kind=kind,
            by=floor.by,
            at=clock.now(),
        )

    stock(floor.item, floor.a, 10)
    stock(lot.item, floor.a, 10, lot=lot)
    stock(serial.item, floor.a, 1, serial=serial)
    stock(floor.item, floor.dock, 4, unit=pallet)
    stock(floor.item, floor.dock, 2, unit=carton)
    reverse(move(floor.item, 3, floor.a, floor.b), by=floor.by, at=clock.now(), reason="wrong bin")
    release_holds(hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.by), by=floor.by, at=clock.now())
    move(lot.item, 2, floor.a, floor.customer, kind=TransactionKind.SHIP, lot_id=lot.pk)
    move(serial.item, 1, floor.a, floor.b, serial_id=serial.pk)
    move_units(
        [pallet],
        warehouse_id=floor.warehouse.pk,
        target_id=floor.a.pk,
        kind=TransactionKind.PUTAWAY,
        by=floor.by,
        at=clock.now(),
    )
    balances = [
        StockBalance.objects.get(item=floor.item, location=floor.a, unit=None),
        StockBalance.objects.get(item=lot.item, location=floor.a),
    ]
    kept = [
        reserve([Claim(balance_id=row.pk, quantity=D(2))], warehouse_id=floor.warehouse.pk, document="SO-1")
        for row in balances
    ]
    release(kept[0], reason="test")
    reserve([Claim(balance_id=balances[0].pk, quantity=D(1))], warehouse_id=floor.warehouse.pk, document="SO-1")
    move(floor.item, 2, floor.a, floor.b)
    for _ in range(2):
        seal_block(by=floor.by, at=clock.now())
        stock(floor.item, floor.b, 1)
    return floor


def test_good_data_breaks_no_rule(worked):
    assert_invariants()


def test_every_rule_of_the_ledger_has_its_fault():
    of_the_ledger = {number for number, _ in FAULTS.values()}

    assert of_the_ledger | {
        "I19",
        "I20",
        "I24",
        "I25",
        "I27",
        "I31",
        "I32",
        "I33",
        "I34",
        "I35",
        "I36",
        "I37",
        "I38",
    } == {rule.number for rule in invariants()}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(worked, superuser_dsn, fault):
    number, statement = FAULTS[fault]

    assert number in broken_by(statement, superuser_dsn)
    assert [violation.invariant.number for violation in check_invariants(only=number)] == [number]


@pytest.mark.parametrize("fault", [fault for fault, (number, _) in FAULTS.items() if number in NARROWED])
def test_a_fault_is_found_by_what_has_changed_too(worked, superuser_dsn, fault):
    number, statement = FAULTS[fault]
    broken_by(statement, superuser_dsn)

    since_ever = Position(snapshot="1:1:", last=0).changed
    assert check_invariants(only=number, changed=since_ever) == check_invariants(only=number)


def test_what_was_there_before_is_not_looked_at_again(worked, superuser_dsn):
    broken_by(FAULTS["a move that was rewritten"][1], superuser_dsn)

    assert check_invariants(only="I03", changed=seen_now().changed) == []
    stock(worked.item, worked.a, 1)
    assert check_invariants(only="I03", changed=Position(snapshot="1:1:", last=0).changed) != []


def test_what_has_changed_since_ever_breaks_no_rule_of_good_data(worked):
    assert check_invariants(changed=Position(snapshot="1:1:", last=0).changed) == []


def test_the_command_names_the_rows_and_fails(worked, superuser_dsn):
    with psycopg.connect(superuser_dsn) as superuser:
        superuser.execute(
            "update ledger_stockbalance set on_hand = 7 where location_id = %s and serial_id is null", [worked.b.pk]
        )
    out = StringIO()

    with pytest.raises(CommandError, match=r"The ledger is broken: I03, I22\."):
        call_command("check_ledger", stdout=out)

    assert "I03 is broken by 1" in out.getvalue()
    assert "on_hand=7.000000" in out.getvalue()


def test_the_command_passes_one_rule_or_all_or_what_is_new(transactional_db):
    out = StringIO()

    call_command("check_ledger", stdout=out)
    call_command("check_ledger", "I03", stdout=out)
    call_command("check_ledger", changed=True, stdout=out)
    check_ledger()
    call_command("check_ledger", changed=True, stdout=out)

    assert out.getvalue().splitlines() == [
        "Every rule holds.",
        "I03 holds.",
        "Every rule holds.",  # nobody had checked before
        "Every rule holds for what came since the last check.",
    ]


def test_an_unknown_rule_is_named(db):
    with pytest.raises(CommandError, match="there is no rule I99"):
        call_command("check_ledger", "I99")
